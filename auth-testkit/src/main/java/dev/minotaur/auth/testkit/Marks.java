package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What gives a record away wherever it is found: its address, its username, its hash, its digests and its text. */
final class Marks {

    private Marks() {}

    static Set<String> of(UserRecord user) {
        Set<String> marks = new HashSet<>();
        marks.add(user.email().entered());
        marks.add(user.email().canonical());
        user.username().map(Username::entered).ifPresent(marks::add);
        user.username().map(Username::canonical).ifPresent(marks::add);
        user.passwordHash().map(PasswordHash::encoded).ifPresent(marks::add);
        return marks;
    }

    static Set<String> of(StoredToken token) {
        Set<String> marks = new HashSet<>(of(token.digest().bytes()));
        token.previousDigest().map(TokenDigest::bytes).map(Marks::of).ifPresent(marks::addAll);
        token.sentTo().ifPresent(marks::add);
        token.label().ifPresent(marks::add);
        return marks;
    }

    static Set<String> of(AttemptKey key) {
        return of(key.bytes());
    }

    private static Set<String> of(byte[] bytes) {
        String listed = Arrays.toString(bytes);
        return new HashSet<>(List.of(
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                listed.substring(1, listed.length() - 1)));
    }

    /** The first text of an exception, its causes and whatever hangs on them, that has one of the marks. */
    static Optional<String> foundIn(Throwable thrown, Set<String> marks) {
        return texts(thrown, Collections.newSetFromMap(new IdentityHashMap<>()))
                .filter(text -> marks.stream().anyMatch(mark -> has(text, mark)))
                .findFirst();
    }

    private static boolean has(String text, String mark) {
        return text.contains(mark) || text.toLowerCase(Locale.ROOT).contains(mark.toLowerCase(Locale.ROOT));
    }

    private static Stream<String> texts(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return Stream.of();
        }
        Stream<Throwable> causes =
                Stream.concat(Stream.ofNullable(thrown.getCause()), Stream.of(thrown.getSuppressed()));
        return Stream.concat(
                Stream.of(thrown.toString(), String.valueOf(thrown.getMessage())),
                Stream.concat(causes, chained(thrown)).flatMap(other -> texts(other, seen)));
    }

    /** A {@code SQLException} is a list of others too. */
    private static Stream<Throwable> chained(Throwable thrown) {
        return thrown instanceof Iterable<?> chain
                ? Stream.of(chain)
                        .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                        .filter(Throwable.class::isInstance)
                        .map(Throwable.class::cast)
                : Stream.of();
    }
}
