package org.example.redis;

import dev.minotaur.auth.spi.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** The one place that calls Redis: a verb is one script, which the server runs alone and from end to end. */
class Scripts {

    /** The braces keep all keys on one node of a cluster. */
    private static final List<String> PREFIX = List.of("{auth}:");

    /** The scripts, by what they keep. */
    enum Script {
        USERS,
        TOKENS,
        ATTEMPTS
    }

    private final UnifiedJedis redis;
    private final List<String> sources = List.of(source("users.lua"), source("tokens.lua"), source("attempts.lua"));

    Scripts(UnifiedJedis redis) {
        this.redis = redis;
    }

    // region call
    Object read(Script script, String verb, List<String> arguments) {
        try {
            return call(script, verb, arguments);
        } catch (JedisException e) {
            throw StoreException.nothingHappened(message(script, verb, e), null);
        }
    }

    /** Whether a script that failed has run is not known: the connection may have broken after it was sent. */
    Object write(Script script, String verb, List<String> arguments) {
        try {
            return call(script, verb, arguments);
        } catch (JedisException e) {
            throw StoreException.outcomeUnknown(message(script, verb, e), null);
        }
    }

    Object call(Script script, String verb, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(arguments);
        return redis.eval(sources.get(script.ordinal()), PREFIX, all);
    }

    private static String message(Script script, String verb, JedisException e) {
        return "cannot run " + verb + " on " + script + ": " + e.getClass().getSimpleName();
    }
    // end region

    private static String source(String name) {
        return text("common.lua") + text(name);
    }

    private static String text(String name) {
        try (InputStream lua = Scripts.class.getResourceAsStream(name)) {
            return new String(lua.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
