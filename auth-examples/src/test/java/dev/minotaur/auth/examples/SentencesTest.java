package dev.minotaur.auth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.UsernameChangeResult;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SentencesTest {

    private static <R> List<String> all(R[] reasons, Function<R, String> words) {
        return Arrays.stream(reasons).map(words).toList();
    }

    private static void expectASentenceForEach(List<String> sentences) {
        assertThat(sentences).doesNotHaveDuplicates().allMatch(sentence -> sentence.matches("[A-Z].*\\."));
    }

    @Test
    void eachReasonHasASentenceOfItsOwn() {
        expectASentenceForEach(all(EmailChangeResult.Reason.values(), Sentences::of));
        expectASentenceForEach(all(UsernameChangeResult.Reason.values(), Sentences::of));
        expectASentenceForEach(all(CloseResult.Reason.values(), Sentences::of));
        expectASentenceForEach(all(ImportResult.Reason.values(), Sentences::of));
    }

    @Test
    void whoIsAskedForAFreshProofIsToldWhatToDo() {
        assertThat(Sentences.of(UsernameChangeResult.Reason.NOT_RECENT))
                .isEqualTo(Sentences.of(CloseResult.Reason.NOT_RECENT))
                .isEqualTo("It is a while since you showed who you are. Sign in again first.");
    }
}
