package dev.minotaur.auth.password;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Django's {@code bcrypt_sha256$$2b$12$...}: bcrypt of the SHA-256 of the password in hexadecimal digits. */
final class DjangoBcryptSha256PasswordHasher implements PasswordHasher {

    private static final String BEGINNING = "bcrypt_sha256$";
    private static final int MAX_BYTES = 1024;

    private final BcryptFunction function;

    DjangoBcryptSha256PasswordHasher(int cost, IntConsumer computations) {
        this.function = new BcryptFunction(cost, computations);
    }

    @Override
    public int maxUtf8Bytes() {
        return MAX_BYTES;
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException("bcrypt_sha256 takes a password of 1 to " + MAX_BYTES + " bytes");
        }
        return PasswordHash.of(BEGINNING + function.hash(function.newSalt(), Sha256.hex(password.utf8())));
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return costOf(stored).isPresent();
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        OptionalInt storedCost = costOf(stored);
        if (storedCost.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        if (!function.matches(Sha256.hex(password.utf8()), stored.encoded().substring(BEGINNING.length()))) {
            return PasswordVerification.FAILED;
        }
        return storedCost.getAsInt() < function.cost()
                ? PasswordVerification.SUCCEEDED_REHASH_NEEDED
                : PasswordVerification.SUCCEEDED;
    }

    @Override
    public void spend(RawPassword password) {
        if (isTakenWhole(password)) {
            function.spend(Sha256.hex(password.utf8()));
        } else {
            function.spend();
        }
    }

    private static OptionalInt costOf(PasswordHash stored) {
        return stored.encoded().startsWith(BEGINNING)
                ? BcryptFunction.costOf(stored.encoded().substring(BEGINNING.length()))
                : OptionalInt.empty();
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= MAX_BYTES;
    }

    /** {@return the scheme and the cost} */
    @Override
    public String toString() {
        return "bcrypt_sha256 of Django, cost " + function.cost();
    }
}
