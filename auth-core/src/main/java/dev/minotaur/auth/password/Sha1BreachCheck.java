package dev.minotaur.auth.password;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Looks for a password in the lines of the range that its SHA-1 is in. */
final class Sha1BreachCheck implements BreachCheck {

    private static final int PREFIX = 5;
    private static final int DIGITS = 40;

    private final Sha1Ranges ranges;

    Sha1BreachCheck(Sha1Ranges ranges) {
        this.ranges = Objects.requireNonNull(ranges, "ranges");
    }

    @Override
    public boolean isBreached(RawPassword password) throws Exception {
        String digest = sha1(password);
        String rest = digest.substring(PREFIX);
        boolean found = false;
        for (String line : ranges.of(digest.substring(0, PREFIX)).lines().toList()) {
            found |= isSeen(line) && line.regionMatches(true, 0, rest, 0, rest.length());
        }
        return found;
    }

    private static String sha1(RawPassword password) throws GeneralSecurityException {
        byte[] utf8 = password.utf8();
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(utf8);
        Arrays.fill(utf8, (byte) 0);
        return HexFormat.of().withUpperCase().formatHex(digest);
    }

    /** Whether the line is of a password that was seen at all. */
    private static boolean isSeen(String line) throws IOException {
        int colon = DIGITS - PREFIX;
        boolean seen = false;
        boolean good = line.length() > colon + 1 && line.charAt(colon) == ':';
        for (int i = 0; good && i < line.length(); i++) {
            char c = line.charAt(i);
            if (i < colon) {
                good = HexFormat.isHexDigit(c);
            } else if (i > colon) {
                good = c >= '0' && c <= '9';
                seen |= c != '0';
            }
        }
        if (!good) {
            throw new IOException("a range has a line that is no digest and count");
        }
        return seen;
    }
}
