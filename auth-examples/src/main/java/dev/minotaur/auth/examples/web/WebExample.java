package dev.minotaur.auth.examples.web;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.examples.Sentences;
import dev.minotaur.auth.spi.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The application: what is built once, and which path goes where. */
public final class WebExample implements AutoCloseable {

    private final Accounts accounts;
    private final LiveConnections live;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<AuthEvent> events = new ArrayBlockingQueue<>(10_000);

    private WebExample(Accounts.Builder options, int port) throws IOException {
        // region live-wiring
        accounts = options.listener(events::offer).build();
        live = new LiveConnections(accounts.sessions());
        threads.execute(this::disconnectEnded);
        var unused = timer.scheduleWithFixedDelay(() -> logged(live::recheckAll), 30, 30, TimeUnit.SECONDS);
        // end region
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);
        CsrfTokens csrf = new CsrfTokens(key);
        SignedInFilter signedIn = new SignedInFilter(accounts.sessions(), csrf);
        AccountPages pages = new AccountPages(accounts, csrf);
        LivePage stream = new LivePage(live, Duration.ofSeconds(15));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        route("GET|HEAD|POST", "/login", new LoginPage(accounts.signIn(), csrf, random));
        route("GET|HEAD", "/", signedIn.page(pages::home));
        route("POST", "/logout", signedIn.page(pages::logout));
        route("POST", "/sessions/end", signedIn.page(pages::endSession));
        route("POST", "/sessions/end-others", signedIn.page(pages::endOtherSessions));
        route("POST", "/password", signedIn.page(pages::changePassword));
        route("GET", "/live", signedIn.page(stream::stream));
        route("GET|HEAD", "/api/me", signedIn.api(pages::me));
        server.start();
    }

    /**
     * Starts the application on the loopback interface.
     *
     * @param options the account rules but for the listener, which this application sets
     * @param port the port, or 0 for any that is free
     * @return the running application
     * @throws IOException if the port cannot be had
     */
    public static WebExample start(Accounts.Builder options, int port) throws IOException {
        return new WebExample(options, port);
    }

    private void route(String methods, String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    Replies.html(exchange, 404, "<p>There is no such page.");
                } else if (!exchange.getRequestMethod().matches(methods)) {
                    exchange.getResponseHeaders().set("Allow", methods.replace("|", ", "));
                    Replies.html(exchange, 405, "<p>That cannot be done here.");
                } else {
                    guarded(handler).handle(exchange);
                }
            }
        });
    }

    // region store-failure
    private static HttpHandler guarded(HttpHandler next) {
        return exchange -> {
            try {
                next.handle(exchange);
            } catch (StoreException failure) {
                System.getLogger("example").log(System.Logger.Level.ERROR, "a store failed", failure);
                Replies.retryAfter(exchange, Optional.empty());
                Replies.html(exchange, 503, "<p>" + Sentences.of(failure));
            }
        };
    }
    // end region

    private void disconnectEnded() {
        try {
            while (true) {
                AuthEvent event = events.take();
                logged(() -> live.on(event));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (StoreException failure) {
            System.getLogger("example").log(System.Logger.Level.ERROR, "a store failed", failure);
        }
    }

    /**
     * Gives the address.
     *
     * @return the port
     */
    public int port() {
        return server.getAddress().getPort();
    }

    Accounts accounts() {
        return accounts;
    }

    /** Stops the application. The stores are the caller's to close. */
    @Override
    public void close() {
        server.stop(0);
        timer.shutdownNow();
        threads.shutdownNow();
        accounts.close();
    }
}
