package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.lang.reflect.Constructor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretsStayOutOfTextTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final String MARKER = "mArKeR";
    private static final UUID STAMP = UUID.fromString("5ec2e75e-c2e7-5ec2-e75e-c2e75ec2e75e");

    private final RawToken raw = new TokenMint(new SecureRandom()).token(AT);
    private final EmailAddress email = new EmailAddress(MARKER + "@x.y", MARKER + "@x.y");
    private final Username username = new Username(MARKER, MARKER);
    private final UserRecord user = UserRecord.builder()
            .id(new UserId(new UUID(1, 2)))
            .version(1)
            .email(email)
            .username(username)
            .passwordHash(PasswordHash.of(MARKER))
            .status(UserStatus.ACTIVE)
            .stamp(new SecurityStamp(STAMP))
            .createdAt(AT)
            .updatedAt(AT)
            .build();
    private final StoredToken token = StoredToken.builder()
            .id(raw.id())
            .user(user.id())
            .purpose(TokenPurpose.SESSION)
            .digest(raw.digest())
            .issuedAt(AT)
            .expiresAt(AT)
            .lastUsedAt(AT)
            .sentTo(MARKER)
            .label(MARKER)
            .stamp(user.stamp())
            .build();

    @Test
    void noTextOfAnyTypeCarriesASecret() {
        Session session = Session.of(token, SessionPolicy.defaults());
        List<Object> all = List.of(
                email,
                username,
                user.stamp(),
                PasswordHash.of(MARKER),
                RawPassword.ofString(MARKER),
                raw,
                TokenDigest.of(raw.digest().bytes()),
                user,
                token,
                new TokenWithUser(token, user),
                User.of(user),
                new SignInResult.SignedIn(User.of(user), session, raw),
                new SessionCheck.Live(User.of(user), session, Optional.of(raw)),
                new ReauthenticationResult.Reauthenticated(User.of(user), session, raw),
                session,
                new RegistrationResult.Registered(User.of(user)),
                new PasswordChangeResult.Changed(User.of(user), Optional.of(raw)),
                new PasswordResetResult.Reset(User.of(user)),
                new PendingLink(email, AT),
                new LinkRequest.Refused(LinkRequestRefusal.TOO_SOON, Optional.of(Duration.ofSeconds(1))),
                new Links.Minted(raw, AT),
                new Links.Found(token, email),
                new Links.FoundOfUser(token, user),
                ImportedUser.of(MARKER).username(MARKER).passwordHash(PasswordHash.of(MARKER)),
                new ImportResult.Imported(User.of(user)),
                new EmailChangeResult.Changed(User.of(user)),
                new UsernameChangeResult.Changed(User.of(user)),
                new CloseResult.Closed(User.of(user)),
                AuthEvent.of(AuthEvent.Type.USER_CREATED, AT)
                        .user(user.id())
                        .session(raw.id())
                        .reason("word"));

        assertThat(Stream.concat(all.stream(), messages())).noneMatch(one -> carriesASecret(one.toString()));
        assertThat(session.toString()).contains(raw.id().toString());
    }

    /** Each kind of message, also one that is new: with the address, the token and a time, as its components ask for. */
    private Stream<MailMessage> messages() {
        return Arrays.stream(MailMessage.class.getPermittedSubclasses()).map(kind -> {
            Constructor<?> constructor = kind.getDeclaredConstructors()[0];
            Map<Class<?>, Object> values = Map.of(EmailAddress.class, email, RawToken.class, raw, Instant.class, AT);
            Object[] components = Arrays.stream(constructor.getParameterTypes())
                    .map(values::get)
                    .toArray();
            try {
                return (MailMessage) constructor.newInstance(components);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(kind.getName(), e);
            }
        });
    }

    @Test
    void noMessageOfARefusedArgumentCarriesIt() {
        Stream<Throwable> thrown = Stream.of(
                catchThrowable(() -> new EmailAddress(MARKER + "\0", MARKER)),
                catchThrowable(() -> new Username(MARKER + "@", MARKER)),
                catchThrowable(() -> PasswordHash.of(MARKER + "\0")),
                catchThrowable(() -> new TokenPurpose(MARKER)),
                catchThrowable(() -> token.toBuilder().sentTo(MARKER + "\0").build()));

        assertThat(thrown).allSatisfy(failure -> {
            assertThat(failure).isInstanceOf(IllegalArgumentException.class);
            assertThat(carriesASecret(failure.toString())).isFalse();
        });
    }

    /** The control: what the other tests look for is found where it is. */
    @Test
    void theSearchFindsEachSecret() {
        assertThat(List.of(
                        email.canonical(),
                        username.entered(),
                        user.stamp().value().toString(),
                        user.passwordHash().orElseThrow().encoded(),
                        raw.reveal(),
                        "Optional[" + raw.reveal() + "]",
                        Arrays.toString(raw.digest().bytes()),
                        HexFormat.of().formatHex(raw.digest().bytes())))
                .allMatch(this::carriesASecret);
    }

    private boolean carriesASecret(String text) {
        return Stream.of(
                        MARKER,
                        STAMP.toString(),
                        raw.reveal().substring(24),
                        Arrays.toString(raw.digest().bytes()),
                        HexFormat.of().formatHex(raw.digest().bytes()))
                .anyMatch(text::contains);
    }
}
