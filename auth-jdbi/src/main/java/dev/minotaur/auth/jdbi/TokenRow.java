package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A token as a row of auth_tokens. */
final class TokenRow {

    static final String COLUMNS =
            "id, user_id, purpose, slot, digest, previous_digest, rotated_at, issued_at, expires_at,"
                    + " last_used_at, authenticated_at, sent_to, label, stamp";

    /** The parameters that {@link #parameters} binds, in the order of the columns. */
    static final String VALUES = ":id, :user_id, :purpose, :slot, :digest, :previous_digest, :rotated_at, :issued_at,"
            + " :expires_at, :last_used_at, :authenticated_at, :sent_to, :label, :stamp";

    static final int WIDTH = 14;

    private TokenRow() {}

    static Map<String, Bound> parameters(StoredToken token) {
        return Map.ofEntries(
                Map.entry("id", Bound.uuid(token.id().value())),
                Map.entry("user_id", Bound.uuid(token.user().value())),
                Map.entry("purpose", Bound.text(token.purpose().name())),
                Map.entry("slot", Bound.text(token.slot().orElse(null))),
                Map.entry("digest", Bound.bytes(token.digest().bytes())),
                Map.entry(
                        "previous_digest",
                        Bound.bytes(
                                token.previousDigest().map(TokenDigest::bytes).orElse(null))),
                Map.entry("rotated_at", Bound.time(token.rotatedAt().orElse(null))),
                Map.entry("issued_at", Bound.time(token.issuedAt())),
                Map.entry("expires_at", Bound.time(token.expiresAt())),
                Map.entry("last_used_at", Bound.time(token.lastUsedAt())),
                Map.entry("authenticated_at", Bound.time(token.authenticatedAt().orElse(null))),
                Map.entry("sent_to", Bound.text(token.sentTo().orElse(null))),
                Map.entry("label", Bound.text(token.label().orElse(null))),
                Map.entry(
                        "stamp",
                        Bound.uuid(token.stamp().map(SecurityStamp::value).orElse(null))));
    }

    /** Reads the columns that follow a number of others. */
    static StoredToken read(ResultSet row, int after) throws SQLException {
        return StoredToken.builder()
                .id(new TokenId(Columns.uuid(row, after + 1)))
                .user(new UserId(Columns.uuid(row, after + 2)))
                .purpose(new TokenPurpose(row.getString(after + 3)))
                .slot(row.getString(after + 4))
                .digest(TokenDigest.of(row.getBytes(after + 5)))
                .previousDigest(digest(row.getBytes(after + 6)))
                .rotatedAt(Columns.timeOrNull(row, after + 7))
                .issuedAt(Columns.time(row, after + 8))
                .expiresAt(Columns.time(row, after + 9))
                .lastUsedAt(Columns.time(row, after + 10))
                .authenticatedAt(Columns.timeOrNull(row, after + 11))
                .sentTo(row.getString(after + 12))
                .label(row.getString(after + 13))
                .stamp(stamp(Columns.uuid(row, after + 14)))
                .build();
    }

    private static @Nullable TokenDigest digest(byte @Nullable [] bytes) {
        return bytes == null ? null : TokenDigest.of(bytes);
    }

    private static @Nullable SecurityStamp stamp(@Nullable UUID value) {
        return value == null ? null : new SecurityStamp(value);
    }
}
