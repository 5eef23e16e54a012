package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.command.StandardStream;
import dev.parallax.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Output that cannot be written, and output that contains text from outside.
class PrintingTest {

    private static final String ESCAPE = "\u001B[31m";

    @TempDir
    private Path folder;

    /// A stream that cannot be written, for a reason.
    private static final class Broken extends OutputStream {
        private final String reason;

        Broken(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "predict --help",
                "predict --text hello",
                "predict --text hello --json",
                "corpus synthesize --size 40 --out OUT",
                "corpus synthesize --size 40 --out OUT --json"
            })
    void run_stdoutFull_isOneLineAndCode2(String line) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                line.replace("OUT", folder.resolve("made").toString()).split(" "),
                new Broken("No space left on device"),
                err);
        assertEquals(2, code);
        List<String> told = err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(each -> each.startsWith("parallax: "))
                .toList();
        assertEquals(
                List.of("parallax: stdout: the result could not be written (No space left on device);"
                        + " make room there, or send it elsewhere"),
                told);
    }

    @Test
    void run_readerOfStdoutGone_isQuiet() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(0, Main.run(new String[] {"--help"}, new Broken("Broken pipe"), err));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void run_stderrFull_answersAllTheSame() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(new String[] {"predict", "--text", "hello"}, out, new Broken("No space left on device"));
        assertEquals(0, code);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("decision: "));
    }

    @Test
    void run_escapeSequencesInArguments_areShownEscapedInOneLine() {
        Outcome outcome = Outcome.of("predict", "--model", "a" + ESCAPE + "\n\u202Eb", "--text", "hi");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().startsWith("parallax: --model a\\u001b[31m\\n\\u202eb: no such file"), outcome.err());
        assertEquals(1, outcome.err().lines().count());
    }

    @Test
    void predictManifest_oddIds_areJsonThatATerminalCanShow() throws IOException {
        String id = "u" + ESCAPE + "\u009B\u202E\u200B\u2028!";
        Path manifest = Files.writeString(folder.resolve("m.csv"), "id,text\n" + id + ",hello\n");
        Outcome outcome = Outcome.of("predict", "--manifest", manifest.toString(), "--quiet");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().codePoints().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F)), outcome.out());
        assertEquals(id, Json.parseObject(outcome.out(), "stdout").text("id"));
    }

    @Test
    void block_halfOfAPair_isValidUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardStream out = new StandardStream(bytes);
        out.line("a\uD83D");
        out.block(Json.object().with("x", "\uDE00").toIndentedText());
        assertEquals("a\\ud83d\n{\n  \"x\": \"\\uDE00\"\n}\n", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void corpusVerify_labelThatCannotBeSeen_isRefusedEscaped() throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), "text,emotion\nhi,joy\nho,jo\u200By\n");
        Outcome outcome = Outcome.of("corpus", "verify", "manifest:" + manifest);
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.err().contains("line 3: emotion \"jo\\u200by\" holds a character that cannot be seen"),
                outcome.err());
    }

    @Test
    void error_cellOfMillions_isShortened() throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), "text,turn\nhi," + "7".repeat(1_000_000) + "x\n");
        Outcome outcome = Outcome.of("corpus", "verify", "manifest:" + manifest);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().length() < 2500);
        assertTrue(outcome.err().strip().endsWith("7x\" is not a whole number from 0"), outcome.err());
    }
}
