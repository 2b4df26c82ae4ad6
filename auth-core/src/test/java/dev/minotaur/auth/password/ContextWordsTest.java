package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextWordsTest {

    private static final PasswordPolicy POLICY = PasswordPolicy.soleFactor().withContextWords("Acme Web-Shop");
    private static final List<String> OWN = List.of("Ada.Lovelace+shop@Example.org", "countess_of_1815");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acmeacmeacmeacme",
                "ACME-web-SHOP-acme",
                "shop web acme 2026!",
                "20acme26webshop",
                "acme web shop \uFF12\uFF10\uFF12\uFF16",
                "acme web shop \u0662\u0660\u0662\u0666",
                "ada.lovelace@example.org",
                "AdaLovelaceExampleOrg",
                "lovelacelovelace",
                "countess_of_1815",
                "countessof18151234",
                "1815181518151815",
                "  acme  lovelace  ",
                "adaadaadaadaada",
            })
    void refusesWhatConsistsOfTheWords(String password) {
        assertThat(check(POLICY, password)).contains(PasswordProblem.CONTEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme horse battery",
                "ada.lovelace@example.com",
                "acmeacmeacme12345",
                "lovelacelovelacer",
                "xacmeacmeacmeacme",
                "181518151815937461",
                "               ",
                "1234-----------",
                "acme acme acme \uD83D\uDE00",
            })
    void takesAPasswordThatHasMoreInIt(String password) {
        assertThat(check(POLICY, password)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-----------", "_1_2_3_4_______", "---------------"})
    void refusesAWordThatHasNoLetters(String word) {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(policy.check(RawPassword.ofString(word), 72, List.of(word))).contains(PasswordProblem.CONTEXT);
        assertThat(policy.check(RawPassword.ofString(word), 72, List.of("ada"))).isEmpty();
    }

    /** A sigma at the end, a dotted capital I as a canonical address has it, and a sharp s. */
    @ParameterizedTest
    @CsvSource({
        "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2@example.org,"
                + "\u039F\u0394\u03A5\u03A3\u03A3\u0395\u03A5\u03A3@EXAMPLE.ORG",
        "i\u0307stanbul@example.org, \u0130STANBUL@EXAMPLE.ORG",
        "stra\u00DFe@example.org, STRASSE@EXAMPLE.ORG",
        "\u039F\u0394\u03A5\u03A3\u03A3\u0395\u03A5\u03A3 \u0392\u0399\u0392\u039B\u0399\u0391,"
                + "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2-\u03B2\u03B9\u03B2\u03BB\u03B9\u03B1 2026"
    })
    void refusesAWordInCapitalsThatFoldToAnother(String word, String password) {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(policy.check(RawPassword.ofString(password), 72, List.of(word)))
                .contains(PasswordProblem.CONTEXT);
    }

    /** A dash, a space, an apostrophe and a dot as keyboards and telephones write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme\u2013Web\u2014Shop\u20132026",
                "acme\u00A0web\u00A0shop\u00A0acme",
                "Acme\u2019Web\u2019Shop!!",
                "acme\u00B7web\u00B7shop\u00B72026"
            })
    void refusesPunctuationBeyondAscii(String password) {
        assertThat(check(POLICY, password)).contains(PasswordProblem.CONTEXT);
        assertThat(check(PasswordPolicy.soleFactor().withContextWords("Acme\u00B7Web\u2014Shop"), password))
                .contains(PasswordProblem.CONTEXT);
    }

    /** A sign of money, an accent alone, a sign of mathematics; a soft hyphen, a space of no width and a control character. */
    @ParameterizedTest
    @ValueSource(strings = {"\u20AC", "\u00B4", "\u00D7", "\u00AD", "\u200B", "\u0085"})
    void refusesSignsAndWhatDoesNotShow(String between) {
        assertThat(check(POLICY, String.join(between, "acme", "web", "shop", "2026")))
                .contains(PasswordProblem.CONTEXT);
    }

    /** Who adds a picture has chosen it among thousands. */
    @Test
    void takesAPictureForMoreThanPunctuation() {
        assertThat(check(POLICY, "acme web shop \uD83D\uDC0E\uD83D\uDD0B")).isEmpty();
    }

    /** A vowel sign is a mark of the word. */
    @Test
    void takesAMarkForAPartOfTheWord() {
        PasswordPolicy policy = PasswordPolicy.soleFactor().withContextWords("\u0915\u092E\u0932");

        assertThat(check(policy, "\u0915\u092E\u0932".repeat(5))).contains(PasswordProblem.CONTEXT);
        assertThat(check(policy, "\u0915\u092E\u0932\u093E".repeat(5))).isEmpty();
    }

    @Test
    void refusesANumberThatIsAWordWithPunctuationAroundIt() {
        PasswordPolicy policy = PasswordPolicy.soleFactor().withContextWords("2024");

        assertThat(check(policy, "2024.............")).contains(PasswordProblem.CONTEXT);
        assertThat(check(policy, "2025.............")).isEmpty();
    }

    @Test
    void comparesAfterNfcAndInLowerCase() {
        PasswordPolicy policy = PasswordPolicy.soleFactor().withContextWords("Cafe\u0301 \u0416\u0443\u043A");

        assertThat(check(policy, "CAF\u00C9 \u0436\u0443\u043A\u0416\u0423\u041A caf\u00E9"))
                .contains(PasswordProblem.CONTEXT);
        assertThat(check(policy, "CAFE \u0436\u0443\u043A\u0416\u0423\u041A caf\u00E9"))
                .isEmpty();
    }

    @Test
    void dividesNoWordAtTheMarksOfAScript() {
        PasswordPolicy policy = PasswordPolicy.behindSecondFactor().withContextWords("\u0E17\u0E35\u0E48\u0E17\u0E33");

        assertThat(check(policy, "\u0E17\u0E35\u0E48\u0E17\u0E33".repeat(2))).contains(PasswordProblem.CONTEXT);
        assertThat(check(policy, "\u0E17".repeat(8))).isEmpty();
    }

    @Test
    void takesNoWordThatSaysNothing() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThatIllegalArgumentException().isThrownBy(() -> policy.withContextWords("acme", " - "));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withContextWords(""));
        assertThatNullPointerException().isThrownBy(() -> policy.withContextWords((String) null));
        assertThat(policy.check(RawPassword.ofString("acmeacmeacmeacme"), 72, List.of("", "--")))
                .isEmpty();
    }

    @Test
    void addsToTheWordsOfBefore() {
        PasswordPolicy policy = POLICY.withContextWords("Minotaur").withMinLength(16);

        assertThat(check(policy, "minotaur-acme-2026")).contains(PasswordProblem.CONTEXT);
        assertThat(check(POLICY, "minotaur-acme-2026")).isEmpty();
    }

    @Test
    @Timeout(10)
    void answersSoonWhateverTheLength() {
        List<String> many = OWN.stream()
                .flatMap(word -> IntStream.rangeClosed(1, 100).mapToObj(n -> "a".repeat(n)))
                .toList();
        RawPassword longest = RawPassword.ofString("a".repeat(RawPassword.MAX_CHARS - 1) + "b");

        assertThat(POLICY.check(longest, RawPassword.MAX_CHARS, many)).isEmpty();
    }

    private static Optional<PasswordProblem> check(PasswordPolicy policy, String password) {
        return policy.check(RawPassword.ofString(password), 72, OWN);
    }
}
