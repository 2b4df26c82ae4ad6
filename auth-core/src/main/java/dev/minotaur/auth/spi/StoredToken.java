package dev.minotaur.auth.spi;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.internal.WellFormed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as a store keeps it: never the secret, only its digest. A store writes every component as it is, reads it back
 * unchanged, and decides only what its verbs say.
 *
 * <p>Components may be added in a minor version. A store that keeps only those it knows then still compiles and links, and keeps
 * its promises with the core of the version that it was written for only: it has to be extended, and tested anew by the kit.
 */
public final class StoredToken {

    /** The longest slot, in chars. */
    public static final int MAX_SLOT_LENGTH = 64;

    /** The longest label, in chars. */
    public static final int MAX_LABEL_LENGTH = 200;

    private final TokenId id;
    private final UserId user;
    private final TokenPurpose purpose;
    private final @Nullable String slot;
    private final TokenDigest digest;
    private final @Nullable TokenDigest previousDigest;
    private final @Nullable Instant rotatedAt;
    private final Instant issuedAt;
    private final Instant expiresAt;
    private final Instant lastUsedAt;
    private final @Nullable Instant authenticatedAt;
    private final @Nullable String sentTo;
    private final @Nullable String label;
    private final @Nullable SecurityStamp stamp;

    private StoredToken(Builder from) {
        this.id = Fields.required(from.id, "id");
        this.user = Fields.required(from.user, "user");
        this.purpose = Fields.required(from.purpose, "purpose");
        this.slot = from.slot;
        this.digest = Fields.required(from.digest, "digest");
        this.previousDigest = from.previousDigest;
        this.rotatedAt = from.rotatedAt;
        this.issuedAt = Fields.required(from.issuedAt, "issuedAt");
        this.expiresAt = Fields.required(from.expiresAt, "expiresAt");
        this.lastUsedAt = Fields.required(from.lastUsedAt, "lastUsedAt");
        this.authenticatedAt = from.authenticatedAt;
        this.sentTo = from.sentTo;
        this.label = from.label;
        this.stamp = from.stamp;
        Fields.micros(issuedAt, "issuedAt");
        Fields.micros(expiresAt, "expiresAt");
        Fields.micros(lastUsedAt, "lastUsedAt");
        if (rotatedAt != null) {
            Fields.micros(rotatedAt, "rotatedAt");
        }
        if (authenticatedAt != null) {
            Fields.micros(authenticatedAt, "authenticatedAt");
        }
        if (slot != null
                && WellFormed.require(slot, MAX_SLOT_LENGTH, "slot").chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("slot is not printable ASCII");
        }
        if (sentTo != null) {
            WellFormed.require(sentTo, EmailAddress.MAX_LENGTH, "sentTo");
        }
        if (label != null) {
            WellFormed.require(label, MAX_LABEL_LENGTH, "label");
        }
    }

