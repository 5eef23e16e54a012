package dev.parallax.serve.websocket;

import dev.parallax.BadInputException;
import dev.parallax.io.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A connection after the handshake, on the server's side (RFC 6455): frames become messages, pings get their pongs.
///
/// ```
/// frame: FIN RSV1-3 opcode(4) | MASK length(7) | length(16 or 64)? | mask(32) | payload
/// opcodes: 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong
/// ```
///
/// One thread reads. Writing is open to several.
public final class WebSocket {

    // codes with which a connection is closed (RFC 6455, 7.4.1)
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int NOT_UTF8 = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_LARGE = 1009;
    public static final int INTERNAL_ERROR = 1011;

    /// Frames that bring no bytes of a binary message, at most, between two that do.
    static final int MOST_BARREN = 1000;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_CONTROL = 125; // bytes of a control frame
    private static final int MASK_BYTES = 4;

    private final DataInputStream in;
    private final OutputStream out;
    private final int mostBytes;

    private int kind; // of the message that has begun, 0 for none
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int barren;
    private volatile long writingSince; // [System#nanoTime], 0 while nothing is written

    /// @param mostBytes of a message
    public WebSocket(InputStream in, OutputStream out, int mostBytes) {
        this.in = new DataInputStream(in);
        this.out = out;
        this.mostBytes = mostBytes;
    }

    /// Waits for the next message.
    ///
    /// @throws IOException where the connection breaks
    public Message next() throws IOException {
        try {
            while (true) {
                Message message = frame();
                if (message != null) {
                    return message;
                }
            }
        } catch (EOFException e) {
            return new Message.Closed(NORMAL);
        }
    }

    /// Reads a frame.
    ///
    /// @return the message that it ends, or null
    private @Nullable Message frame() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int opcode = first & 0x0F;
        boolean isLast = (first & 0x80) != 0;
        long length = second & 0x7F;
        boolean isControl = opcode >= CLOSE;
        if ((first & 0x70) != 0 || (second & 0x80) == 0) {
            return violation("a frame has a reserved bit, or no mask");
        }
        if (opcode > PONG || (opcode > BINARY && !isControl)) {
            return violation("there is no opcode " + opcode);
        }
        if (isControl && (!isLast || length > MOST_CONTROL)) {
            return violation("a control frame is in parts, or longer than " + MOST_CONTROL + " bytes");
        }
        if (!isControl && (opcode == CONTINUATION) != (kind != 0)) {
            return violation("a message begins within another, or goes on that never began");
        }
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        if (length < 0 || length > mostBytes - (isControl ? 0 : begun.size())) {
            String most = "a message has more than " + mostBytes + " bytes; send it in several messages";
            return new Message.Violation(TOO_LARGE, most);
        }
        byte[] mask = in.readNBytes(MASK_BYTES);
        byte[] payload = in.readNBytes((int) length); // read as it comes: no room is made for what is only declared
        if (payload.length < length || mask.length < MASK_BYTES) {
            return new Message.Closed(NORMAL);
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % MASK_BYTES];
        }
        return isControl ? control(opcode, payload) : data(opcode, isLast, payload);
    }

    private static Message violation(String what) {
        return new Message.Violation(PROTOCOL_ERROR, what + "; see RFC 6455");
    }

    private @Nullable Message data(int opcode, boolean isLast, byte[] payload) {
        kind = opcode == CONTINUATION ? kind : opcode;
        begun.writeBytes(payload);
        int its = kind;
        barren = its == BINARY && payload.length > 0 ? 0 : barren + 1;
        if (barren > MOST_BARREN) {
            return tooMany();
        }
        if (!isLast) {
            return null;
        }
        byte[] whole = begun.toByteArray();
        begun.reset();
        kind = 0;
        return its == BINARY ? new Message.Binary(whole) : text(whole);
    }

    private static Message text(byte[] bytes) {
        try {
            return new Message.Text(Utf8.decode(bytes, "message"));
        } catch (BadInputException e) {
            return new Message.Violation(NOT_UTF8, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Message control(int opcode, byte[] payload) throws IOException {
        if (opcode == CLOSE) {
            return new Message.Closed(answerTo(payload));
        }
        if (opcode == PING) {
            write(PONG, payload);
        }
        return ++barren > MOST_BARREN ? tooMany() : null;
    }

    /// The code that answers a close: what follows it is a code of two bytes and a reason in UTF-8, or nothing.
    private static int answerTo(byte[] close) {
        if (close.length == 0) {
            return NORMAL;
        }
        if (close.length < Short.BYTES || !mayBeSent(ByteBuffer.wrap(close).getShort() & 0xFFFF)) {
            return PROTOCOL_ERROR;
        }
        try {
            Utf8.decode(Arrays.copyOfRange(close, Short.BYTES, close.length), "reason");
            return NORMAL;
        } catch (BadInputException e) {
            return NOT_UTF8;
        }
    }

    /// Whether a frame may have a code: those that RFC 6455 and IANA's registry define but for 1004 to 1006 and 1015,
    /// which stand for the lack of one; and those of libraries and applications (RFC 6455, 7.4).
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private static Message tooMany() {
        return new Message.Violation(
                POLICY, "more than " + MOST_BARREN + " frames one after the other bring no samples; send samples");
    }

    /// Sends a text.
    public void send(String text) throws IOException {
        write(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Says that nothing more comes.
    ///
    /// @param reason in ASCII; what is too long for a frame is cut
    public void close(int code, String reason) throws IOException {
        byte[] words = reason.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer payload = ByteBuffer.allocate(Math.min(2 + words.length, MOST_CONTROL));
        payload.putShort((short) code).put(words, 0, payload.remaining());
        write(CLOSE, payload.array());
    }

    private synchronized void write(int opcode, byte[] payload) throws IOException {
        int length = payload.length;
        int extra = length <= MOST_CONTROL ? 0 : length < 1 << 16 ? 2 : 8;
        ByteBuffer frame = ByteBuffer.allocate(2 + extra + length);
        frame.put((byte) (0x80 | opcode));
        switch (extra) {
            case 0 -> frame.put((byte) length);
            case 2 -> frame.put((byte) 126).putShort((short) length);
            default -> frame.put((byte) 127).putLong(length);
        }
        frame.put(payload);
        writingSince = System.nanoTime() | 1; // never 0
        try {
            out.write(frame.array());
            out.flush();
        } finally {
            writingSince = 0;
        }
    }

    /// For how long a frame has been on its way to a side that does not read \[ns\]; 0 while none is.
    public long writing() {
        long since = writingSince;
        return since == 0 ? 0 : System.nanoTime() - since;
    }
}
