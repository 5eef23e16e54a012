package dev.parallax.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for all formats: one talk of three turns, written in each of them, is the same talk.
class TranscriptTest {

    private static final String SIGNS = "\n\t \"'<>[]{}():;,.-!&0123456789ax\uD83D\uFEFF";

    @TempDir
    Path folder;

    static Stream<Talks.Written> written() {
        return Talks.written();
    }

    /// A turn without what differs between formats: its place, and the times of its words.
    private record Heard(Span span, String speaker, String text) {}

    private static List<Heard> heard(Transcript transcript) {
        return transcript.turns().stream()
                .map(turn ->
                        new Heard(Objects.requireNonNull(turn.span()), String.valueOf(turn.speaker()), turn.text()))
                .toList();
    }

    private static final List<Heard> TALK = List.of(
            new Heard(new Span(1, 2.345), "Anna", "so glad you came"),
            new Heard(new Span(2.1, 4), "Ben", "oh, not \"again\" & again"),
            new Heard(new Span(62.345, 65.2), "Anna", "why?"));

    @Test
    void written_hasEveryFormat() {
        assertEquals(
                List.copyOf(Transcript.formats()),
                written().map(Talks.Written::format).distinct().toList());
    }

    @ParameterizedTest
    @MethodSource("written")
    void parse_sameTalk_givesTheSameTurns(Talks.Written talk) {
        Transcript transcript = Transcript.parse(talk.text(), "talk");
        assertEquals(talk.format(), transcript.format());
        assertEquals(TALK, heard(transcript));
        assertTrue(transcript.notes().contains("1 turn begins before another has ended; both voices are heard there"));
        assertFalse(transcript.notes().toString().contains("order of time"), "tiers are not out of order");
    }

    @ParameterizedTest
    @MethodSource("written")
    void read_otherLineEndsAndEncodings_areTheSameTalk(Talks.Written talk) throws IOException {
        Path file = folder.resolve("talk.bin"); // the name says nothing
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        for (String text : List.of(
                talk.text(), talk.text().replace("\n", "\r\n"), talk.text().replace("\n", "\r"))) {
            for (byte[] bytes : List.of(
                    text.getBytes(StandardCharsets.UTF_8),
                    joined(mark, text.getBytes(StandardCharsets.UTF_8)),
                    marked(text, StandardCharsets.UTF_16LE),
                    marked(text, StandardCharsets.UTF_16BE))) {
                Files.write(file, bytes);
                assertEquals(TALK, heard(Transcript.read(file)));
            }
        }
    }

    private static byte[] marked(String text, Charset charset) {
        return ("\uFEFF" + text).getBytes(charset);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    /// Half a file is refused in one line that begins with its name, or is a whole one of fewer turns.
    @ParameterizedTest
    @MethodSource("written")
    void parse_anyBeginOfAFile_isRefusedInOneLineOrHasItsFirstTurns(Talks.Written talk) {
        for (int length = 0; length < talk.text().length(); length++) {
            String part = talk.text().substring(0, length);
            try {
                assertTrue(Transcript.parse(part, "talk").turns().size() <= TALK.size(), part);
            } catch (BadInputException e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.startsWith("talk") && !message.contains("\n"), message);
            }
        }
    }

