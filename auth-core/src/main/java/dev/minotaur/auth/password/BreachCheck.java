package dev.minotaur.auth.password;

/**
 * Asks whether a new password is known from a breach (ASVS 6.2.12). An application brings it: this library opens no connection.
 * Safe for use by many threads.
 */
@FunctionalInterface
public interface BreachCheck {

    /**
     * Asks for one password, which passes everything else. Called on a thread of the policy's own, and interrupted when the limit is
     * over; nobody waits for it from then on. A check that goes on all the same keeps one of the 16 places.
     *
     * @param password the password, a copy that is closed when this returns
     * @return whether it is known from a breach
     * @throws Exception if that cannot be told; it is dropped, for it may quote the password: a check logs what its operator
     *     needs
     */
    boolean isBreached(RawPassword password) throws Exception;

    /**
     * A check by ranges of SHA-1 digests, which tells nobody the password: only the first 20 bits of its digest are asked for, and the
     * answer is compared here.
     *
     * <p>An answer has a line for each known password whose digest begins so: the other 35 hexadecimal digits, a colon, and how
     * often it was seen. A count of 0 is of a line that only fills up. An answer with any other line is no answer, and an empty one
     * says that none is known.
     *
     * @param ranges gets an answer
     * @return the check
     */
    static BreachCheck bySha1Ranges(Sha1Ranges ranges) {
        return new Sha1BreachCheck(ranges);
    }

    /** Where ranges of SHA-1 digests are got from. Safe for use by many threads. */
    @FunctionalInterface
    interface Sha1Ranges {

        /**
         * Gets the lines of one range. Called like {@link BreachCheck#isBreached}.
         *
         * @param prefix the first five digits, hexadecimal in capitals
         * @return the lines, each ended by LF or CR LF, or by the end
         * @throws Exception if they cannot be got
         */
        String of(String prefix) throws Exception;
    }
}
