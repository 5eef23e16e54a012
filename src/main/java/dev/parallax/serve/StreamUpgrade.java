package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.PcmForm;
import dev.parallax.model.live.LiveSettings;
import dev.parallax.model.live.LiveStream;
import dev.parallax.serve.websocket.Handshake;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpException;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a request for `/v1/stream` a WebSocket, or answers it as any other refused request.
final class StreamUpgrade implements Http1Upgrader {

    static final String PATH = "/v1/stream";

    /// The subprotocol of the messages.
    static final String PROTOCOL = "parallax.v1";

    private static final String BEARER = "bearer."; // a subprotocol that carries the token
    private static final String RETRY_AFTER = "10"; // seconds
    private static final String VERSION = "13";
    private static final HeaderName WS_KEY = HeaderNames.create("Sec-WebSocket-Key");
    private static final HeaderName WS_VERSION = HeaderNames.create("Sec-WebSocket-Version");
    private static final HeaderName WS_PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final List<String> QUERY = List.of("model", "rate", "window");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?"); // no 1e4, 0x1p14 or NaN
    private static final int RATE = 16_000;

    private final ServiceConfig config;
    private final Endpoints endpoints;
    private final Dispatcher dispatcher;
    private final Semaphore free;

    StreamUpgrade(ServiceConfig config, Endpoints endpoints, Dispatcher dispatcher) {
        this.config = config;
        this.endpoints = endpoints;
        this.dispatcher = dispatcher;
        this.free = new Semaphore(config.streams().streams());
    }

    /// What a request asks for.
    private record Wanted(ServedModel model, LiveSettings settings) {}

    @Override
    public String supportedProtocol() {
        return "websocket";
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
        if (!prologue.uriPath().path().equals(PATH) || !prologue.method().text().equals("GET")) {
            return null; // an ordinary request, whose wish for another protocol may be passed over
        }
        Deadline deadline = Deadline.after(config.limits().request());
        ConnectionStreams streams = ConnectionStreams.of(connection);
        if (!endpoints.inFlight().begin()) {
            return refused(dispatcher.draining(), streams.out(), deadline);
        }
        boolean isOpen = false;
        try {
            Wanted wanted = admit(prologue, headers);
            isOpen = true;
            Reply accepted = new Reply(101, "", "", Map.of());
            dispatcher.finish(PATH, "GET", accepted, deadline);
            write(streams.out(), handshake(headers));
            return new StreamConnection(config, endpoints, dispatcher, wanted.model, wanted.settings, streams, () -> {
                free.release();
                endpoints.inFlight().end();
            });
        } catch (UncheckedIOException e) {
            free.release();
            endpoints.inFlight().end();
            throw new CloseConnectionException("the other side is gone", e);
        } catch (RuntimeException | Error e) {
            if (isOpen) {
                free.release();
            }
            endpoints.inFlight().end();
            return refused(dispatcher.refusal(e), streams.out(), deadline);
        }
    }

