package dev.parallax.serve;

import dev.parallax.BadInputException;
import java.time.Duration;

/// What a service accepts at most. What is more is refused with the status in brackets.
///
/// @param bodyBytes      of a request \[413\]
/// @param audioSeconds   of a recording \[413\]
/// @param textCharacters of a text, or of a transcript \[413\]
/// @param batchSize      utterances of one request \[413\]
/// @param queue          requests that wait while others are computed; they hold their bodies in memory \[429\]
/// @param headerBytes    of all headers of a request \[431\]
/// @param connections    open at once; more wait until one is closed
/// @param request        time from the first header to the answer \[408 while its body comes, 503 afterwards\]
/// @param read           time between two bytes of a body \[408; the connection is closed\]
/// @param idle           time to wait for the whole head of a request; the connection is closed
/// @param drain          time that accepted requests have when the service stops
public record ServiceLimits(
        long bodyBytes,
        double audioSeconds,
        int textCharacters,
        int batchSize,
        int queue,
        int headerBytes,
        int connections,
        Duration request,
        Duration read,
        Duration idle,
        Duration drain) {

    /// Those of the command by default.
    public static final ServiceLimits DEFAULT = new ServiceLimits(
            32L << 20,
            600,
            100_000,
            64,
            16,
            8 << 10,
            256,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30));

    private static final long MOST_BYTES = 1L << 30;

    public ServiceLimits {
        requireBetween("max-body", bodyBytes, 1, MOST_BYTES);
        requireBetween("max-headers", headerBytes, 256, 1 << 20);
        requireBetween("max-connections", connections, 1, 1 << 16);
        requireBetween("max-batch", batchSize, 1, 1 << 16);
        requireBetween("queue", queue, 0, 1 << 16);
        requireBetween("max-text", textCharacters, 1, Integer.MAX_VALUE);
        if (!(audioSeconds > 0)) {
            throw new BadInputException("serve: ‹max-audio " + audioSeconds + "› must be above 0 seconds");
        }
        requirePositive("request-timeout", request);
        requirePositive("read-timeout", read);
        requirePositive("idle-timeout", idle);
        requirePositive("drain-timeout", drain);
    }

    private static void requireBetween(String part, long value, long least, long most) {
        if (value < least || value > most) {
            throw new BadInputException("serve: ‹" + part + " " + value + "› must be from " + least + " to " + most);
        }
    }

    private static void requirePositive(String part, Duration value) {
        if (!value.isPositive()) {
            throw new BadInputException("serve: ‹" + part + "› must be above 0 seconds");
        }
    }

    /// Seconds as messages say them: `30`, `0.5`.
    static String seconds(double time) {
        return seconds(Duration.ofMillis(Math.round(time * 1000)));
    }

    /// The same.
    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0
                ? Long.toString(time.toSeconds())
                : Double.toString(time.toMillis() / 1000.0);
    }
}
