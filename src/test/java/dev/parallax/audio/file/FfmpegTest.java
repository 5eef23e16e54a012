package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.io.ProgramPath;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What another program decodes, with scripts in the place of that program; with the real one where it is installed.
class FfmpegTest {

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path clip = Path.of("");

    @BeforeEach
    void makeClip() throws IOException {
        clip = Files.write(folder.resolve("a b'$(x).mp3"), new byte[] {(byte) 0xFF, (byte) 0xFB, 0, 0});
        byte[] data = WavBytes.bytes(8, b -> b.putFloat(0.5f).putFloat(-0.25f));
        byte[] made = new WavBytes()
                .fmt(3, 1, 8000, 32)
                .chunk("data", 0xFFFFFFFFL, data)
                .file("RIFF", 0xFFFFFFFFL);
        Files.write(folder.resolve("made.wav"), made);
    }

    /// A script that answers `-version` and else does something.
    private Ffmpeg script(String does, Duration limit, long mostBytes) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "scripts need a shell");
        Path script = folder.resolve("ffmpeg");
        Files.writeString(
                script,
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'ffmpeg version 9.8 Copyright'; exit; fi\ncd '" + folder
                        + "'\n" + does + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return Ffmpeg.at(script, limit, mostBytes);
    }

    private Ffmpeg script(String does) throws IOException {
        return script(does, Duration.ofMinutes(1), 1 << 20);
    }

    private String refusal(Ffmpeg ffmpeg) {
        String message = Refusal.of(() -> AudioFile.open(clip, ffmpeg, warnings::add));
        assertTrue(message.startsWith(clip + ": "), message);
        return message;
    }

    @Test
    void open_mp3_isDecodedAndSaysByWhom() throws IOException {
        Ffmpeg ffmpeg = script("cat made.wav");
        assertEquals("ffmpeg 9.8", ffmpeg.version());
        assertEquals("ffmpeg 9.8", ffmpeg.decoderOf(clip));
        try (AudioFile file = AudioFile.open(clip, ffmpeg, warnings::add)) {
            assertEquals("ffmpeg 9.8", file.decoder());
            assertEquals(8000, file.sampleRate());
            assertArrayEquals(new float[] {0.5f, -0.25f}, file.readAll().samples());
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void open_nameOfOddLetters_isOneArgumentThatIsNoOption() throws IOException {
        AudioFile.open(clip, script("printf '%s\\n' \"$@\" >arguments; cat made.wav"), warnings::add)
                .close();
        List<String> arguments = Files.readAllLines(folder.resolve("arguments"));
        assertEquals("file:" + clip, arguments.get(arguments.indexOf("-i") + 1));
        assertEquals("file,pipe", arguments.get(arguments.indexOf("-protocol_whitelist") + 1));
        String readers = arguments.get(arguments.indexOf("-format_whitelist") + 1);
        assertFalse(readers.contains("hls") || readers.contains("concat"), readers);
        assertTrue(arguments.contains("-nostdin"), arguments.toString());
    }

    @Test
    void open_pipe_isFedToIt() throws IOException {
        Ffmpeg ffmpeg = script("cat >given; cat made.wav");
        byte[] bytes = Files.readAllBytes(clip);
        AudioFile.of(new ByteArrayInputStream(bytes), "standard input", ffmpeg, warnings::add)
                .close();
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("given")));
    }

    @Test
    void open_whatItCannotDecode_isRefusedWithItsLastLine() throws IOException {
        String message = refusal(script("echo one >&2; echo 'moov atom not found' >&2; exit 1"));
        assertTrue(message.contains("ffmpeg 9.8 cannot decode it (moov atom not found)"), message);
        assertTrue(refusal(script("exit 0")).contains("cannot decode it (exit code 0)"));
        assertTrue(refusal(script("echo this is no WAV")).contains("not a recording"));
    }

    @Test
    void open_whatItFindsFaultWith_isWarnedOf() throws IOException {
        AudioFile.open(clip, script("echo 'Header missing' >&2; cat made.wav"), warnings::add)
                .close();
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.getFirst().endsWith("ffmpeg 9.8 decodes it, and says: Header missing"), warnings.toString());
    }

    @Test
    void open_whatTakesTooLongOrTooMuch_isStopped() throws IOException {
        String late = refusal(script("sleep 600", Duration.ofMillis(300), 1 << 20));
        assertTrue(late.contains("was stopped after"), late);
        String large = refusal(script("cat /dev/zero", Duration.ofMinutes(1), 1 << 20));
        assertTrue(large.contains("makes more than 1 MiB"), large);
    }

    @Test
    void open_whereItIsForbiddenOrMissing_saysHowToConvert() {
        String forbidden = refusal(Ffmpeg.NEVER);
        assertTrue(forbidden.contains("looks like MP3, which is not read; convert it: ffmpeg -i"), forbidden);
        assertNull(Ffmpeg.NEVER.version());
        assertNull(ProgramPath.find("ffmpeg", folder + File.pathSeparator + "" + File.pathSeparator + "."));
    }

    @Test
    void read_bytesInMemory_neverStartsAProgram() throws IOException {
        byte[] bytes = Files.readAllBytes(clip);
        assertTrue(Refusal.of(() -> AudioFile.read(bytes, "x", warnings::add)).contains("convert it"));
    }

    @Test
    void open_whatIsNoRecording_isNotGivenToIt() throws IOException {
        Ffmpeg ffmpeg = script("touch started; cat made.wav");
        for (String text : List.of("#EXTM3U\n/etc/passwd\n", "ffconcat version 1.0\nfile a.wav\n", "<html>", "hello")) {
            Files.writeString(clip, text);
            refusal(ffmpeg);
        }
        Files.write(clip, "\uFEFFhello there".getBytes(StandardCharsets.UTF_16LE));
        refusal(ffmpeg);
        assertFalse(Files.exists(folder.resolve("started")));
    }

    @Test
    void open_adpcmInWav_isDecodedByIt() throws IOException {
        Files.write(
                clip,
                new WavBytes().fmt(2, 1, 8000, 4).chunk("data", new byte[40]).riff());
        try (AudioFile file = AudioFile.open(clip, script("cat made.wav"), warnings::add)) {
            assertEquals(2, file.frames());
        }
    }

    @Test
    void open_realProgram_decodesWhatItEncoded() throws IOException, InterruptedException {
        Path program = ProgramPath.find("ffmpeg");
        Assumptions.assumeTrue(program != null, "ffmpeg is not installed");
        float[] tone = new float[16000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.5 * Math.sin(i * 0.1));
        }
        WavWriter.PCM_16.write(folder.resolve("tone.wav"), new Audio(tone, 16000));
        Path encoded = folder.resolve("tone.caf");
        int code = new ProcessBuilder(
                        String.valueOf(program),
                        "-v",
                        "error",
                        "-i",
                        folder.resolve("tone.wav").toString(),
                        encoded.toString())
                .start()
                .waitFor();
        Assumptions.assumeTrue(code == 0, "this ffmpeg does not write CAF");
        Audio expected = AudioFile.read(folder.resolve("tone.wav"));
        Audio found = AudioFile.read(encoded, warnings::add);
        assertArrayEquals(expected.samples(), found.samples());
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("decoded by ffmpeg "), warnings.getFirst());
    }
}
