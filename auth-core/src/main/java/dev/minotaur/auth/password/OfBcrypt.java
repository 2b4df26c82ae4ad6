package dev.minotaur.auth.password;

import java.util.OptionalInt;

/** A hasher whose hashes are made by bcrypt, whatever goes into it: their costs can be compared. */
interface OfBcrypt {

    /** The binary logarithm of the number of rounds of a new hash. */
    int cost();

    /** The cost that a hash of bcrypt states, in each form that this package reads, also under a pepper; empty for any other. */
    static OptionalInt costOf(PasswordHash stored) {
        String encoded = stored.encoded();
        String end = encoded.substring(Math.max(0, encoded.length() - BcryptFunction.ENCODED_LENGTH));
        OptionalInt plainOrNamed = BcryptFunction.costOf(end);
        return plainOrNamed.isPresent()
                ? plainOrNamed
                : BcryptSha256Hash.parse(
                                encoded.substring(Math.max(0, encoded.lastIndexOf(BcryptSha256Hash.BEGINNING))))
                        .stream()
                        .mapToInt(BcryptSha256Hash::cost)
                        .findFirst();
    }
}
