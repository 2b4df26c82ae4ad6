package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.HttpExchange;
import dev.minotaur.auth.SessionCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A stream of server-sent events that lasts as long as the session: here nothing but a sign of life. */
final class LivePage {

    private final LiveConnections connections;
    private final Duration beat;

    LivePage(LiveConnections connections, Duration beat) {
        this.connections = connections;
        this.beat = beat;
    }

    void stream(HttpExchange exchange, SessionCheck.Live who, Form form) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        LiveConnections.Connection connection = connections.add(who, ended::countDown);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            do {
                out.write("data: still signed in\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            } while (!ended.await(beat.toMillis(), TimeUnit.MILLISECONDS));
            out.write("event: signed-out\ndata: the session has ended\n\n".getBytes(StandardCharsets.UTF_8));
            out.close();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }
}
