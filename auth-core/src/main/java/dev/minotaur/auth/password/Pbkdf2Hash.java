package dev.minotaur.auth.password;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A hash by PBKDF2 with HMAC-SHA256, taken apart: the formats pbkdf2_sha256 of passlib and of Django. */
final class Pbkdf2Hash {

    static final int DIGEST_BYTES = 32;

    private static final String OF_PASSLIB = "$pbkdf2-sha256$";
    private static final String OF_DJANGO = "pbkdf2_sha256$";

    private final int iterations;
    private final byte[] salt;
    private final byte[] digest;

    private Pbkdf2Hash(int iterations, byte[] salt, byte[] digest) {
        this.iterations = iterations;
        this.salt = salt;
        this.digest = digest;
    }

    int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] digest() {
        return digest.clone();
    }

    /** Writes the format of passlib. */
    static String encode(int iterations, byte[] salt, byte[] digest) {
        return OF_PASSLIB + iterations + "$" + ab64(salt) + "$" + ab64(digest);
    }

    /** Reads both formats; empty for anything else, and for a count that is not computed. */
    static Optional<Pbkdf2Hash> parse(String encoded) {
        boolean passlib = encoded.startsWith(OF_PASSLIB);
        if (!passlib && !encoded.startsWith(OF_DJANGO)) {
            return Optional.empty();
        }
        String[] fields =
                encoded.substring((passlib ? OF_PASSLIB : OF_DJANGO).length()).split("\\$", -1);
        if (fields.length != 3 || fields[1].isEmpty()) {
            return Optional.empty();
        }
        int iterations = iterations(fields[0]);
        byte[] salt = passlib ? ofAb64(fields[1]) : fields[1].getBytes(StandardCharsets.UTF_8);
        byte[] digest = passlib ? ofAb64(fields[2]) : ofBase64(fields[2]);
        return iterations == 0 || salt.length == 0 || digest.length != DIGEST_BYTES
                ? Optional.empty()
                : Optional.of(new Pbkdf2Hash(iterations, salt, digest));
    }

    /** A number without a leading zero and within what is computed, or 0. */
    private static int iterations(String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= 8
                && digits.charAt(0) != '0'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int stated = number ? Integer.parseInt(digits) : 0;
        return stated <= Pbkdf2PasswordHasher.MAX_ITERATIONS ? stated : 0;
    }

    /** Base64 with '.' in place of '+', and no padding. */
    private static String ab64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }

    private static byte[] ofAb64(String text) {
        byte[] bytes = text.indexOf('+') < 0 && text.indexOf('=') < 0 ? decoded(text.replace('.', '+')) : new byte[0];
        return ab64(bytes).equals(text) ? bytes : new byte[0];
    }

    private static byte[] ofBase64(String text) {
        byte[] bytes = decoded(text);
        return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : new byte[0];
    }

    /** The bytes; none if the text is no Base64. A text that stands for the same bytes as another is told by the caller. */
    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    /** {@return the count alone} */
    @Override
    public String toString() {
        return "Pbkdf2Hash[iterations=" + iterations + "]";
    }
}
