package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.TokenDigest;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Bound} of every type of parameter that the statements have. */
final class BoundFactory implements ArgumentFactory {

    @Override
    public Optional<Argument> build(Type type, @Nullable Object value, ConfigRegistry config) {
        return Optional.ofNullable(bound(value));
    }

    private static @Nullable Bound bound(@Nullable Object value) {
        if (value instanceof UserId id) {
            return Bound.uuid(id.value());
        } else if (value instanceof TokenId id) {
            return Bound.uuid(id.value());
        } else if (value instanceof TokenDigest digest) {
            return Bound.bytes(digest.bytes());
        } else if (value instanceof TokenPurpose purpose) {
            return Bound.text(purpose.name());
        } else if (value instanceof AttemptKey key) {
            return Bound.bytes(key.bytes());
        } else if (value instanceof Instant time) {
            return Bound.time(time);
        } else if (value instanceof String text) {
            return Bound.text(text);
        } else if (value instanceof Long number) {
            return Bound.number(number.longValue());
        } else if (value instanceof Integer number) {
            return Bound.number(number.intValue());
        }
        return null;
    }
}
