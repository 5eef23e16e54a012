package dev.parallax.serve;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A WebSocket to `/v1/stream` over which a test also sends what no client would: a fixture.
final class StreamClient implements AutoCloseable {

    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int PING = 0x89;

    private static final int CLOSE = 8;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final String head;

    /// Asks for a stream.
    ///
    /// @param query   behind the path, such as `?window=1`
    /// @param headers beside those of the handshake; a `Host` among them takes the place of the right one
    StreamClient(RunningService service, String query, String... headers) throws IOException {
        socket.setReceiveBufferSize(1 << 12); // a side that does not read is noticed soon
        socket.setSoTimeout(30_000); // a test that would wait for ever fails
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), service.service().port()));
        in = new DataInputStream(socket.getInputStream());
        List<String> lines = new ArrayList<>(List.of(
                "GET /v1/stream" + query + " HTTP/1.1",
                "Host: localhost:" + service.service().port(),
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        if (List.of(headers).toString().contains("Host: ")) {
            lines.remove(1);
        }
        lines.addAll(List.of(headers));
        send((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        head = head();
    }

    private String head() throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf("\r\n\r\n") < 0) {
            all.append((char) in.readUnsignedByte());
        }
        return all.toString();
    }

    /// Status and headers of the answer to the request.
    String answered() {
        return head;
    }

    /// The status of the answer to the request.
    int status() {
        return Integer.parseInt(head.split(" ")[1]);
    }

    /// The detail of the problem that is the answer to the request.
    String problem() throws IOException {
        String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return Json.parseObject(body, "problem").text("detail");
    }

    StreamClient text(String text) throws IOException {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    StreamClient binary(byte[] bytes) throws IOException {
        return frame(BINARY, bytes);
    }

    /// Sends samples in pieces of so many bytes.
    StreamClient pieces(byte[] bytes, int size) throws IOException {
        for (int at = 0; at < bytes.length; at += size) {
            binary(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        return this;
    }

    /// Sends a masked frame.
    ///
    /// @param first its first byte
    StreamClient frame(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(
                    ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % 4]);
        }
        return send(frame.toByteArray());
    }

    /// Sends bytes as they are.
    StreamClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// A frame from the service.
    private static final class Frame {
        private final int opcode;
        private final byte[] payload;

        private Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }
    }

    private Frame receive() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        int length = in.readUnsignedByte();
        byte[] payload =
                new byte[length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    /// The next message; pongs are passed over.
    JsonObject next() throws IOException {
        Frame frame = receive();
        while (frame.opcode == 10) {
            frame = receive();
        }
        if (frame.opcode != 1) {
            throw new IOException("opcode " + frame.opcode + ": " + closed(frame));
        }
        return Json.parseObject(new String(frame.payload, StandardCharsets.UTF_8), "message");
    }

    /// The next message, of a type.
    JsonObject next(String type) throws IOException {
        JsonObject message = next();
        if (!message.text("type").equals(type)) {
            throw new IOException("expected " + type + ", got " + message);
        }
        return message;
    }

    /// All messages up to the last or an error.
    List<JsonObject> rest() throws IOException {
        List<JsonObject> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!List.of("final", "error").contains(all.getLast().text("type")));
        return all;
    }

    /// The code with which the service closes now.
    int closed() throws IOException {
        Frame frame = receive();
        while (frame.opcode == 10) {
            frame = receive();
        }
        return closed(frame);
    }

    private static int closed(Frame frame) throws IOException {
        if (frame.opcode != CLOSE) {
            throw new IOException("expected a close, got " + new String(frame.payload, StandardCharsets.UTF_8));
        }
        return ByteBuffer.wrap(frame.payload).getShort() & 0xFFFF;
    }

    /// Whether the service has closed the connection.
    boolean isCut() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
