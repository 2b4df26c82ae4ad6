package dev.minotaur.auth.argon2;

import java.util.Base64;
import java.util.Optional;

/** A hash by Argon2id in the PHC string format, taken apart; also with the name that Django writes before it. */
final class Argon2idHash {

    private static final String BEGINNING = "$argon2id$v=19$";
    private static final String NAME_OF_DJANGO = "argon2";
    private static final int LEAST_SALT_BYTES = 8;
    private static final int LEAST_TAG_BYTES = 16;
    private static final int MOST_BYTES = 64;

    private final Argon2Cost cost;
    private final byte[] salt;
    private final byte[] tag;

    private Argon2idHash(Argon2Cost cost, byte[] salt, byte[] tag) {
        this.cost = cost;
        this.salt = salt;
        this.tag = tag;
    }

    Argon2Cost cost() {
        return cost;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] tag() {
        return tag.clone();
    }

    static String encode(Argon2Cost cost, byte[] salt, byte[] tag) {
        return BEGINNING
                + "m=" + cost.memoryKib()
                + ",t=" + cost.passes()
                + ",p=" + cost.lanes()
                + "$" + base64(salt)
                + "$" + base64(tag);
    }

    /** Reads the string; empty for anything else, and for a cost that is not computed or takes more than half of the heap. */
    static Optional<Argon2idHash> parse(String encoded) {
        return parse(encoded, Runtime.getRuntime().maxMemory());
    }

    static Optional<Argon2idHash> parse(String encoded, long heapBytes) {
        String phc = encoded.startsWith(NAME_OF_DJANGO) ? encoded.substring(NAME_OF_DJANGO.length()) : encoded;
        if (!phc.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        String[] fields = phc.substring(BEGINNING.length()).split("\\$", -1);
        if (fields.length != 3) {
            return Optional.empty();
        }
        byte[] salt = decoded(fields[1]);
        byte[] tag = decoded(fields[2]);
        return isWithin(LEAST_SALT_BYTES, salt) && isWithin(LEAST_TAG_BYTES, tag)
                ? cost(fields[0])
                        .filter(cost -> cost.isComputed() && cost.fitsInto(heapBytes))
                        .map(cost -> new Argon2idHash(cost, salt, tag))
                : Optional.empty();
    }

    private static Optional<Argon2Cost> cost(String text) {
        String[] parts = text.split(",", -1);
        return parts.length == 3
                ? Optional.of(new Argon2Cost(number("m=", parts[0]), number("t=", parts[1]), number("p=", parts[2])))
                : Optional.empty();
    }

    /** A number of 1 to 6 digits without a leading zero, or 0. */
    private static int number(String name, String text) {
        String digits = text.startsWith(name) ? text.substring(name.length()) : "";
        boolean number = !digits.isEmpty()
                && digits.length() <= 6
                && digits.charAt(0) != '0'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : 0;
    }

    private static boolean isWithin(int least, byte[] bytes) {
        return bytes.length >= least && bytes.length <= MOST_BYTES;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes; none if the text is not the one that stands for them. */
    private static byte[] decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return base64(bytes).equals(text) ? bytes : new byte[0];
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    /** {@return the cost alone} */
    @Override
    public String toString() {
        return "Argon2idHash[" + cost + "]";
    }
}
