package dev.minotaur.auth.testkit.broken;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All broken stores. */
final class Faults {

    private static final Map<String, Fault> BY_NAME =
            all().stream().collect(Collectors.toUnmodifiableMap(Fault::name, Function.identity()));

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(
                        UserFaults.all(),
                        IdentifierFaults.all(),
                        UpdateFaults.all(),
                        ChangeFaults.all(),
                        UserPurgeFaults.all(),
                        TokenInsertFaults.all(),
                        TokenUseFaults.all(),
                        TokenDeleteFaults.all(),
                        AttemptFaults.all(),
                        StaleIndexFaults.all(),
                        PurgeLeftoverFaults.all(),
                        StoresFaults.all(),
                        RememberingFaults.all(),
                        ValueFaults.all(),
                        HostileTextFaults.all(),
                        TimeFaults.all(),
                        ZoneFaults.all(),
                        RestartFaults.all(),
                        ManyFaults.all(),
                        NearMissFaults.all(),
                        AlikeFaults.all(),
                        UserRaceFaults.all(),
                        TokenRaceFaults.all(),
                        OtherRaceFaults.all(),
                        PurgeRaceFaults.all(),
                        MeetingFaults.all(),
                        HistoryFaults.all(),
                        AccountFaults.all(),
                        SessionFaults.all(),
                        SecretFaults.all(),
                        SignUpFaults.all(),
                        ResetFaults.all(),
                        NewPasswordFaults.all(),
                        BackendFailureFaults.all(),
                        OwnerFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    static Fault byName(String name) {
        return BY_NAME.get(name);
    }
}
