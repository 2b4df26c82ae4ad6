package org.example.redis;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.StoreFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** The contract on a Redis that writes each change to its file. */
class RedisStoresTest extends AuthStoresContract {

    private static final Failures FAILURES = new Failures();

    @TempDir
    private static Path directory;

    private static int port;
    private static RedisServer server;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        run();
    }

    private static void run() {
        server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + directory)
                .setting("appendonly yes") // and in production: appendfsync always
                .build();
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            private final List<RedisClient> clients = new ArrayList<>();

            @Override
            public AuthStores open() {
                RedisClient client = RedisClient.create("127.0.0.1", port);
                clients.add(client);
                return new RedisAuthStores(FAILURES.over(client));
            }

            @Override
            public void restart() {
                close();
                stop();
                run();
            }

            @Override
            public Optional<BackendFaults> faults() {
                return Optional.of(FAILURES);
            }

            @Override
            public Optional<String> dump() {
                return Optional.of(everything());
            }

            @Override
            public void close() {
                clients.forEach(RedisClient::close);
                clients.clear();
            }
        };
    }

    /** Each key and what it holds. */
    private static String everything() {
        StringBuilder dump = new StringBuilder();
        try (RedisClient client = RedisClient.create("127.0.0.1", port)) {
            for (String key : client.keys("*")) {
                Object value =
                        switch (client.type(key)) {
                            case "hash" -> client.hgetAll(key);
                            case "set" -> client.smembers(key);
                            case "zset" -> client.zrange(key, 0, -1);
                            default -> client.get(key);
                        };
                dump.append(key).append(' ').append(value).append('\n');
            }
        }
        return dump.toString();
    }
}
