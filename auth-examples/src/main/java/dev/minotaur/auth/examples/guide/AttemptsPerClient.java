package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.ClientLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

// region attempts-per-client
/** So many attempts of one client in an hour, in this process. */
final class AttemptsPerClient implements ClientLimit {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int CLIENTS = 100_000;

    private record Window(Instant began, int attempts) {}

    private final int most;
    private final Map<String, Window> windows = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > CLIENTS;
        }
    };

    AttemptsPerClient(int most) {
        this.most = most;
    }

    @Override
    public synchronized Optional<Duration> admit(Optional<String> client, Instant now) {
        // All who come without forClient(...) would share one count, and lock each other out.
        String key = client.orElseThrow(() -> new IllegalStateException("no client"));
        Window window = windows.get(key);
        if (window == null || !now.isBefore(window.began().plus(HOUR))) {
            windows.remove(key);
            window = new Window(now, 0);
        }
        if (window.attempts() >= most) {
            return Optional.of(Duration.between(now, window.began().plus(HOUR)));
        }
        windows.put(key, new Window(window.began(), window.attempts() + 1));
        return Optional.empty();
    }
}
// end region
