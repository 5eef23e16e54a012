package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.random.RandomStream;
import io.helidon.common.buffers.DataReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What arrives is read as by Helidon's own reader, however it is cut into blocks; what was read is let go.
class FreshReaderTest {

    private static final byte[] REQUESTS = "POST /v1/predict HTTP/1.1\r\nContent-Length: 11\r\n\r\nHello World\r\n"
            .repeat(3)
            .getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsAsHelidonsReaderDoesHoweverTheBlocksAreCut() throws Exception {
        List<String> expected = read(DataReader.create(blocks(REQUESTS, REQUESTS.length), false));
        for (int most = 1; most < 40; most++) {
            Supplier<byte[]> blocks = blocks(REQUESTS, most);
            DataReader begun = DataReader.create(blocks, false);
            begun.ensureAvailable(); // as it is when the protocol of a connection has been found
            assertEquals(expected, read(new FreshReader(begun, blocks)), "blocks of up to " + most + " bytes");
        }
    }

    @Test
    void beginsAnewWhereAllHasBeenRead() {
        FreshReader reader = reader("abc", "de");
        reader.ensureAvailable();
        DataReader first = reader.chain();
        assertEquals("ab", reader.readAsciiString(2));
        assertSame(first, reader.chain());
        assertEquals('c', (char) reader.read());
        assertNotSame(first, reader.chain());
        assertEquals("de", reader.readAsciiString(2));
    }

    @Test
    void aSkipGoesOverMoreThanHasArrived() {
        FreshReader reader = reader("abc", "de", "fgh");
        reader.skip(6);
        assertEquals('g', (char) reader.lookup());
        assertEquals(2, reader.available());
    }

    @Test
    void theEndOfTheStreamIsTheSameError() {
        FreshReader reader = reader("a");
        reader.skip(1);
        assertThrows(DataReader.InsufficientDataAvailableException.class, reader::ensureAvailable);
    }

    private static FreshReader reader(String... blocks) {
        Queue<byte[]> left = new ArrayDeque<>();
        for (String block : blocks) {
            left.add(block.getBytes(StandardCharsets.US_ASCII));
        }
        return new FreshReader(DataReader.create(left::poll, false), left::poll);
    }

    /// Blocks of 1 to `most` bytes.
    private static Supplier<byte[]> blocks(byte[] all, int most) {
        RandomStream random = new RandomStream(most, 0, 0, 0);
        Queue<byte[]> blocks = new ArrayDeque<>();
        for (int from = 0; from < all.length; ) {
            int to = Math.min(all.length, from + 1 + random.nextInt(most));
            blocks.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        return blocks::poll;
    }

    /// All requests, by each of the ways in which a server reads.
    private static List<String> read(DataReader reader) throws Exception {
        List<String> read = new ArrayList<>();
        for (int request = 0; request < 3; request++) {
            read.add((char) reader.lookup() + " " + reader.startsWith("POST".getBytes(StandardCharsets.US_ASCII)));
            read.add(reader.readAsciiString(reader.findOrNewLine((byte) ' ', 64)));
            reader.skip(1);
            read.add(reader.readLine());
            read.add(reader.readLazyString(StandardCharsets.US_ASCII, reader.findNewLine(64))
                    .toString());
            read.add("" + reader.startsWithNewLine());
            reader.skip(2);
            read.add(reader.readLine());
            read.add(new String(reader.readBytes(3), StandardCharsets.US_ASCII));
            read.add(reader.getBuffer(2).readString(2));
            read.add(reader.readBuffer(7).readString(7));
            read.add((char) reader.read() + "");
            reader.skip(2);
        }
        return read;
    }
}
