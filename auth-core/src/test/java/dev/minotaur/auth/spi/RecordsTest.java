package dev.minotaur.auth.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Instant LATER = AT.plusSeconds(1);
    private static final UUID ID = new UUID(1, 2);
    private static final UUID OTHER = new UUID(3, 4);

    private final UserRecord user = UserRecord.builder()
            .id(new UserId(ID))
            .version(7)
            .email(new EmailAddress("Ada@x.y", "ada@x.y"))
            .username(new Username("Ada", "ada"))
            .passwordHash(PasswordHash.of("hash"))
            .status(UserStatus.ACTIVE)
            .emailConfirmedAt(AT)
            .stamp(new SecurityStamp(ID))
            .createdAt(AT)
            .updatedAt(AT)
            .build();
    private final StoredToken token = StoredToken.builder()
            .id(new TokenId(ID))
            .user(new UserId(ID))
            .purpose(TokenPurpose.SESSION)
            .slot("slot")
            .digest(digest(1))
            .previousDigest(digest(2))
            .rotatedAt(AT)
            .issuedAt(AT)
            .expiresAt(AT)
            .lastUsedAt(AT)
            .authenticatedAt(AT)
            .sentTo("ada@x.y")
            .label("label")
            .stamp(new SecurityStamp(ID))
            .build();

    @Test
    void usersAreEqualOnlyInEveryComponent() {
        List<UnaryOperator<UserRecord.Builder>> changes = List.of(
                b -> b.id(new UserId(OTHER)),
                b -> b.version(8),
                b -> b.email(new EmailAddress("ada@x.y", "ada@x.y")),
                b -> b.email(new EmailAddress("Ada@x.y", "adb@x.y")),
                b -> b.username(null),
                b -> b.username(new Username("ADA", "ada")),
                b -> b.passwordHash(null),
                b -> b.passwordHash(PasswordHash.of("hasH")),
                b -> b.status(UserStatus.DISABLED),
                b -> b.emailConfirmedAt(null),
                b -> b.emailConfirmedAt(LATER),
                b -> b.stamp(new SecurityStamp(OTHER)),
                b -> b.createdAt(LATER),
                b -> b.updatedAt(LATER));

        assertThat(user.toBuilder().build()).isEqualTo(user).hasSameHashCodeAs(user);
        assertThat(changes)
                .allSatisfy(change ->
                        assertThat(change.apply(user.toBuilder()).build()).isNotEqualTo(user));
    }

    @Test
    void tokensAreEqualOnlyInEveryComponent() {
        List<UnaryOperator<StoredToken.Builder>> changes = List.of(
                b -> b.id(new TokenId(OTHER)),
                b -> b.user(new UserId(OTHER)),
                b -> b.purpose(new TokenPurpose("other")),
                b -> b.slot(null),
                b -> b.digest(digest(3)),
                b -> b.previousDigest(null),
                b -> b.rotatedAt(null),
                b -> b.issuedAt(LATER),
                b -> b.expiresAt(LATER),
                b -> b.lastUsedAt(LATER),
                b -> b.authenticatedAt(null),
                b -> b.sentTo(null),
                b -> b.label(null),
                b -> b.stamp(null));

        assertThat(token.toBuilder().build()).isEqualTo(token).hasSameHashCodeAs(token);
        assertThat(changes)
                .allSatisfy(change ->
                        assertThat(change.apply(token.toBuilder()).build()).isNotEqualTo(token));
    }

    @Test
    void nothingIsLeftOutBySilence() {
        assertThatIllegalStateException()
                .isThrownBy(() -> UserRecord.builder().build())
                .withMessageContaining("id");
        assertThatIllegalStateException()
                .isThrownBy(() -> StoredToken.builder().build())
                .withMessageContaining("id");
    }

    @Test
    void timesAreWholeMicroseconds() {
        Instant fine = AT.plusNanos(1);
        List<Runnable> attempts = List.of(
                () -> user.toBuilder().createdAt(fine).build(),
                () -> user.toBuilder().updatedAt(fine).build(),
                () -> user.toBuilder().emailConfirmedAt(fine).build(),
                () -> token.toBuilder().rotatedAt(fine).build(),
                () -> token.toBuilder().issuedAt(fine).build(),
                () -> token.toBuilder().expiresAt(fine).build(),
                () -> token.toBuilder().lastUsedAt(fine).build(),
                () -> token.toBuilder().authenticatedAt(fine).build(),
                () -> new Attempts(1, fine));
        assertThat(attempts)
                .allSatisfy(attempt -> assertThatIllegalArgumentException().isThrownBy(attempt::run));
    }

    @Test
    void textIsWhatEveryStoreCanHold() {
        for (String bad : List.of("", "a\0", "\uD800", "a\uDC00", "x".repeat(255))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> token.toBuilder().sentTo(bad).build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> token.toBuilder().label(bad).build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> token.toBuilder().slot(bad).build());
            assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(bad, "a"));
            assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("a", bad));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> token.toBuilder().slot("ä").build());
        assertThat(token.toBuilder().label("\uD83D\uDE00".repeat(100)).build().label())
                .isPresent();
    }

    @Test
    void valuesRefuseWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> user.toBuilder().version(0).build());
        assertThatIllegalArgumentException().isThrownBy(() -> new Attempts(0, AT));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenDigest.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> AttemptKey.of(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.of("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.of("\uD800"));
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.of("x".repeat(513)));
        for (String byHand : new String[] {" ", "$2b$12$abc\n", "passé", "\uD83D\uDE00"}) {
            assertThat(PasswordHash.of(byHand).encoded()).isEqualTo(byHand);
            assertThat(PasswordHash.of(byHand))
                    .isEqualTo(PasswordHash.of(byHand))
                    .isNotEqualTo(PasswordHash.of("?"));
        }
        for (String bad : List.of("", "A", "1a", "-a", "a_b", "ä", "x".repeat(33))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new TokenPurpose(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TokenScope.of(Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenWithUser(
                        token, user.toBuilder().id(new UserId(OTHER)).build()));
    }

    @Test
    void aScopeCoversWhatItSays() {
        TokenPurpose reset = new TokenPurpose("reset");
        assertThat(TokenScope.everything().covers(token)).isTrue();
        assertThat(TokenScope.of(TokenPurpose.SESSION).covers(token)).isTrue();
        assertThat(TokenScope.of(reset).covers(token)).isFalse();
        assertThat(TokenScope.of(Set.of(reset, TokenPurpose.SESSION)).covers(token))
                .isTrue();
        assertThat(TokenScope.everything().butNot(token.id()).covers(token)).isFalse();
        assertThat(TokenScope.everything().butNot(new TokenId(OTHER)).covers(token))
                .isTrue();
    }

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] bytes = new byte[32];
        TokenDigest digest = TokenDigest.of(bytes);
        AttemptKey key = AttemptKey.of(bytes);
        bytes[0] = 1;
        digest.bytes()[1] = 1;
        key.bytes()[1] = 1;

        assertThat(digest).isEqualTo(TokenDigest.of(new byte[32]));
        assertThat(key).isEqualTo(AttemptKey.of(new byte[32]));
        assertThat(Optional.of(digest)).isNotEqualTo(Optional.of(digest(1)));
    }

    private static TokenDigest digest(int filler) {
        byte[] bytes = new byte[TokenDigest.LENGTH];
        bytes[31] = (byte) filler;
        return TokenDigest.of(bytes);
    }
}
