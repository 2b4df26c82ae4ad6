package dev.minotaur.auth.testkit;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a store gives back, with all that it holds: the types' own {@code toString} hides most of it. */
final class InFull {

    private InFull() {}

    static String of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(InFull::of).orElse("");
        } else if (value instanceof Collection<?> values) {
            return values.stream().map(InFull::of).collect(Collectors.joining("\n"));
        } else if (value instanceof UserRecord || value instanceof StoredToken) {
            return of(Components.values(value).values());
        } else if (value instanceof EmailAddress email) {
            return email.entered() + "\n" + email.canonical();
        } else if (value instanceof Username username) {
            return username.entered() + "\n" + username.canonical();
        } else if (value instanceof PasswordHash hash) {
            return hash.encoded();
        } else if (value instanceof TokenDigest digest) {
            return HexFormat.of().formatHex(digest.bytes());
        }
        return value.toString();
    }
}