    /**
     * Starts a record with nothing set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a record that differs from this one in what is set next.
     *
     * @return a builder with all components of this record
     */
    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.id = id;
        copy.user = user;
        copy.purpose = purpose;
        copy.slot = slot;
        copy.digest = digest;
        copy.previousDigest = previousDigest;
        copy.rotatedAt = rotatedAt;
        copy.issuedAt = issuedAt;
        copy.expiresAt = expiresAt;
        copy.lastUsedAt = lastUsedAt;
        copy.authenticatedAt = authenticatedAt;
        copy.sentTo = sentTo;
        copy.label = label;
        copy.stamp = stamp;
        return copy;
    }

    /**
     * Gives the public id; never changes.
     *
     * @return the public id; never changes
     */
    public TokenId id() {
        return id;
    }

    /**
     * Gives the user the token was made for, who need not exist yet.
     *
     * @return the user the token was made for, who need not exist yet
     */
    public UserId user() {
        return user;
    }

    /**
     * Gives what the token is good for.
     *
     * @return what the token is good for
     */
    public TokenPurpose purpose() {
        return purpose;
    }

    /**
     * Gives the slot, of which a user has one live token: 1 to 64 ASCII characters; none for sessions.
     *
     * @return the slot, of which a user has one live token: 1 to 64 ASCII characters; none for sessions, or empty
     */
    public Optional<String> slot() {
        return Optional.ofNullable(slot);
    }

    /**
     * Gives the digest of the secret.
     *
     * @return the digest of the secret
     */
    public TokenDigest digest() {
        return digest;
    }

    /**
     * Gives the digest of the secret before the last rotation.
     *
     * @return the digest of the secret before the last rotation, or empty
     */
    public Optional<TokenDigest> previousDigest() {
        return Optional.ofNullable(previousDigest);
    }

    /**
     * Gives when the secret was last rotated.
     *
     * @return when the secret was last rotated, or empty
     */
    public Optional<Instant> rotatedAt() {
        return Optional.ofNullable(rotatedAt);
    }

    /**
     * Gives when the token was issued.
     *
     * @return when the token was issued
     */
    public Instant issuedAt() {
        return issuedAt;
    }

    /**
     * Gives the first instant at which the token is no longer good.
     *
     * @return the first instant at which the token is no longer good
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Gives when the token was last used, to the touch interval.
     *
     * @return when the token was last used, to the touch interval
     */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    /**
     * Gives when its user last proved a credential.
     *
     * @return when its user last proved a credential, or empty
     */
    public Optional<Instant> authenticatedAt() {
        return Optional.ofNullable(authenticatedAt);
    }

    /**
     * Gives the address the token was sent to: 1 to 254 chars.
     *
     * @return the address the token was sent to: 1 to 254 chars, or empty
     */
    public Optional<String> sentTo() {
        return Optional.ofNullable(sentTo);
    }

    /**
     * Gives what the caller named the token: 1 to 200 chars.
     *
     * @return what the caller named the token: 1 to 200 chars, or empty
     */
    public Optional<String> label() {
        return Optional.ofNullable(label);
    }

    /**
     * Gives the stamp of the user the token is bound to.
     *
     * @return the stamp of the user the token is bound to, or empty
     */
    public Optional<SecurityStamp> stamp() {
        return Optional.ofNullable(stamp);
    }

    /**
     * Compares all components; a store uses it to tell a retry of an insert from a conflict.
     *
     * @param other what to compare with
     * @return whether it is a record with the same content
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredToken that
                && id.equals(that.id)
                && user.equals(that.user)
                && purpose.equals(that.purpose)
                && Objects.equals(slot, that.slot)
                && digest.equals(that.digest)
                && Objects.equals(previousDigest, that.previousDigest)
                && Objects.equals(rotatedAt, that.rotatedAt)
                && issuedAt.equals(that.issuedAt)
                && expiresAt.equals(that.expiresAt)
                && lastUsedAt.equals(that.lastUsedAt)
                && Objects.equals(authenticatedAt, that.authenticatedAt)
                && Objects.equals(sentTo, that.sentTo)
                && Objects.equals(label, that.label)
                && Objects.equals(stamp, that.stamp);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@return the id, user and purpose} */
    @Override
    public String toString() {
        return "StoredToken[id=" + id + ", user=" + user + ", purpose=" + purpose + "]";
    }

    /** Sets the components of a record, each by the method of its name. */
    public static final class Builder {

        private @Nullable TokenId id;
        private @Nullable UserId user;
        private @Nullable TokenPurpose purpose;
        private @Nullable String slot;
        private @Nullable TokenDigest digest;
        private @Nullable TokenDigest previousDigest;
        private @Nullable Instant rotatedAt;
        private @Nullable Instant issuedAt;
        private @Nullable Instant expiresAt;
        private @Nullable Instant lastUsedAt;
        private @Nullable Instant authenticatedAt;
        private @Nullable String sentTo;
        private @Nullable String label;
        private @Nullable SecurityStamp stamp;

        private Builder() {}

        /**
         * Sets the public id; never changes.
         *
         * @param id the public id; never changes
         * @return this builder
         */
        public Builder id(TokenId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets the user the token was made for, who need not exist yet.
         *
         * @param user the user the token was made for, who need not exist yet
         * @return this builder
         */
        public Builder user(UserId user) {
            this.user = user;
            return this;
        }

        /**
         * Sets what the token is good for.
         *
         * @param purpose what the token is good for
         * @return this builder
         */
        public Builder purpose(TokenPurpose purpose) {
            this.purpose = purpose;
            return this;
        }

        /**
         * Sets the slot, of which a user has one live token: 1 to 64 ASCII characters; none for sessions.
         *
         * @param slot the slot, of which a user has one live token: 1 to 64 ASCII characters; none for sessions, or null for none
         * @return this builder
         */
        public Builder slot(@Nullable String slot) {
            this.slot = slot;
            return this;
        }

        /**
         * Sets the digest of the secret.
         *
         * @param digest the digest of the secret
         * @return this builder
         */
        public Builder digest(TokenDigest digest) {
            this.digest = digest;
            return this;
        }

        /**
         * Sets the digest of the secret before the last rotation.
         *
         * @param previousDigest the digest of the secret before the last rotation, or null for none
         * @return this builder
         */
        public Builder previousDigest(@Nullable TokenDigest previousDigest) {
            this.previousDigest = previousDigest;
            return this;
        }

        /**
         * Sets when the secret was last rotated.
         *
         * @param rotatedAt when the secret was last rotated, or null for none
         * @return this builder
         */
        public Builder rotatedAt(@Nullable Instant rotatedAt) {
            this.rotatedAt = rotatedAt;
            return this;
        }

        /**
         * Sets when the token was issued.
         *
         * @param issuedAt when the token was issued
         * @return this builder
         */
        public Builder issuedAt(Instant issuedAt) {
            this.issuedAt = issuedAt;
            return this;
        }

        /**
         * Sets the first instant at which the token is no longer good.
         *
         * @param expiresAt the first instant at which the token is no longer good
         * @return this builder
         */
        public Builder expiresAt(Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /**
         * Sets when the token was last used, to the touch interval.
         *
         * @param lastUsedAt when the token was last used, to the touch interval
         * @return this builder
         */
        public Builder lastUsedAt(Instant lastUsedAt) {
            this.lastUsedAt = lastUsedAt;
            return this;
        }

        /**
         * Sets when its user last proved a credential.
         *
         * @param authenticatedAt when its user last proved a credential, or null for none
         * @return this builder
         */
        public Builder authenticatedAt(@Nullable Instant authenticatedAt) {
            this.authenticatedAt = authenticatedAt;
            return this;
        }

        /**
         * Sets the address the token was sent to: 1 to 254 chars.
         *
         * @param sentTo the address the token was sent to: 1 to 254 chars, or null for none
         * @return this builder
         */
        public Builder sentTo(@Nullable String sentTo) {
            this.sentTo = sentTo;
            return this;
        }

        /**
         * Sets what the caller named the token: 1 to 200 chars.
         *
         * @param label what the caller named the token: 1 to 200 chars, or null for none
         * @return this builder
         */
        public Builder label(@Nullable String label) {
            this.label = label;
            return this;
        }

        /**
         * Sets the stamp of the user the token is bound to.
         *
         * @param stamp the stamp of the user the token is bound to, or null for none
         * @return this builder
         */
        public Builder stamp(@Nullable SecurityStamp stamp) {
            this.stamp = stamp;
            return this;
        }

        /**
         * Makes the record.
         *
         * @return the record
         * @throws IllegalStateException if a component that is not optional was not set
         * @throws IllegalArgumentException if a component is out of its range, or a time finer than a microsecond
         */
        public StoredToken build() {
            return new StoredToken(this);
        }
    }
}
