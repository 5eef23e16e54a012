package dev.parallax.serve.websocket;

/// What comes from the other side of a [WebSocket].
public sealed interface Message {

    /// Text, which was UTF-8.
    record Text(String text) implements Message {}

    /// Bytes.
    final class Binary implements Message {

        private final byte[] bytes;

        Binary(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The bytes themselves, not a copy.
        public byte[] bytes() {
            return bytes;
        }
    }

    /// The other side closes, or is gone.
    ///
    /// @param answer the code with which it is closed here, too
    record Closed(int answer) implements Message {}

    /// What the protocol or a limit forbids. The connection is of no further use.
    ///
    /// @param code   with which it is to be closed: [WebSocket#PROTOCOL_ERROR] and its like
    /// @param reason in words: what, and how to mend it
    record Violation(int code, String reason) implements Message {}
}
