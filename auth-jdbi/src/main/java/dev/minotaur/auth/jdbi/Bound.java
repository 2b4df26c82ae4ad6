package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.TokenDigest;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A value bound to a statement. Jdbi writes what is bound into flight recordings by its text, also where a factory makes the
 * argument, so all values are bound as this, whose text is its type.
 */
final class Bound implements Argument {

    private final int type;
    private final @Nullable Object value;

    private Bound(int type, @Nullable Object value) {
        this.type = type;
        this.value = value;
    }

    static Bound of(UserId id) {
        return uuid(id.value());
    }

    static Bound of(TokenId id) {
        return uuid(id.value());
    }

    static Bound of(List<UserId> ids) {
        return new Bound(Types.ARRAY, ids.stream().map(UserId::value).toArray(UUID[]::new));
    }

    static Bound of(TokenPurpose purpose) {
        return text(purpose.name());
    }

    static Bound of(TokenDigest digest) {
        return bytes(digest.bytes());
    }

    static Bound of(AttemptKey key) {
        return bytes(key.bytes());
    }

    static Bound uuid(@Nullable UUID value) {
        return new Bound(Types.OTHER, value);
    }

    static Bound text(@Nullable String value) {
        return new Bound(Types.VARCHAR, value);
    }

    static Bound bytes(byte @Nullable [] value) {
        return new Bound(Types.VARBINARY, value);
    }

    static Bound time(@Nullable Instant value) {
        return new Bound(Types.TIMESTAMP_WITH_TIMEZONE, value == null ? null : value.atOffset(ZoneOffset.UTC));
    }

    static Bound number(long value) {
        return new Bound(Types.BIGINT, value);
    }

    static Bound number(int value) {
        return new Bound(Types.INTEGER, value);
    }

    static Bound truth(boolean value) {
        return new Bound(Types.BOOLEAN, value);
    }

    static Bound texts(String[] values) {
        return new Bound(Types.ARRAY, values);
    }

    @Override
    public void apply(int position, PreparedStatement statement, StatementContext context) throws SQLException {
        if (value == null) {
            statement.setNull(position, type);
        } else if (value instanceof String[] texts) {
            statement.setArray(position, statement.getConnection().createArrayOf("varchar", texts));
        } else if (value instanceof UUID[] ids) {
            statement.setArray(position, statement.getConnection().createArrayOf("uuid", ids));
        } else {
            statement.setObject(position, value);
        }
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return JDBCType.valueOf(type).getName();
    }
}