    /// Looks at all that the request says.
    ///
    /// @throws HttpException where it is refused
    private Wanted admit(HttpPrologue prologue, Headers headers) {
        dispatcher.requireOwnHost(headers);
        List<String> offered = offered(headers);
        dispatcher.requireToken(token(headers, offered));
        requireOrigin(headers);
        if (!headers.first(WS_VERSION).orElse(VERSION).equals(VERSION)
                || !Handshake.isKey(headers.first(WS_KEY).orElse(""))) {
            throw bad("the request is no handshake of a WebSocket of version 13; see RFC 6455");
        }
        if (!offered.isEmpty() && !offered.contains(PROTOCOL)) {
            throw bad("Sec-WebSocket-Protocol: offer " + PROTOCOL + ", which is what is spoken here");
        }
        Wanted wanted = wanted(prologue.query());
        if (!free.tryAcquire()) {
            throw new HttpException(
                            "all " + config.streams().streams()
                                    + " places for streams are taken; ask again when one is over",
                            Status.TOO_MANY_REQUESTS_429)
                    .header(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_AFTER));
        }
        return wanted;
    }

    private static List<String> offered(Headers headers) {
        return headers.all(WS_PROTOCOL, List::of).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// The value of `Authorization`, or what stands for it: browsers send no headers of their own with a WebSocket.
    private static @Nullable String token(Headers headers, List<String> offered) {
        return headers.first(HeaderNames.AUTHORIZATION)
                .orElseGet(() -> offered.stream()
                        .filter(word -> word.startsWith(BEARER))
                        .map(word -> "Bearer " + word.substring(BEARER.length()))
                        .findFirst()
                        .orElse(null));
    }

    /// Pages of all sites can open a WebSocket; the browser says whose page it is.
    private void requireOrigin(Headers headers) {
        String origin = headers.first(HeaderNames.ORIGIN).orElse(null);
        String host = headers.first(HeaderNames.HOST).orElse("");
        boolean isOwn = origin == null
                || origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
        if (!isOwn && !config.origins().contains(origin)) {
            throw new HttpException(
                    "Origin: pages of other sites open no stream here, but for those that whoever runs the service allows",
                    Status.FORBIDDEN_403);
        }
    }

    private Wanted wanted(UriQuery query) {
        Call.allowOnly(query, QUERY);
        ServedModel model = endpoints.model(query.contains("model") ? query.get("model") : null);
        double rate = number(query, "rate", RATE);
        double window = number(query, "window", LiveSettings.WINDOW);
        if (rate != Math.rint(rate)) {
            throw bad("query: rate must be a whole number of Hz");
        }
        if (!(window >= LiveStream.STEP && window <= LiveSettings.LONGEST)) {
            throw bad("query: window must be from " + LiveStream.STEP + " to " + LiveSettings.LONGEST + " seconds");
        }
        PcmForm raw;
        try {
            raw = PcmForm.pcm16(1, (int) rate);
        } catch (BadInputException e) {
            throw new HttpException("query: rate must be from 1000 to 768000 Hz", Status.BAD_REQUEST_400, e);
        }
        return new Wanted(model, new LiveSettings(raw, window, config.limits().bodyBytes()));
    }

    private static double number(UriQuery query, String name, double otherwise) {
        if (!query.contains(name)) {
            return otherwise;
        }
        String text = query.get(name);
        if (!NUMBER.matcher(text).matches()) {
            throw bad("query: " + name + " must be a decimal number, such as " + otherwise);
        }
        return Double.parseDouble(text);
    }

    private static HttpException bad(String message) {
        return new HttpException(message, Status.BAD_REQUEST_400);
    }

    private static byte[] handshake(Headers headers) {
        String protocol = offered(headers).isEmpty() ? "" : "Sec-WebSocket-Protocol: " + PROTOCOL + "\r\n";
        return ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + protocol
                + "Sec-WebSocket-Accept: "
                + Handshake.accept(headers.first(WS_KEY).orElse("")) + "\r\n\r\n");
    }

    private ServerConnection refused(Reply reply, OutputStream out, Deadline deadline) {
        dispatcher.finish(PATH, "GET", reply, deadline);
        return new Refusal(reply, out);
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// A connection that ends with the answer to the request.
    private record Refusal(Reply reply, OutputStream out) implements ServerConnection {

        @Override
        public void handle(Limit limit) {
            Map<String, String> headers = new TreeMap<>(reply.headers());
            headers.put("Connection", "close");
            headers.put("Content-Type", reply.type());
            headers.put("Content-Length", Integer.toString(reply.bytes().length));
            headers.put("Cache-Control", "no-store");
            headers.put("X-Content-Type-Options", "nosniff");
            StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " "
                    + Status.create(reply.status()).reasonPhrase() + "\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            write(out, ascii(head.append("\r\n").toString()));
            write(out, reply.bytes());
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            // it ends by itself
        }
    }
}
