package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordPolicyTest {

    private static final int BCRYPT = 72;

    @Test
    void asksForFifteenCodePointsWhereThePasswordStandsAlone() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "x".repeat(14))).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "x".repeat(13) + "wq")).isEmpty();
        assertThat(check(policy, "\uD83D\uDE00".repeat(14))).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "\uD83D\uDE00".repeat(15))).isEmpty();
        assertThat(check(policy, "e\u0301".repeat(14))).contains(PasswordProblem.TOO_SHORT);
    }

    @Test
    void asksForEightBehindASecondFactor() {
        PasswordPolicy policy = PasswordPolicy.behindSecondFactor();

        assertThat(check(policy, "x".repeat(7))).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "nevxqzru")).isEmpty();
    }

    @Test
    void takesAnyCharactersAndSixtyFourOfThem() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, " ".repeat(15))).isEmpty();
        assertThat(check(policy, "x".repeat(64))).isEmpty();
        assertThat(check(policy, "\n\t\u0001" + "x".repeat(12))).isEmpty();
    }

    @Test
    void refusesWhatTheHasherWouldCut() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "x".repeat(72))).isEmpty();
        assertThat(check(policy, "x".repeat(73))).contains(PasswordProblem.TOO_LONG);
        assertThat(check(policy, "\u0e01".repeat(24))).isEmpty();
        assertThat(check(policy, "\u0e01".repeat(25))).contains(PasswordProblem.TOO_LONG);
        assertThat(check(policy, "x".repeat(1_000_000))).contains(PasswordProblem.TOO_LONG);
    }

    @Test
    void refusesWhatIsNoText() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "x".repeat(20) + "\0")).contains(PasswordProblem.NOT_TEXT);
        assertThat(check(policy, "x".repeat(20) + "\uD800")).contains(PasswordProblem.NOT_TEXT);
        assertThat(check(policy, "")).contains(PasswordProblem.TOO_SHORT);
    }

    @Test
    void isRaisedAboveItsProfileAndNeverLowered() {
        PasswordPolicy policy = PasswordPolicy.behindSecondFactor().withMinLength(12);

        assertThat(policy.minLength()).isEqualTo(12);
        assertThat(check(policy, "nevxqzrubal")).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "nevxqzrubalk")).isEmpty();
        assertThat(policy.withMinLength(8).minLength()).isEqualTo(8);
        assertThat(policy.withMinLength(64).minLength()).isEqualTo(64);
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withMinLength(7));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withMinLength(65));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordPolicy.soleFactor().withMinLength(14));
    }

    @Test
    void refusesInADocumentedOrder() {
        PasswordPolicy policy = PasswordPolicy.soleFactor().withContextWords("acme", "password");

        assertThat(check(policy, "acme\0")).contains(PasswordProblem.NOT_TEXT);
        assertThat(check(policy, "acmeacme")).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "acme".repeat(19))).contains(PasswordProblem.TOO_LONG);
        assertThat(check(policy, "passwordpassword")).contains(PasswordProblem.COMMON);
        assertThat(check(policy, "acme".repeat(18))).contains(PasswordProblem.CONTEXT);
    }

    private static Optional<PasswordProblem> check(PasswordPolicy policy, String password) {
        return policy.check(RawPassword.ofString(password), BCRYPT, List.of());
    }
}
