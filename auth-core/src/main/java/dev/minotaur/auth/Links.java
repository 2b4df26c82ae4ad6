package dev.minotaur.auth;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The tokens in links: one for each user and purpose, of which the newest replaces the one before. */
final class Links {

    private final Kernel kernel;

    Links(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A fresh token, and when it ends. */
    record Minted(RawToken token, Instant expiresAt) {}

    /** A link that was found good, as stored, with the address that it was sent to. */
    record Found(StoredToken token, EmailAddress sentTo) {

        PendingLink pending() {
            return new PendingLink(sentTo, token.expiresAt());
        }
    }

    /** A link that was found good for the account as it is. */
    record FoundOfUser(StoredToken token, UserRecord user) {}

    /** Stores a link that is bound to the user as read; empty if a newer one is there, or the user is gone. */
    Optional<Minted> mint(TokenPurpose purpose, UserRecord user, EmailAddress sentTo, Duration life, Instant now) {
        return mint(purpose, user.id(), Optional.of(user.stamp()), sentTo, life, now);
    }

    Optional<Minted> mint(
            TokenPurpose purpose,
            UserId holder,
            Optional<SecurityStamp> stamp,
            EmailAddress sentTo,
            Duration life,
            Instant now) {
        RawToken token = kernel.mint.token(now);
        Instant expiresAt = now.plus(life).truncatedTo(ChronoUnit.MICROS);
        StoredToken stored = StoredToken.builder()
                .id(token.id())
                .user(holder)
                .purpose(purpose)
                .slot(purpose.name())
                .digest(token.digest())
                .issuedAt(now)
                .expiresAt(expiresAt)
                .lastUsedAt(now)
                .sentTo(sentTo.entered())
                .stamp(stamp.orElse(null))
                .build();
        return switch (insertIntoSlot(stored)) {
            case INSERTED, ALREADY_INSERTED -> Optional.of(new Minted(token, expiresAt));
            case SLOT_KEPT -> {
                kernel.tell(AuthEvent.of(AuthEvent.Type.SYS_MAIL_FAIL, now).reason("newer_link_sent"));
                yield Optional.empty();
            }
            case NO_SUCH_USER -> Optional.empty();
            case ID_TAKEN -> throw StoreException.outcomeUnknown("the store has another token with a fresh id", null);
        };
    }

    /**
     * Leaves a newer link where it is, unless it is of a time that has not come here yet: a clock ran ahead, and until its time
     * comes nobody would be sent a link.
     */
    private InsertTokenOutcome insertIntoSlot(StoredToken link) {
        InsertTokenOutcome outcome = kernel.writes.insertIntoSlot(link, link.issuedAt());
        if (outcome != InsertTokenOutcome.SLOT_KEPT) {
            return outcome;
        }
        Instant by = kernel.nowOfJob();
        Optional<StoredToken> holder = kernel.stores.tokens().listByUser(link.user(), link.purpose()).stream()
                .filter(other ->
                        other.slot().equals(link.slot()) && other.issuedAt().isAfter(by))
                .findFirst();
        return holder.isPresent()
                ? kernel.writes.insertIntoSlot(link, holder.get().issuedAt())
                : outcome;
    }

    /** The good link of a presented token, whoever is to use it. */
    Optional<Found> find(TokenPurpose purpose, String presented, Instant now) {
        return RawToken.parse(presented).flatMap(token -> kernel.stores
                .tokens()
                .find(token.id())
                .filter(stored -> isGood(stored, token, purpose, now))
                .flatMap(this::withAddress));
    }

    /** The good link of a presented token, for an active user to whom nothing has happened since it was sent. */
    Optional<FoundOfUser> findOfUser(TokenPurpose purpose, String presented, Instant now) {
        Optional<RawToken> token = RawToken.parse(presented);
        Optional<TokenWithUser> found = token.flatMap(parsed -> kernel.stores.findTokenWithUser(parsed.id()));
        return found.filter(stored -> isGood(stored.token(), token.orElseThrow(), purpose, now))
                .filter(stored -> isOf(stored.token(), stored.user()))
                .map(stored -> new FoundOfUser(stored.token(), stored.user()));
    }

    /** Whether a link is for the account as it is: then a change of it has to find the same again. */
    static boolean isOf(StoredToken link, UserRecord user) {
        return user.status() == UserStatus.ACTIVE
                && link.stamp().filter(user.stamp()::equals).isPresent();
    }

    private boolean isGood(StoredToken stored, RawToken token, TokenPurpose purpose, Instant now) {
        return stored.id().equals(token.id())
                && stored.purpose().equals(purpose)
                && stored.digest().equals(token.digest())
                && now.isBefore(stored.expiresAt())
                && kernel.voidIssuedBefore.filter(stored.issuedAt()::isBefore).isEmpty();
    }

    /** Removes a link that was used, or is of no more use. */
    void remove(StoredToken link, Instant now) {
        kernel.housekeeping(link.user(), "delete_link", now, () -> {
            var unused = kernel.stores.tokens().delete(link.id());
        });
    }

    private Optional<Found> withAddress(StoredToken stored) {
        return stored.sentTo().flatMap(kernel.emailPolicy::parse).map(address -> new Found(stored, address));
    }
}
