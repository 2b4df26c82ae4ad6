package dev.minotaur.auth.password;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and its HMAC over a password, written in ASCII for a function that takes no NUL. Each wipes the password. */
final class Sha256 {

    private static final String HMAC = "HmacSHA256";

    private Sha256() {}

    /** 44 characters of Base64 with padding. */
    static byte[] base64(byte[] password) {
        return encoded(digest(password));
    }

    /** 64 digits, the letters among them small. */
    static byte[] hex(byte[] password) {
        byte[] digest = digest(password);
        HexFormat digits = HexFormat.of();
        byte[] text = new byte[2 * digest.length];
        for (int i = 0; i < digest.length; i++) {
            text[2 * i] = (byte) digits.toHighHexDigit(digest[i]);
            text[2 * i + 1] = (byte) digits.toLowHexDigit(digest[i]);
        }
        Arrays.fill(digest, (byte) 0);
        return text;
    }

    /** 44 characters of Base64 with padding, of the HMAC under a key. */
    static byte[] hmacBase64(Key key, byte[] password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return encoded(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    static Key key(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    private static byte[] digest(byte[] password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] encoded(byte[] digest) {
        byte[] text = Base64.getEncoder().encode(digest);
        Arrays.fill(digest, (byte) 0);
        return text;
    }
}
