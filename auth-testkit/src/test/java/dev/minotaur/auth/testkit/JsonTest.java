package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the kit writes as JSON is read by others as it was meant. */
class JsonTest {

    @Test
    void everyCharacterComesBack() throws IOException {
        StringBuilder all = new StringBuilder("\"\\/\b\f\n\r\t</script>");
        for (int point = 0; point < 0x3000; point++) {
            all.appendCodePoint(point);
        }
        all.append("\uD83D\uDE00");
        assertThat(read(Map.of("text", all.toString())).get("text").textValue()).isEqualTo(all.toString());
    }

    @Test
    void halfASurrogateIsWrittenAsAnEscape() {
        String json = Json.of(Map.of("text", "\uD83D!"));
        assertThat(json).contains("\\ud83d!");
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    @Test
    void numbersTruthListsAndMapsAreWhatTheyAre() throws IOException {
        JsonNode read = read(Map.of("list", List.of(1, 2.5, true, Map.of("a", "b")), "none", List.of()));
        assertThat(read.get("list").get(0).intValue()).isEqualTo(1);
        assertThat(read.get("list").get(1).doubleValue()).isEqualTo(2.5);
        assertThat(read.get("list").get(2).booleanValue()).isTrue();
        assertThat(read.get("list").get(3).get("a").textValue()).isEqualTo("b");
        assertThat(read.get("none")).isEmpty();
    }

    private static JsonNode read(Object value) throws IOException {
        return new ObjectMapper().readTree(Json.of(value));
    }
}
