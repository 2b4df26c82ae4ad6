package dev.minotaur.auth.spi;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user as a store keeps it. A store writes every component as it is, reads it back unchanged, and decides nothing by
 * any of them but {@link #id}, {@link #version} and the canonical forms of {@link #email} and {@link #username}.
 *
 * <p>Components may be added in a minor version. A store that keeps only those it knows then still compiles and links, and keeps
 * its promises with the core of the version that it was written for only: it has to be extended, and tested anew by the kit.
 */
public final class UserRecord {

    private final UserId id;
    private final long version;
    private final EmailAddress email;
    private final @Nullable Username username;
    private final @Nullable PasswordHash passwordHash;
    private final UserStatus status;
    private final @Nullable Instant emailConfirmedAt;
    private final SecurityStamp stamp;
    private final Instant createdAt;
    private final Instant updatedAt;

    private UserRecord(Builder from) {
        this.id = Fields.required(from.id, "id");
        this.version = from.version;
        this.email = Fields.required(from.email, "email");
        this.username = from.username;
        this.passwordHash = from.passwordHash;
        this.status = Fields.required(from.status, "status");
        this.emailConfirmedAt = from.emailConfirmedAt;
        this.stamp = Fields.required(from.stamp, "stamp");
        this.createdAt = Fields.required(from.createdAt, "createdAt");
        this.updatedAt = Fields.required(from.updatedAt, "updatedAt");
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1");
        }
        Fields.micros(createdAt, "createdAt");
        Fields.micros(updatedAt, "updatedAt");
        if (emailConfirmedAt != null) {
            Fields.micros(emailConfirmedAt, "emailConfirmedAt");
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
        copy.version = version;
        copy.email = email;
        copy.username = username;
        copy.passwordHash = passwordHash;
        copy.status = status;
        copy.emailConfirmedAt = emailConfirmedAt;
        copy.stamp = stamp;
        copy.createdAt = createdAt;
        copy.updatedAt = updatedAt;
        return copy;
    }

    /**
     * Gives the identity; never changes.
     *
     * @return the identity; never changes
     */
    public UserId id() {
        return id;
    }

    /**
     * Gives the version that {@link UserStore#update} compares: 1 for a new user, one more with each update.
     *
     * @return the version that {@link UserStore#update} compares: 1 for a new user, one more with each update
     */
    public long version() {
        return version;
    }

    /**
     * Gives the e-mail address, unique by its canonical form.
     *
     * @return the e-mail address, unique by its canonical form
     */
    public EmailAddress email() {
        return email;
    }

    /**
     * Gives the username, unique by its canonical form.
     *
     * @return the username, unique by its canonical form, or empty
     */
    public Optional<Username> username() {
        return Optional.ofNullable(username);
    }

    /**
     * Gives the hash of the password.
     *
     * @return the hash of the password, or empty
     */
    public Optional<PasswordHash> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    /**
     * Gives whether the account may be used.
     *
     * @return whether the account may be used
     */
    public UserStatus status() {
        return status;
    }

    /**
     * Gives when the e-mail address was proven.
     *
     * @return when the e-mail address was proven, or empty
     */
    public Optional<Instant> emailConfirmedAt() {
        return Optional.ofNullable(emailConfirmedAt);
    }

    /**
     * Gives the stamp that tokens made for this user carry.
     *
     * @return the stamp that tokens made for this user carry
     */
    public SecurityStamp stamp() {
        return stamp;
    }

    /**
     * Gives when the user was created.
     *
     * @return when the user was created
     */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * Gives when the user was last updated.
     *
     * @return when the user was last updated
     */
    public Instant updatedAt() {
        return updatedAt;
    }

    /**
     * Compares all components; a store uses it to tell a retry of an insert from a conflict.
     *
     * @param other what to compare with
     * @return whether it is a record with the same content
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserRecord that
                && id.equals(that.id)
                && version == that.version
                && email.equals(that.email)
                && Objects.equals(username, that.username)
                && Objects.equals(passwordHash, that.passwordHash)
                && status.equals(that.status)
                && Objects.equals(emailConfirmedAt, that.emailConfirmedAt)
                && stamp.equals(that.stamp)
                && createdAt.equals(that.createdAt)
                && updatedAt.equals(that.updatedAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@return the id, version and status} */
    @Override
    public String toString() {
        return "UserRecord[id=" + id + ", version=" + version + ", status=" + status + "]";
    }

    /** Sets the components of a record, each by the method of its name. */
    public static final class Builder {

        private @Nullable UserId id;
        private long version;
        private @Nullable EmailAddress email;
        private @Nullable Username username;
        private @Nullable PasswordHash passwordHash;
        private @Nullable UserStatus status;
        private @Nullable Instant emailConfirmedAt;
        private @Nullable SecurityStamp stamp;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;

        private Builder() {}

        /**
         * Sets the identity; never changes.
         *
         * @param id the identity; never changes
         * @return this builder
         */
        public Builder id(UserId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets the version that {@link UserStore#update} compares: 1 for a new user, one more with each update.
         *
         * @param version the version that {@link UserStore#update} compares: 1 for a new user, one more with each update
         * @return this builder
         */
        public Builder version(long version) {
            this.version = version;
            return this;
        }

        /**
         * Sets the e-mail address, unique by its canonical form.
         *
         * @param email the e-mail address, unique by its canonical form
         * @return this builder
         */
        public Builder email(EmailAddress email) {
            this.email = email;
            return this;
        }

        /**
         * Sets the username, unique by its canonical form.
         *
         * @param username the username, unique by its canonical form, or null for none
         * @return this builder
         */
        public Builder username(@Nullable Username username) {
            this.username = username;
            return this;
        }

        /**
         * Sets the hash of the password.
         *
         * @param passwordHash the hash of the password, or null for none
         * @return this builder
         */
        public Builder passwordHash(@Nullable PasswordHash passwordHash) {
            this.passwordHash = passwordHash;
            return this;
        }

        /**
         * Sets whether the account may be used.
         *
         * @param status whether the account may be used
         * @return this builder
         */
        public Builder status(UserStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets when the e-mail address was proven.
         *
         * @param emailConfirmedAt when the e-mail address was proven, or null for none
         * @return this builder
         */
        public Builder emailConfirmedAt(@Nullable Instant emailConfirmedAt) {
            this.emailConfirmedAt = emailConfirmedAt;
            return this;
        }

        /**
         * Sets the stamp that tokens made for this user carry.
         *
         * @param stamp the stamp that tokens made for this user carry
         * @return this builder
         */
        public Builder stamp(SecurityStamp stamp) {
            this.stamp = stamp;
            return this;
        }

        /**
         * Sets when the user was created.
         *
         * @param createdAt when the user was created
         * @return this builder
         */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets when the user was last updated.
         *
         * @param updatedAt when the user was last updated
         * @return this builder
         */
        public Builder updatedAt(Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * Makes the record.
         *
         * @return the record
         * @throws IllegalStateException if a component that is not optional was not set
         * @throws IllegalArgumentException if a component is out of its range, or a time finer than a microsecond
         */
        public UserRecord build() {
            return new UserRecord(this);
        }
    }
}