    /// A file with a few wrong characters or lines is read, or refused in one line: nothing else is thrown.
    @ParameterizedTest
    @MethodSource("written")
    void parse_damagedAnywhere_isReadOrRefusedInOneLine(Talks.Written talk) {
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            RandomStream random = new RandomStream(20261, i, 0, talk.text().length());
            StringBuilder text = new StringBuilder(talk.text());
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int at = random.nextInt(text.length());
                int to = Math.min(text.length(), at + 1 + random.nextInt(40));
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                    case 1 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                    case 2 -> text.delete(at, to);
                    default -> text.insert(random.nextInt(text.length()), text.substring(at, to));
                }
            }
            try {
                Transcript.parse(text.toString(), "talk").turns().forEach(SpokenTurn::said);
            } catch (BadInputException e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.startsWith("talk") && !message.contains("\n"), message);
                refused++;
            }
        }
        assertTrue(refused > 0, "some damage is found");
    }

    @Test
    void parse_unorderedTurns_areSortedAndCounted() {
        Transcript transcript = Transcript.parse(
                "[00:05.000 --> 00:06.000] b\n[00:01.000 --> 00:02.000] a\n[00:05.000 --> 00:07.000] c\n", "talk");
        assertEquals(
                List.of("a", "b", "c"),
                transcript.turns().stream().map(SpokenTurn::text).toList());
        assertEquals(
                List.of(
                        "1 turn begins before the one above; they are put in the order of time",
                        "1 turn begins before another has ended; both voices are heard there"),
                transcript.notes());
    }

    @Test
    void parse_turnsWithoutText_areCounted() {
        Transcript transcript = Transcript.parse("1\n0:01,0 --> 0:02,0\n\n2\n0:03,0 --> 0:04,0\nyes\n", "talk");
        assertEquals(1, transcript.turns().size());
        assertEquals(List.of("1 turn without text passed over"), transcript.notes());
    }

    @Test
    void parse_nothingToAnswer_isRefused() {
        assertEquals(
                "talk: holds no turn; is it the whole transcript?",
                Refusal.of(() -> Transcript.parse(" \n\n", "talk")));
        assertEquals(
                "talk: holds no turn with words; is it the whole transcript?",
                Refusal.of(() -> Transcript.parse("1\n0:01,0 --> 0:02,0\n\n", "talk")));
    }

    @Test
    void read_largeFile_isRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("large.srt");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(Transcript.MOST_BYTES + 1);
        }
        assertTrue(
                Refusal.of(() -> Transcript.read(file)).contains("of the largest transcript that is read; split it"));
    }

    @Test
    void said_descriptionOfASound_isNothing() {
        for (String sound : List.of("[Music]", "(laughs) ♪", "[BLANK_AUDIO]", "...", "♪♪")) {
            assertNull(new SpokenTurn(null, null, List.of(), sound).said(), sound);
        }
        for (String words : List.of("[laughs] no", "♪ la ♪", "no.")) {
            assertEquals(words, new SpokenTurn(null, null, List.of(), words).said());
        }
    }

    /// Neither the stack nor the time of a reader grows faster than the file.
    @Test
    void parse_veryLongParts_areReadAllTheSame() {
        int size = 1 << 17;
        for (String part : List.of(" ", ".", "(a)", "<i>", "[", "{\\", "-->", "a ", "1", "\"\"", "&amp;")) {
            String some = part.repeat(size / part.length());
            for (String text : List.of(
                    "[00:01.000 --> 00:02.000] Anna: a" + some,
                    "1\n00:01,000 --> 00:02,000 " + some + "\na\n",
                    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>a" + some.replace("-->", "") + "\n",
                    "t 1 0.0 0.5 a" + some)) {
                SpokenTurn turn = Transcript.parse(text, "talk").turns().getFirst();
                assertTrue(String.valueOf(turn.said()).startsWith("a"), part);
            }
        }
        assertNull(new SpokenTurn(null, null, List.of(), "(a) ".repeat(size)).said());
    }

    /// A span may be reversed, as transcripts have them; it is made of numbers all the same.
    @Test
    void span_notFinite_isRefused() {
        assertTrue(new Span(3, 1).isReversed());
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "span: from -1.0 to " + wrong + " s, must be finite; a turn without times has no span",
                    Refusal.of(() -> new Span(-1, wrong)));
            assertTrue(Refusal.of(() -> new Span(wrong, 1)).startsWith("span: from " + wrong), "the start");
        }
    }

    @Test
    void clock_times_areTheNearestDoubles() {
        assertEquals(62.345, Span.clock("00:01:02.345").getAsDouble());
        assertEquals(62.345, Span.clock("1:02,345").getAsDouble());
        assertEquals(-0.5, Span.clock("-00:00:00,500").getAsDouble());
        assertEquals(36_000_001, Span.clock("10000:00:01").getAsDouble());
        for (String wrong : List.of("", "1", "1:2:3:4", "00:00:01.", "a:b", "00:0x:01", "00:00:00:01.0")) {
            assertTrue(Span.clock(wrong).isEmpty(), wrong);
        }
    }
}
