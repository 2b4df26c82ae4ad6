package dev.minotaur.auth.testkit;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows values that the kit made itself in full: the types' own {@code toString} rightly hides most of them. */
final class Shown {

    private static final int LONG_TEXT = 72;
    private static final int MANY = 8;

    private Shown() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof Optional<?> optional) {
            return optional.map(Shown::of).orElse("empty");
        } else if (value instanceof Collection<?> values) {
            String shown = values.stream().limit(MANY).map(Shown::of).collect(Collectors.joining(", "));
            return "[" + shown + (values.size() > MANY ? ", ... " + values.size() + " in all]" : "]");
        } else if (value instanceof String text) {
            return text(text);
        } else if (value instanceof UserRecord || value instanceof StoredToken) {
            return value.getClass().getSimpleName() + Components.of(value);
        } else if (value instanceof TokenWithUser pair) {
            return "TokenWithUser{" + of(pair.token()) + ", " + of(pair.user()) + "}";
        } else if (value instanceof EmailAddress email) {
            return entered(email.entered(), email.canonical());
        } else if (value instanceof Username username) {
            return entered(username.entered(), username.canonical());
        } else if (value instanceof PasswordHash hash) {
            return text(hash.encoded());
        } else if (value instanceof SecurityStamp stamp) {
            return stamp.value().toString();
        } else if (value instanceof TokenDigest digest) {
            return HexFormat.of().formatHex(digest.bytes(), 0, 6) + "...";
        } else if (value instanceof AttemptKey key) {
            return HexFormat.of().formatHex(key.bytes(), 0, 6) + "...";
        } else if (value instanceof Attempts attempts) {
            return attempts.count() + " at " + attempts.lastAt();
        }
        return value.toString();
    }

    /** The same for a step of a trace, where a record need only be recognised. */
    static String inBrief(@Nullable Object value) {
        if (value instanceof Optional<?> optional && optional.isPresent()) {
            return inBrief(optional.get());
        } else if (value instanceof Collection<?> values) {
            return values.stream().map(Shown::inBrief).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof UserId || value instanceof TokenId) {
            return value.toString().substring(0, 8);
        } else if (value instanceof UserRecord user) {
            String username =
                    user.username().map(name -> ", " + text(name.canonical())).orElse("");
            String email = text(user.email().canonical());
            return "User(" + inBrief(user.id()) + ", version " + user.version() + ", " + email + username + ")";
        } else if (value instanceof StoredToken token) {
            String slot = token.slot().map(name -> ", in slot " + name).orElse("");
            return "Token(" + inBrief(token.id()) + ", " + token.purpose() + slot + ", of " + inBrief(token.user())
                    + ")";
        } else if (value instanceof TokenWithUser pair) {
            return inBrief(pair.token()) + " with " + inBrief(pair.user());
        }
        return of(value);
    }

    private static String entered(String entered, String canonical) {
        return entered.equals(canonical) ? text(entered) : text(entered) + " (canonical " + text(canonical) + ")";
    }

    private static String text(String text) {
        if (text.length() <= LONG_TEXT) {
            return '"' + escaped(text) + '"';
        }
        String head = escaped(text.substring(0, LONG_TEXT / 3));
        String tail = escaped(text.substring(text.length() - LONG_TEXT / 3));
        return '"' + head + "..." + tail + "\" (" + text.length() + " chars)";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                escaped.append(c);
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return escaped.toString();
    }
}
