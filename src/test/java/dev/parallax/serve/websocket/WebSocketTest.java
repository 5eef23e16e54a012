package dev.parallax.serve.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WebSocketTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private WebSocket reading(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new WebSocket(new ByteArrayInputStream(bytes), sent, 1000);
    }

    /// The example of RFC 6455, 5.7.
    @Test
    void next_maskedText_isDecoded() throws IOException {
        assertEquals(
                new Message.Text("Hello"), reading("81 85 37fa213d 7f9f4d5158").next());
    }

    /// A character of two bytes in two frames, with a ping between them, which is answered.
    @Test
    void next_textInParts_isOneMessage() throws IOException {
        WebSocket socket = reading("01 82 00000000 61c3  89 81 00000000 07  80 81 00000000 a4");
        assertEquals(new Message.Text("aä"), socket.next());
        assertEquals("8a0107", HexFormat.of().formatHex(sent.toByteArray()));
        assertInstanceOf(Message.Closed.class, socket.next());
    }

    @Test
    void next_cutAnywhere_isClosed() throws IOException {
        String whole = "82 FE 0004 01020304 01020304".replace(" ", "");
        for (int length = 0; length < whole.length(); length += 2) {
            assertInstanceOf(
                    Message.Closed.class, reading(whole.substring(0, length)).next(), whole);
        }
        Message.Binary message =
                assertInstanceOf(Message.Binary.class, reading(whole).next());
        assertArrayEquals(new byte[4], message.bytes());
    }

    @Test
    void next_lengthBeyondTheLimit_isRefusedBeforeItIsRead() throws IOException {
        for (String length :
                new String[] {"FE 03E9", "FF 00000000 000003E9", "FF 7FFFFFFF FFFFFFFF", "FF 80000000 00000000"}) {
            Message.Violation violation = assertInstanceOf(
                    Message.Violation.class, reading("82 " + length).next());
            assertEquals(WebSocket.TOO_LARGE, violation.code());
        }
    }

    @Test
    void send_lengths_areWrittenInTheShortestForm() throws IOException {
        WebSocket socket = reading("");
        for (int length : new int[] {125, 126, 65535, 65536}) {
            sent.reset();
            socket.send("a".repeat(length));
            byte[] frame = sent.toByteArray();
            int extra = length < 126 ? 0 : length < 65536 ? 2 : 8;
            assertEquals(2 + extra + length, frame.length);
            assertEquals("a", new String(Arrays.copyOfRange(frame, 2 + extra, 3 + extra), StandardCharsets.US_ASCII));
        }
        sent.reset();
        socket.close(1001, "x".repeat(200));
        assertEquals(2 + 125, sent.size());
    }

    /// The example of RFC 6455, 1.3.
    @Test
    void accept_keyOfTheStandard_isItsAnswer() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Handshake.accept("dGhlIHNhbXBsZSBub25jZQ=="));
        assertTrue(Handshake.isKey("dGhlIHNhbXBsZSBub25jZQ=="));
        assertFalse(Handshake.isKey("dGhlIHNhbXBsZQ=="));
        assertFalse(Handshake.isKey("***"));
    }
}
