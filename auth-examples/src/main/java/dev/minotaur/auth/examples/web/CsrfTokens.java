package dev.minotaur.auth.examples.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proof that a form came from this application: a keyed digest of what the form belongs to, a session or the cookie of a
 * visitor who has none. Nothing is stored. All nodes of an application share the key.
 */
final class CsrfTokens {

    // region csrf
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec key;

    CsrfTokens(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The kind keeps a visitor from getting the token of a session by putting its id into the visitor's cookie. */
    String of(String kind, String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal((kind + ":" + id).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java has HmacSHA256", impossible);
        }
    }

    boolean isRight(String kind, String id, Optional<String> presented) {
        byte[] expected = of(kind, id).getBytes(StandardCharsets.UTF_8);
        return presented
                .filter(given -> MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }
    // end region
}
