package dev.minotaur.auth.password;

import java.security.Key;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Another hasher's hashes of a password that went through an HMAC-SHA256 under a key of the operator (NIST SP 800-63B-4 section
 * 3.1.1.2): a copy of the database alone is then of no use to guess at. The key is kept elsewhere than the hashes. Who loses
 * it loses all passwords.
 *
 * <p>Makes {@code $pepper$v=1,k=ID$} and after it the hash that the other hasher makes of the Base64 of the HMAC, with padding.
 * The id of the key is in the hash, so keys can change: a hash under a former key is verified and told to be weak whatever its
 * cost, since a key that leaks is worse than a lower cost, and so is one that has no key, which the other hasher verifies as it
 * is. A hash under a key that is not there is {@link PasswordVerification#UNREADABLE}.
 *
 * <p>A key is copied and shown nowhere.
 */
public final class PepperedPasswordHasher implements PasswordHasher {

    /** The shortest key, in bytes. */
    public static final int LEAST_KEY_BYTES = 32;

    private static final String BEGINNING = "$pepper$v=1,k=";
    private static final int MAX_BYTES = 1024;
    private static final int HMAC_CHARS = 44;
    private static final int MAX_ID_CHARS = 32;

    private final PasswordHasher hasher;
    private final String keyId;
    private final Key key;
    private final Map<String, Key> keys;
    private final Set<String> asGood;

    private PepperedPasswordHasher(Builder from) {
        this.hasher = from.hasher;
        this.keyId = from.keyId;
        this.key = from.key;
        this.keys = Map.copyOf(from.keys);
        this.asGood = Set.copyOf(from.asGood);
    }

    /**
     * Starts with the key of today.
     *
     * @param hasher hashes what the HMAC makes, and verifies hashes without a key
     * @param keyId 1 to 32 letters of ASCII, digits, dots, underscores and hyphens; another one for each key
     * @param key at least {@link #LEAST_KEY_BYTES} random bytes, which stay the caller's to wipe
     * @return the builder
     * @throws IllegalArgumentException if the id has another form, the key is shorter, or the hasher does not take 44 bytes
     */
    public static Builder builder(PasswordHasher hasher, String keyId, byte[] key) {
        Objects.requireNonNull(hasher, "hasher");
        if (hasher.maxUtf8Bytes() < HMAC_CHARS) {
            throw new IllegalArgumentException("the hasher must take " + HMAC_CHARS + " bytes");
        }
        return new Builder(hasher, keyId, checked(keyId, key));
    }

    /** {@return 1024} */
    @Override
    public int maxUtf8Bytes() {
        return MAX_BYTES;
    }

    /**
     * Hashes under the key of today.
     *
     * @param password a password that is hashable and within {@link #maxUtf8Bytes}
     * @return the hash
     * @throws IllegalArgumentException if it is neither, or if the other hasher's hash leaves no room for the id
     */
    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException("a pepper takes a password of 1 to " + MAX_BYTES + " bytes");
        }
        try (RawPassword peppered = peppered(password, key)) {
            return PasswordHash.of(
                    BEGINNING + keyId + "$" + hasher.hash(peppered).encoded());
        }
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        String encoded = stored.encoded();
        if (!encoded.startsWith(BEGINNING)) {
            return hasher.canRead(stored);
        }
        int end = endOfId(encoded);
        return end > 0
                && keys.containsKey(idIn(encoded, end))
                && hasher.canRead(PasswordHash.of(encoded.substring(end + 1)));
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        String encoded = stored.encoded();
        if (!canRead(stored)) {
            return PasswordVerification.UNREADABLE;
        }
        if (!encoded.startsWith(BEGINNING)) {
            return told(hasher.verify(password, stored), isTakenWhole(password));
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        int end = endOfId(encoded);
        String id = idIn(encoded, end);
        try (RawPassword peppered = peppered(password, Objects.requireNonNull(keys.get(id)))) {
            PasswordVerification found = hasher.verify(peppered, PasswordHash.of(encoded.substring(end + 1)));
            return asGood.contains(id) ? found : told(found, true);
        }
    }

    @Override
    public void spend(RawPassword password) {
        if (!isTakenWhole(password)) {
            hasher.spend(password);
            return;
        }
        try (RawPassword peppered = peppered(password, key)) {
            hasher.spend(peppered);
        }
    }

    /** What was right under no key or a former one is weak, if there can be a hash of today in its place. */
    private static PasswordVerification told(PasswordVerification found, boolean canBeHashed) {
        return switch (found) {
            case SUCCEEDED, SUCCEEDED_REHASH_NEEDED ->
                canBeHashed ? PasswordVerification.SUCCEEDED_REHASH_NEEDED : PasswordVerification.SUCCEEDED;
            case FAILED, UNREADABLE -> found;
        };
    }

    private static RawPassword peppered(RawPassword password, Key key) {
        byte[] text = Sha256.hmacBase64(key, password.utf8());
        char[] chars = new char[text.length];
        for (int i = 0; i < text.length; i++) {
            chars[i] = (char) text[i];
        }
        RawPassword peppered = RawPassword.of(chars);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(chars, '\0');
        return peppered;
    }

    /** Where the id ends; not positive if it does not, or nothing follows. */
    private static int endOfId(String encoded) {
        int end = encoded.indexOf('$', BEGINNING.length());
        return end == encoded.length() - 1 ? -1 : end;
    }

    private static String idIn(String encoded, int end) {
        return encoded.substring(BEGINNING.length(), end);
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= MAX_BYTES;
    }

    private static Key checked(String keyId, byte[] key) {
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(key, "key");
        if (keyId.isEmpty()
                || keyId.length() > MAX_ID_CHARS
                || !keyId.chars().allMatch(PepperedPasswordHasher::isOfId)) {
            throw new IllegalArgumentException(
                    "the id of a key is 1 to " + MAX_ID_CHARS + " letters, digits, dots, underscores and hyphens");
        }
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("a key has at least " + LEAST_KEY_BYTES + " bytes");
        }
        return Sha256.key(key);
    }

    private static boolean isOfId(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /** {@return the other hasher and the id of the key of today} */
    @Override
    public String toString() {
        return hasher + ", under key " + keyId;
    }

    /** Names the other keys. */
    public static final class Builder {

        private final PasswordHasher hasher;
        private final String keyId;
        private final Key key;
        private final Map<String, Key> keys = new HashMap<>();
        private final Set<String> asGood = new HashSet<>();

        private Builder(PasswordHasher hasher, String keyId, Key key) {
            this.hasher = hasher;
            this.keyId = keyId;
            this.key = key;
            keys.put(keyId, key);
            asGood.add(keyId);
        }

        /**
         * Adds a key of before, whose hashes are verified and told to be weak.
         *
         * @param formerId its id
         * @param formerKey the key, which stays the caller's to wipe
         * @return this builder
         * @throws IllegalArgumentException if the id has another form or is there already, or the key is shorter than {@link
         *     #LEAST_KEY_BYTES}
         */
        public Builder formerKey(String formerId, byte[] formerKey) {
            add(formerId, formerKey);
            return this;
        }

        /**
         * Adds the key that comes next, whose hashes are verified and are as good as today's. To be known to every process
         * before one of them makes it the key of today: a process that does not know it refuses who signed in at one that does.
         *
         * @param nextId its id
         * @param nextKey the key, which stays the caller's to wipe
         * @return this builder
         * @throws IllegalArgumentException if the id has another form or is there already, or the key is shorter than {@link
         *     #LEAST_KEY_BYTES}
         */
        public Builder nextKey(String nextId, byte[] nextKey) {
            add(nextId, nextKey);
            asGood.add(nextId);
            return this;
        }

        private void add(String id, byte[] bytes) {
            Key checked = checked(id, bytes);
            if (keys.putIfAbsent(id, checked) != null) {
                throw new IllegalArgumentException("an id stands for one key");
            }
        }

        /**
         * Makes the hasher.
         *
         * @return a hasher with what this builder has at that moment
         */
        public PepperedPasswordHasher build() {
            return new PepperedPasswordHasher(this);
        }
    }
}
