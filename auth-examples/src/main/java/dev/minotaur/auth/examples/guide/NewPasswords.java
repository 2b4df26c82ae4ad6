package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.password.BreachCheck;
import dev.minotaur.auth.password.PasswordPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What this application asks of a new password. */
final class NewPasswords {

    private NewPasswords() {}

    // region policy
    static PasswordPolicy policy(URI ranges) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        return PasswordPolicy.soleFactor()
                .withContextWords("Labyrinth Books", "labyrinth.example")
                .withBreachCheck(
                        BreachCheck.bySha1Ranges(prefix -> range(client, ranges.resolve(prefix))),
                        Duration.ofSeconds(3));
    }

    private static String range(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).header("Add-Padding", "true").build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the breach check answered " + response.statusCode());
        }
        return response.body();
    }
    // end region
}
