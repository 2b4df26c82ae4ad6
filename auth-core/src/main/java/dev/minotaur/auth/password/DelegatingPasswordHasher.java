package dev.minotaur.auth.password;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A hasher over several: one of today, which makes each new hash, and others whose hashes lie in the same table. A hash
 * describes itself, and the first hasher that can read it verifies it: the one of today, then the kept ones, then those to
 * be replaced, in the order in which they were named.
 *
 * <p>A kept scheme is as good as today's: its hashes stay as they are, and are told to be weak only where its own hasher says
 * so. An upgraded scheme is not: its hash is told to be weak at each success, and so is replaced by one of today when its owner
 * signs in (ASVS 11.2.2); but not a hash of bcrypt, in whatever form, by one of bcrypt at a lower cost. A hash that nobody here
 * can read is answered by {@link PasswordVerification#UNREADABLE} at once, and left alone.
 *
 * <p>Other than that the costs of two schemes cannot be compared. So the verification by any scheme but today's comes with one
 * {@link #spend} beside it: it takes no less time than an unknown account, and more by what the scheme itself takes. Who
 * measures it can tell an account whose hash is of another scheme, until it is replaced; one of a kept scheme for good.
 */
public final class DelegatingPasswordHasher implements PasswordHasher {

    private final PasswordHasher current;
    private final List<PasswordHasher> kept;
    private final List<PasswordHasher> upgraded;

    private DelegatingPasswordHasher(Builder from) {
        this.current = from.current;
        this.kept = List.copyOf(from.kept);
        this.upgraded = List.copyOf(from.upgraded);
    }

    /**
     * The default of the account rules: makes bcrypt-sha256 at cost 12 ({@link BcryptSha256PasswordHasher#ofDefaultCost}), so
     * that a password of 64 characters of any script is taken whole (ASVS 6.2.9), and replaces the {@link
     * Builder#upgradesKnownFormats known formats}.
     *
     * @return the hasher
     */
    public static DelegatingPasswordHasher defaults() {
        return builder(BcryptSha256PasswordHasher.ofDefaultCost())
                .upgradesKnownFormats()
                .build();
    }

    /**
     * Starts with a hasher alone.
     *
     * @param current makes each new hash, and verifies its own
     * @return the builder
     */
    public static Builder builder(PasswordHasher current) {
        return new Builder(Objects.requireNonNull(current, "current"));
    }

    /** {@return what the hasher of today takes} */
    @Override
    public int maxUtf8Bytes() {
        return current.maxUtf8Bytes();
    }

    /**
     * Hashes by the hasher of today.
     *
     * @param password as that hasher takes it
     * @return the hash
     * @throws IllegalArgumentException if that hasher does not take it
     */
    @Override
    public PasswordHash hash(RawPassword password) {
        return current.hash(password);
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return Stream.of(List.of(current), kept, upgraded)
                .flatMap(List::stream)
                .anyMatch(hasher -> hasher.canRead(stored));
    }

    /**
     * Verifies by the hasher that can read the hash. A password that is longer than what the scheme of the hash takes fails,
     * also where the hasher of today would take it: it was never the one that was hashed, at least not in whole. One that is
     * right and that the hasher of today would not take succeeds, and its hash is not told to be weak, as no other can be made.
     *
     * @param password what was typed
     * @param stored the stored hash, from whatever source
     * @return what was found
     */
    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        if (current.canRead(stored)) {
            return current.verify(password, stored);
        }
        Optional<PasswordHasher> keeps = readerIn(kept, stored);
        Optional<PasswordHasher> reader = keeps.or(() -> readerIn(upgraded, stored));
        if (reader.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        spend(password);
        PasswordVerification found = reader.get().verify(password, stored);
        if (password.utf8Length() > maxUtf8Bytes() || costsMore(stored)) {
            return found == PasswordVerification.SUCCEEDED_REHASH_NEEDED ? PasswordVerification.SUCCEEDED : found;
        }
        return found == PasswordVerification.SUCCEEDED && keeps.isEmpty()
                ? PasswordVerification.SUCCEEDED_REHASH_NEEDED
                : found;
    }

    private boolean costsMore(PasswordHash stored) {
        int costOfToday = bcryptOfToday().map(OfBcrypt::cost).orElse(Integer.MAX_VALUE);
        return OfBcrypt.costOf(stored).orElse(0) > costOfToday;
    }

    private Optional<OfBcrypt> bcryptOfToday() {
        if (current instanceof DelegatingPasswordHasher several) {
            return several.bcryptOfToday();
        }
        return current instanceof OfBcrypt bcrypt ? Optional.of(bcrypt) : Optional.empty();
    }

    @Override
    public void spend(RawPassword password) {
        current.spend(password);
    }

    private static Optional<PasswordHasher> readerIn(List<PasswordHasher> hashers, PasswordHash stored) {
        return hashers.stream().filter(hasher -> hasher.canRead(stored)).findFirst();
    }

    /** {@return the schemes and their costs} */
    @Override
    public String toString() {
        return current + ", keeps " + kept + ", upgrades " + upgraded;
    }

    /** Names the hashers. */
    public static final class Builder {

        /** A hash of another scheme is verified beside one of today, so it need not be topped up as well. */
        private static final int NO_TOP_UP = BcryptFunction.LOWEST_DEFINED_COST;

        private final PasswordHasher current;
        private final List<PasswordHasher> kept = new ArrayList<>();
        private final List<PasswordHasher> upgraded = new ArrayList<>();

        private Builder(PasswordHasher current) {
            this.current = current;
        }

        /**
         * Adds a scheme whose hashes are as good as today's, and are not replaced.
         *
         * @param hasher verifies them
         * @return this builder
         */
        public Builder keeps(PasswordHasher hasher) {
            kept.add(Objects.requireNonNull(hasher, "hasher"));
            return this;
        }

        /**
         * Adds a scheme whose hashes are replaced by one of today when their owner signs in.
         *
         * @param hasher verifies them
         * @return this builder
         */
        public Builder upgrades(PasswordHasher hasher) {
            upgraded.add(Objects.requireNonNull(hasher, "hasher"));
            return this;
        }

        /**
         * Adds, to be replaced, what this package reads:
         *
         * <ul>
         *   <li>{@code $bcrypt-sha256$}, both versions of passlib's format,
         *   <li>{@code $2a$}, {@code $2b$} and {@code $2y$}: bcrypt as PHP, Ruby, Elixir and Apache write it; {@code
         *       {bcrypt}$2a$} as Spring Security does, and {@code bcrypt$$2b$} as Django does. A password of more than 72 bytes
         *       fails,
         *   <li>Django's {@code bcrypt_sha256$$2b$},
         *   <li>{@code $pbkdf2-sha256$}, the format of passlib, and Django's {@code pbkdf2_sha256$}.
         * </ul>
         *
         * <p>Not {@code $2x$}, whose hashes a faulty bcrypt made. A cost beyond {@link BcryptPasswordHasher#MAX_COST} or {@link
         * Pbkdf2PasswordHasher#MAX_ITERATIONS} is not computed.
         *
         * @return this builder
         */
        public Builder upgradesKnownFormats() {
            PasswordHasher bcrypt = new BcryptPasswordHasher(NO_TOP_UP, computed -> {});
            return upgrades(new BcryptSha256PasswordHasher(NO_TOP_UP, computed -> {}))
                    .upgrades(bcrypt)
                    .upgrades(new NamedPasswordHasher("{bcrypt}", bcrypt))
                    .upgrades(new NamedPasswordHasher("bcrypt$", bcrypt))
                    .upgrades(new DjangoBcryptSha256PasswordHasher(NO_TOP_UP, computed -> {}))
                    .upgrades(new Pbkdf2PasswordHasher(1, computed -> {}));
        }

        /**
         * Makes the hasher.
         *
         * @return a hasher with what this builder has at that moment
         */
        public DelegatingPasswordHasher build() {
            return new DelegatingPasswordHasher(this);
        }
    }
}
