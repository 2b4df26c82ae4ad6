package dev.minotaur.auth;

import dev.minotaur.auth.spi.TokenDigest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A token as it is handed out, once: 64 characters of unpadded base64url (RFC 4648 section 5) that hold its 16-byte public
 * id and 32 secret random bytes. The stores keep only a digest of the secret half, so a lost token cannot be shown again.
 *
 * <p>It has no {@code equals} and shows only the id in {@code toString}.
 */
public final class RawToken {

    /** The length of the text, in ASCII characters. */
    public static final int LENGTH = 64;

    static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 16;

    private final TokenId id;
    private final String text;
    private final TokenDigest digest;

    private RawToken(TokenId id, String text, TokenDigest digest) {
        this.id = id;
        this.text = text;
        this.digest = digest;
    }

    /** Joins the two halves and wipes the secret one. */
    static RawToken of(TokenId id, byte[] secret) {
        byte[] joined = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .put(secret)
                .array();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(joined);
        RawToken token = new RawToken(id, text, TokenDigest.of(Digests.sha256(secret)));
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(joined, (byte) 0);
        return token;
    }

    /** Reads what a client sent, of any length and content. Each token has one spelling only: 64 characters are 48 bytes, with no bit to spare. */
    static Optional<RawToken> parse(String presented) {
        if (presented.length() != LENGTH) {
            return Optional.empty();
        }
        byte[] joined;
        try {
            joined = Base64.getUrlDecoder().decode(presented);
        } catch (IllegalArgumentException notBase64url) {
            return Optional.empty();
        }
        if (joined.length != ID_BYTES + SECRET_BYTES) {
            return Optional.empty();
        }
        ByteBuffer halves = ByteBuffer.wrap(joined);
        TokenId id = new TokenId(new UUID(halves.getLong(), halves.getLong()));
        return Optional.of(of(id, Arrays.copyOfRange(joined, ID_BYTES, joined.length)));
    }

    /**
     * Gives the text to hand out: to put in a cookie, and nowhere that is logged.
     *
     * @return the 64 characters
     */
    public String reveal() {
        return text;
    }

    /**
     * Gives the public id.
     *
     * @return the id
     */
    public TokenId id() {
        return id;
    }

    TokenDigest digest() {
        return digest;
    }

    /** {@return the public id only} */
    @Override
    public String toString() {
        return "RawToken[id=" + id + ", secret redacted]";
    }
}
