package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordPolicyTest {

    private static final int BCRYPT = 72;

    @Test
    void asksForFifteenCodePointsWhereThePasswordStandsAlone() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "x".repeat(14))).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "x".repeat(15))).isEmpty();
        assertThat(check(policy, "\uD83D\uDE00".repeat(14))).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "\uD83D\uDE00".repeat(15))).isEmpty();
        assertThat(check(policy, "e\u0301".repeat(14))).contains(PasswordProblem.TOO_SHORT);
    }

    @Test
    void asksForEightBehindASecondFactor() {
        PasswordPolicy policy = PasswordPolicy.behindSecondFactor();

        assertThat(check(policy, "x".repeat(7))).contains(PasswordProblem.TOO_SHORT);
        assertThat(check(policy, "x".repeat(8))).isEmpty();
    }

    @Test
    void takesAnyCharactersAndSixtyFourOfThem() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, " ".repeat(15))).isEmpty();
        assertThat(check(policy, "x".repeat(64))).isEmpty();
        assertThat(check(policy, "\n\t\u0001" + "x".repeat(12))).isEmpty();
    }

    @Test
    void refusesWhatTheHasherWouldCut() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "x".repeat(72))).isEmpty();
        assertThat(check(policy, "x".repeat(73))).contains(PasswordProblem.TOO_LONG);
        assertThat(check(policy, "\u0e01".repeat(24))).isEmpty();
        assertThat(check(policy, "\u0e01".repeat(25))).contains(PasswordProblem.TOO_LONG);
        assertThat(check(policy, "x".repeat(1_000_000))).contains(PasswordProblem.TOO_LONG);
    }

    @Test
    void refusesWhatIsNoText() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "x".repeat(20) + "\0")).contains(PasswordProblem.NOT_TEXT);
        assertThat(check(policy, "x".repeat(20) + "\uD800")).contains(PasswordProblem.NOT_TEXT);
        assertThat(check(policy, "")).contains(PasswordProblem.TOO_SHORT);
    }

    @Test
    void isNeverWeakerThanEightNorStricterThanSixtyFour() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordPolicy(7));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordPolicy(65));
    }

    private static Optional<PasswordProblem> check(PasswordPolicy policy, String password) {
        return policy.check(RawPassword.ofString(password), BCRYPT);
    }
}
