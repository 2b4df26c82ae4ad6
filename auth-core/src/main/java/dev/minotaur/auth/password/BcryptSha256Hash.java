package dev.minotaur.auth.password;

import java.util.List;
import java.util.Optional;

/**
 * A hash in the format bcrypt_sha256 of passlib, taken apart.
 *
 * @param version 1, whose key is a plain digest, or 2, whose key is an HMAC under the salt
 * @param salt the salt's 22 characters
 * @param bcrypt what bcrypt made of the key, as 60 characters
 * @param cost the cost in it
 */
record BcryptSha256Hash(int version, String salt, String bcrypt, int cost) {

    static final String BEGINNING = "$bcrypt-sha256$";

    private static final String BEGINNING_OF_2 = BEGINNING + "v=2,t=2b,r=";
    private static final List<String> BEGINNINGS_OF_1 = List.of(BEGINNING + "2a,", BEGINNING + "2b,");
    private static final int SALT_LENGTH = 22;
    private static final int DIGEST_LENGTH = 31;
    private static final int LENGTH_OF_REST = 1 + SALT_LENGTH + 1 + DIGEST_LENGTH;

    /** The last characters of 128 bits and of 184 whose unused bits are 0; the format knows no others. */
    private static final String LAST_OF_SALT = ".Oeu";

    private static final String LAST_OF_DIGEST = ".CGKOSWaeimquy26";

    /** Writes version 2. */
    static String encode(int cost, String bcrypt) {
        return BEGINNING_OF_2
                + cost
                + "$"
                + bcrypt.substring(BcryptFunction.END_OF_SALT - SALT_LENGTH, BcryptFunction.END_OF_SALT)
                + "$"
                + bcrypt.substring(BcryptFunction.END_OF_SALT);
    }

    /** Reads both versions; empty for anything else, and for a cost that is not computed. */
    static Optional<BcryptSha256Hash> parse(String encoded) {
        if (encoded.startsWith(BEGINNING_OF_2)) {
            return parse(2, "$2b$", encoded.substring(BEGINNING_OF_2.length()));
        }
        for (String beginning : BEGINNINGS_OF_1) {
            if (encoded.startsWith(beginning)) {
                return parse(
                        1,
                        "$" + beginning.substring(BEGINNING.length(), beginning.length() - 1) + "$",
                        encoded.substring(beginning.length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<BcryptSha256Hash> parse(int version, String name, String costAndRest) {
        int end = costAndRest.length() - LENGTH_OF_REST;
        if (end < 1 || end > 2 || costAndRest.charAt(end) != '$' || costAndRest.charAt(end + 1 + SALT_LENGTH) != '$') {
            return Optional.empty();
        }
        String cost = costAndRest.substring(0, end);
        String salt = costAndRest.substring(end + 1, end + 1 + SALT_LENGTH);
        String digest = costAndRest.substring(end + 1 + SALT_LENGTH + 1);
        if ((end == 2 && cost.charAt(0) == '0')
                || LAST_OF_SALT.indexOf(salt.charAt(SALT_LENGTH - 1)) < 0
                || LAST_OF_DIGEST.indexOf(digest.charAt(DIGEST_LENGTH - 1)) < 0) {
            return Optional.empty();
        }
        String bcrypt = name + (end == 1 ? "0" : "") + cost + "$" + salt + digest;
        return BcryptFunction.costOf(bcrypt).stream()
                .mapToObj(known -> new BcryptSha256Hash(version, salt, bcrypt, known))
                .findFirst();
    }
}
