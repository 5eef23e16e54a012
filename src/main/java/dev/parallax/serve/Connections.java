package dev.parallax.serve;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The open connections, with two rules that Helidon 4.5 does not have.
///
/// No connection waits for ever. One that has waited too long for the whole head of a request is closed, be it idle or
/// slow, before, in or after the handshake of TLS; so is one whose client does not take its answer. While a request is
/// read and computed, the limits of requests hold, and those of this class do not.
///
/// No refusal is lost. A socket that is closed while bytes arrive is reset, and the other side may never read what was
/// answered (RFC 9112, 9.6). So the last answer is followed by the end of the stream, and what still arrives is thrown
/// away until the other side closes too: for some time, and up to twice the size of the largest body.
final class Connections implements Http1ConnectionListener, AutoCloseable {

    /// What a connection waits for.
    private enum Stage {
        /// The rest of a head, or the first one.
        HEAD,
        /// Another request, which need not come.
        IDLE,
        /// Its client, to take the answer.
        ANSWER,
        /// The other side, to close, too: its answer is out.
        END
    }

    /// @param until when it is closed
    private record Waiting(Stage stage, Deadline until) {}

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final int BLOCK = 1 << 16; // bytes
    private static final int LOOKS = 8; // per time of waiting

    private final ServiceLimits limits;
    private final Metrics metrics;
    private final ServiceLog log;
    private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>(); // by the address of the other side
    private final Thread watch = Thread.ofVirtual().name("connections").unstarted(this::watch);

    /// One of them.
    private static final class Connection {
        private final SocketChannel channel;
        private volatile boolean isDone; // nothing is to be read any more
        private volatile @Nullable Waiting waiting; // null while a request has its own limits

        private Connection(SocketChannel channel, Waiting waiting) {
            this.channel = channel;
            this.waiting = waiting;
        }
    }

    Connections(ServiceLimits limits, Metrics metrics, ServiceLog log) {
        this.limits = limits;
        this.metrics = metrics;
        this.log = log;
        watch.start();
    }

    /// A socket was accepted: it waits for its first request.
    void accepted(SocketChannel channel) {
        try {
            open.put(
                    channel.getRemoteAddress(),
                    new Connection(channel, new Waiting(Stage.HEAD, Deadline.after(limits.idle()))));
        } catch (IOException e) {
            // it is closed already
        }
    }

    /// The first line of a request has arrived; the time for its head goes on.
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Connection connection = find(context.remotePeer().address());
        Waiting waiting = connection == null ? null : connection.waiting;
        if (connection != null && waiting != null) {
            connection.waiting = new Waiting(Stage.HEAD, waiting.until);
        }
    }

    /// The head of a request has arrived.
    @Override
    public void headers(ConnectionContext context, Headers headers) {
        set(context.remotePeer().address(), null);
    }

    @Override
    public void data(ConnectionContext context, BufferData data) {}

    @Override
    public void data(ConnectionContext context, byte[] bytes, int position, int length) {}

    /// An answer goes out; its client has as long to take it as the service had to compute it.
    void answering(@Nullable SocketAddress client) {
        set(client, new Waiting(Stage.ANSWER, Deadline.after(limits.request())));
    }

    /// An answer is out: its connection waits for the next request.
    void waiting(@Nullable SocketAddress client) {
        set(client, new Waiting(Stage.IDLE, Deadline.after(limits.idle())));
    }

    /// The last answer is out, and its request was read whole: there is nothing to be thrown away.
    void done(@Nullable SocketAddress client) {
        Connection connection = find(client);
        if (connection != null) {
            connection.isDone = true;
        }
    }

    /// @param client null where the socket is closed: it then has no address
    private @Nullable Connection find(@Nullable SocketAddress client) {
        return client == null ? null : open.get(client);
    }

    private void set(@Nullable SocketAddress client, @Nullable Waiting waiting) {
        Connection connection = find(client);
        if (connection != null) {
            connection.waiting = waiting;
        }
    }

    private void watch() {
        long pause = Math.min(LONGEST_SLEEP.toMillis(), 1 + limits.idle().toMillis() / LOOKS);
        try {
            while (true) {
                Thread.sleep(pause);
                open.values().removeIf(connection -> {
                    Waiting waiting = connection.waiting;
                    if (waiting != null && waiting.until.left() <= 0 && connection.channel.isOpen()) {
                        tell(waiting);
                        close(connection.channel);
                    }
                    return !connection.channel.isOpen();
                });
            }
        } catch (InterruptedException e) {
            // the service is closed
        }
    }

    /// Counts and logs why a connection is closed. Most end idle after an answer, of which no line need be logged.
    private void tell(Waiting waiting) {
        String seconds = ServiceLimits.seconds(waiting.until.limit()) + " s";
        switch (waiting.stage) {
            case HEAD -> {
                metrics.timedOut("head");
                log.said("connection closed: no whole head of a request within " + seconds);
            }
            case IDLE -> metrics.timedOut("idle");
            case ANSWER -> {
                metrics.timedOut("answer");
                log.said("connection closed: its client did not take the answer within " + seconds);
            }
            case END -> {} // its request was counted and logged
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed for us all the same
        }
    }

    /// Connections of a protocol, which end so that the other side can read what was answered.
    ServerConnectionSelector over(ServerConnectionSelector http) {
        return new Selector(http);
    }

    private final class Selector implements ServerConnectionSelector {

        private final ServerConnectionSelector http;

        private Selector(ServerConnectionSelector http) {
            this.http = http;
        }

        @Override
        public int bytesToIdentifyConnection() {
            return http.bytesToIdentifyConnection();
        }

        @Override
        public Support supports(BufferData data) {
            return http.supports(data);
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return http.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            ServerConnection connection = http.connection(new FreshContext(context));
            return new ServerConnection() {
                @Override
                public void handle(Limit limit) throws InterruptedException {
                    try {
                        connection.handle(limit);
                    } finally {
                        end(context);
                    }
                }

                @Override
                public Duration idleTime() {
                    return connection.idleTime();
                }

                @Override
                public void close(boolean interrupt) {
                    connection.close(interrupt);
                }
            };
        }
    }

    /// Ends a connection so that the other side can read what was answered.
    private void end(ConnectionContext context) {
        Connection connection = find(context.remotePeer().address());
        if (connection == null) {
            return;
        }
        connection.waiting = new Waiting(Stage.END, Deadline.after(limits.read()));
        try {
            if (context.isSecure()) {
                context.serverSocket().close(); // tells the other side, and waits until it closes
            } else {
                connection.channel.shutdownOutput();
                if (!connection.isDone) {
                    throwAway(connection.channel);
                }
            }
        } catch (IOException | RuntimeException e) {
            // the other side has gone, or its time is over
        } finally {
            close(connection.channel);
        }
    }

    private void throwAway(SocketChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long left = 2 * limits.bodyBytes();
        while (left > 0 && channel.read(block.clear()) >= 0) {
            left -= block.position();
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
