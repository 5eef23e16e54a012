package dev.parallax.serve;

import dev.parallax.BadInputException;

/// What streams may take at most.
///
/// @param streams      open at once \[429\]
/// @param messageBytes of a message \[closed with 1009\]
public record StreamLimits(int streams, int messageBytes) {

    /// Those of the command by default.
    public static final StreamLimits DEFAULT = new StreamLimits(8, 1 << 20);

    private static final int MOST_STREAMS = 1 << 10;
    private static final int LEAST_BYTES = 256;
    private static final int MOST_BYTES = 1 << 26;

    public StreamLimits {
        if (streams < 1 || streams > MOST_STREAMS) {
            throw new BadInputException("serve: ‹max-streams " + streams + "› must be from 1 to " + MOST_STREAMS);
        }
        if (messageBytes < LEAST_BYTES || messageBytes > MOST_BYTES) {
            throw new BadInputException(
                    "serve: ‹max-message " + messageBytes + "› must be from " + LEAST_BYTES + " to " + MOST_BYTES);
        }
    }
}
