package dev.minotaur.auth.password;

import java.util.Optional;

/** The hashes of another hasher under a name that a framework writes before them, such as Spring Security's {bcrypt}. */
final class NamedPasswordHasher implements PasswordHasher {

    private final String name;
    private final PasswordHasher hasher;

    NamedPasswordHasher(String name, PasswordHasher hasher) {
        this.name = name;
        this.hasher = hasher;
    }

    @Override
    public int maxUtf8Bytes() {
        return hasher.maxUtf8Bytes();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        return PasswordHash.of(name + hasher.hash(password).encoded());
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return withoutName(stored).filter(hasher::canRead).isPresent();
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Optional<PasswordHash> bare = withoutName(stored);
        if (bare.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        return hasher.verify(password, bare.get());
    }

    @Override
    public void spend(RawPassword password) {
        hasher.spend(password);
    }

    private Optional<PasswordHash> withoutName(PasswordHash stored) {
        String encoded = stored.encoded();
        return encoded.startsWith(name) && encoded.length() > name.length()
                ? Optional.of(PasswordHash.of(encoded.substring(name.length())))
                : Optional.empty();
    }

    /** {@return the name and the hasher} */
    @Override
    public String toString() {
        return name + " " + hasher;
    }
}
