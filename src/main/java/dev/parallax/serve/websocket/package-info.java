/// WebSockets (RFC 6455) on the server's side, over any pair of streams: the handshake, and messages.
///
/// May import `io`.
///
/// Start at [WebSocket].
@NullMarked
package dev.parallax.serve.websocket;

import org.jspecify.annotations.NullMarked;
