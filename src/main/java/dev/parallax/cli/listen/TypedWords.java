package dev.parallax.cli.listen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What is being said: the words that were given, and then each line of standard input in place of the one before.
final class TypedWords {

    private final AtomicInteger typed = new AtomicInteger();
    private volatile String words;

    private TypedWords(@Nullable String given) {
        words = given == null ? "" : given;
    }

    /// @param isGivenOnly whether standard input is left alone
    static TypedWords of(@Nullable String given, boolean isGivenOnly) {
        TypedWords all = new TypedWords(given);
        if (!isGivenOnly) {
            Thread.ofPlatform().name("typed").daemon().start(all::read);
        }
        return all;
    }

    private void read() {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                words = line;
                typed.incrementAndGet();
            }
        } catch (IOException e) {
            words = ""; // nothing more can be typed
        }
    }

    /// What has been said so far.
    String now() {
        return words;
    }

    /// Lines that were typed since it was last asked.
    int typedSince() {
        return typed.getAndSet(0);
    }
}
