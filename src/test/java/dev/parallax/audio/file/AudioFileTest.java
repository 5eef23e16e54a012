package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.io.SafeFiles;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFileTest {

    private final List<String> warnings = new ArrayList<>();

    private Audio read(byte[] bytes) {
        return AudioFile.read(bytes, "x.wav", warnings::add);
    }

    private String refusal(byte[] bytes) {
        String message = Refusal.of(() -> read(bytes));
        assertTrue(message.startsWith("x.wav: "), message);
        return message;
    }

    private void assertRefused(byte[] bytes, String part) {
        String message = refusal(bytes);
        assertTrue(message.contains(part), message);
    }

    private void assertSamples(byte[] bytes, float... expected) {
        assertArrayEquals(expected, read(bytes).samples(), 0f);
    }

    private static WavBytes mono16() {
        return new WavBytes().fmt(1, 1, 16000, 16);
    }

    @Test
    void read_eachSampleFormat_fullScaleIsOne() {
        byte[] pcm8 = {0, (byte) 128, (byte) 192};
        assertSamples(new WavBytes().fmt(1, 1, 8000, 8).chunk("data", pcm8).riff(), -1f, 0f, 0.5f);
        assertSamples(mono16().chunk("data", WavBytes.shorts(-32768, 0, 16384)).riff(), -1f, 0f, 0.5f);
        byte[] pcm24 = {0, 0, (byte) 0x80, 0, 0, 0, 0, 0, 0x40};
        assertSamples(new WavBytes().fmt(1, 1, 48000, 24).chunk("data", pcm24).riff(), -1f, 0f, 0.5f);
        byte[] pcm32 = WavBytes.bytes(8, b -> b.putInt(Integer.MIN_VALUE).putInt(1 << 30));
        assertSamples(new WavBytes().fmt(1, 1, 48000, 32).chunk("data", pcm32).riff(), -1f, 0.5f);
        byte[] companded = {(byte) 0x80, 0, (byte) 0xFF, 0x7F};
        assertSamples(
                new WavBytes().fmt(7, 1, 8000, 8).chunk("data", companded).riff(),
                32124 / 32768f,
                -32124 / 32768f,
                0,
                0);
        byte[] european = {(byte) 0xAA, 0x2A, (byte) 0xD5, 0x55};
        assertSamples(
                new WavBytes().fmt(6, 1, 8000, 8).chunk("data", european).riff(),
                32256 / 32768f,
                -32256 / 32768f,
                8 / 32768f,
                -8 / 32768f);
        byte[] float32 = WavBytes.bytes(8, b -> b.putFloat(-1.5f).putFloat(0.25f));
        assertSamples(new WavBytes().fmt(3, 1, 48000, 32).chunk("data", float32).riff(), -1.5f, 0.25f);
        byte[] float64 = WavBytes.bytes(16, b -> b.putDouble(-1.5).putDouble(0.25));
        assertSamples(new WavBytes().fmt(3, 1, 48000, 64).chunk("data", float64).riff(), -1.5f, 0.25f);
    }

    @Test
    void read_extensible_takesFormatFromSubFormat() {
        byte[] data = {0, 0, (byte) 0x80, 0, 0, 0x40};
        assertSamples(
                new WavBytes()
                        .extensible(1, 1, 48000, 24, 20)
                        .chunk("data", data)
                        .riff(),
                -1f,
                0.5f);
        byte[] floats = WavBytes.bytes(4, b -> b.putFloat(0.125f));
        assertSamples(
                new WavBytes()
                        .extensible(3, 1, 48000, 32, 32)
                        .chunk("data", floats)
                        .riff(),
                0.125f);
    }

    @Test
    void read_threeChannels_areAveraged() {
        byte[] data = WavBytes.shorts(8192, 16384, 0, -8192, -8192, -8192);
        assertSamples(new WavBytes().fmt(1, 3, 16000, 16).chunk("data", data).riff(), 0.25f, -0.25f);
    }

    @Test
    void read_oddAndUnknownChunks_areSkippedWithTheirPadding() {
        byte[] bytes = new WavBytes()
                .chunk("JUNK", new byte[7])
                .fmt(1, 1, 16000, 16)
                .chunk("LIST", new byte[3])
                .chunk("data", WavBytes.shorts(16384))
                .chunk("id3 ", new byte[5])
                .riff();
        assertSamples(bytes, 0.5f);
        assertTrue(warnings.isEmpty());
    }

    @Test
    void read_rf64_takesLengthFromDs64() {
        byte[] ds64 =
                WavBytes.bytes(28, b -> b.putLong(100).putLong(4).putLong(2).putInt(0));
        byte[] bytes = new WavBytes()
                .chunk("ds64", ds64)
                .fmt(1, 1, 16000, 16)
                .chunk("data", 0xFFFFFFFFL, WavBytes.shorts(16384, -16384))
                .chunk("LIST", new byte[2])
                .file("RF64", 0xFFFFFFFFL);
        assertSamples(bytes, 0.5f, -0.5f);
        assertTrue(warnings.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFFFFFFL, 0x7FFFF000L, 0xFFFFFF00L})
    void read_lengthUnknownToWriter_takesRestAndWarnsOnce(long declared) {
        assertSamples(
                mono16().chunk("data", declared, WavBytes.shorts(16384, 1024)).riff(), 0.5f, 0.03125f);
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("does not say how long it is"), warnings.getFirst());
    }

    @Test
    void read_truncated_isRefused() {
        byte[] whole = mono16().chunk("data", new byte[3200]).riff();
        assertRefused(Arrays.copyOf(whole, 1000), "truncated: declares 3200 bytes of samples, 956 are there");
        assertRefused(Arrays.copyOf(whole, 40), "truncated: it ends before any samples");
        assertRefused(Arrays.copyOf(whole, 30), "truncated: its chunk \"fmt \" declares 16 bytes, 10 are there");
        assertRefused(Arrays.copyOf(whole, 4), "truncated");
    }

    @Test
    void read_everyPrefixOfAFile_isOneLineOrSamples() {
        byte[] whole = mono16().chunk("LIST", new byte[5])
                .chunk("data", WavBytes.shorts(1, 2, 3, 4))
                .riff();
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            refusal(Arrays.copyOf(whole, length));
            refused++;
        }
        assertEquals(whole.length, refused);
    }

    @Test
    void read_noSamples_isRefused() {
        assertRefused(new byte[0], "empty, 0 bytes");
        assertRefused(mono16().chunk("data", new byte[0]).riff(), "holds no samples");
        byte[] followed =
                mono16().chunk("data", new byte[0]).chunk("LIST", new byte[8]).riff();
        assertRefused(followed, "holds no samples");
    }

    @ParameterizedTest
    @CsvSource({"OggS, Ogg", "ID3x, MP3", "____ftypM4A, M4A", "RIFX, big-endian", "caff, Core Audio", "NIST_1A, SPHERE"
    })
    void read_otherFormat_isNamedWithTheCommandThatConverts(String magic, String kind) {
        byte[] bytes = Arrays.copyOf(magic.getBytes(StandardCharsets.US_ASCII), 64);
        assertRefused(bytes, "looks like ");
        assertRefused(bytes, kind);
        assertRefused(bytes, "ffmpeg -i \"x.wav\" -c:a pcm_s16le \"x-pcm.wav\"");
    }

    @Test
    void read_notARecording_saysWhatItLooksLike() {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n";
        assertRefused(pointer.getBytes(StandardCharsets.UTF_8), "run `git lfs pull`");
        assertRefused("<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8), "web page");
        assertRefused("PK\3\4xxxxxxxxxxxx".getBytes(StandardCharsets.UTF_8), "archive");
        assertRefused("just some text here".getBytes(StandardCharsets.UTF_8), "not a recording that is known");
        byte[] avi = "RIFF1234AVI xxxx".getBytes(StandardCharsets.UTF_8);
        assertRefused(avi, "RIFF of another kind");
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xFB, 0, 0, 0}, "MP3");
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xF1, 0, 0, 0}, "AAC");
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xFD, 0, 0, 0}, "layer I or II");
    }

    @Test
    void read_brokenHeader_isRefused() {
        assertRefused(
                new WavBytes().fmt(1, 0, 16000, 16).chunk("data", new byte[4]).riff(), "0 channels");
        assertRefused(new WavBytes().fmt(1, 1, 0, 16).chunk("data", new byte[4]).riff(), "at 0 Hz");
        assertRefused(
                new WavBytes().fmt(1, 1, -1, 16).chunk("data", new byte[4]).riff(), "at 4294967295 Hz");
        assertRefused(
                new WavBytes().fmt(2, 1, 8000, 4).chunk("data", new byte[4]).riff(), "4-bit ADPCM");
        assertRefused(
                new WavBytes().fmt(1, 1, 8000, 48).chunk("data", new byte[4]).riff(), "48-bit integers");
        assertRefused(new WavBytes().chunk("data", new byte[4]).riff(), "no fmt chunk");
        assertRefused(
                new WavBytes()
                        .chunk("fmt ", new byte[8])
                        .chunk("data", new byte[4])
                        .riff(),
                "8 bytes");
        byte[] fmt = mono16().chunk("data", new byte[4]).riff();
        ByteBuffer.wrap(fmt).put(32, (byte) 7);
        assertRefused(fmt, "frames of 7 bytes");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void read_notFiniteSample_isRefusedWithItsPlace(float value) {
        byte[] data = WavBytes.bytes(12, b -> b.putFloat(0).putFloat(value).putFloat(0));
        assertRefused(new WavBytes().fmt(3, 1, 1000, 32).chunk("data", data).riff(), "sample 1 (at 0.001 s)");
    }

    @Test
    void read_closedFile_isSaidToBeClosed(@TempDir Path folder) {
        byte[] bytes = mono16().chunk("data", new byte[64]).riff();
        Path path = folder.resolve("x.wav");
        SafeFiles.write(path, bytes);
        for (AudioFile file :
                List.of(AudioFile.open(path, warnings::add), AudioFile.of(bytes, path.toString(), warnings::add))) {
            AudioFile channel = file.withChannel(new Channel(1));
            channel.close();
            for (AudioFile each : List.of(file, channel)) {
                IllegalStateException e = assertThrows(IllegalStateException.class, each::readAll);
                assertEquals(path + ": the file was closed; open it again", e.getMessage());
            }
        }
    }

    @Test
    void read_pathThatIsNoFile_isRefused(@TempDir Path folder) {
        assertTrue(Refusal.of(() -> AudioFile.read(folder.resolve("none.wav"))).contains("no such file"));
        assertTrue(Refusal.of(() -> AudioFile.read(folder)).contains("a folder"));
    }

    /// A named pipe into which a file is written, or skips the test where there are none.
    private static Path pipe(Path folder, byte[] content) throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe-" + content.length);
        boolean made = Files.isExecutable(Path.of("/usr/bin/mkfifo"))
                && new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                                .start()
                                .waitFor()
                        == 0;
        Assumptions.assumeTrue(made, "this system makes no named pipes");
        Thread.ofVirtual().start(() -> {
            try {
                Files.write(pipe, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return pipe;
    }

    @Test
    void read_pipe_isReadToItsEnd(@TempDir Path folder) throws IOException, InterruptedException {
        byte[] bytes = mono16().chunk("data", WavBytes.shorts(new int[100_000])).riff();
        try (AudioFile file = AudioFile.open(pipe(folder, bytes), warnings::add)) {
            assertEquals(100_000, file.frames());
            assertEquals(1000, file.read(99_000, 2000).samples().length);
        }
        Path empty = pipe(folder, new byte[0]);
        assertTrue(Refusal.of(() -> AudioFile.read(empty)).contains("nothing comes through the pipe"));
    }

    @Test
    void read_deviceOrMoreThanMemory_isRefused() throws IOException {
        assertTrue(ByteBlocks.readAll(new ByteArrayInputStream(new byte[3000]), 2999) == null);
        Path zero = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(zero));
        assertTrue(Refusal.of(() -> AudioFile.read(zero)).contains("a device, not a recording"));
    }

    @Test
    void blocks_readAcrossTheirBorders_equalTheStream() throws IOException {
        byte[] bytes = new byte[(3 << 20) + 17];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        ByteBlocks blocks = Objects.requireNonNull(ByteBlocks.readAll(new ByteArrayInputStream(bytes), bytes.length));
        assertEquals(bytes.length, blocks.size());
        for (int at : new int[] {0, (1 << 20) - 5, (2 << 20) - 1, bytes.length - 17}) {
            byte[] part = ChunkBytes.array(blocks, at, Math.min((1 << 20) + 10, bytes.length - at));
            assertArrayEquals(Arrays.copyOfRange(bytes, at, at + part.length), part);
        }
        assertThrows(EOFException.class, () -> ChunkBytes.array(blocks, bytes.length - 3, 4));
    }

    @Test
    void read_window_equalsPartOfWhole(@TempDir Path folder) throws IOException {
        int[] values = new int[200_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37) % 30000 - 15000;
        }
        Path path = folder.resolve("long.wav");
        Files.write(path, mono16().chunk("data", WavBytes.shorts(values)).riff());
        Audio whole = AudioFile.read(path);
        assertEquals(12.5, whole.seconds());
        try (AudioFile file = AudioFile.open(path, warnings::add)) {
            assertEquals(values.length, file.frames());
            assertEquals(1, file.channels());
            float[] window = file.read(150_000, 1000).samples();
            assertArrayEquals(Arrays.copyOfRange(whole.samples(), 150_000, 151_000), window);
            assertEquals(10, file.read(values.length - 10, 1000).samples().length);
            assertEquals(0, file.read(values.length, 1000).samples().length);
            assertThrows(BadInputException.class, () -> file.read(values.length + 1L, 1));
        }
    }

    @Test
    void read_stream_equalsBytes() {
        byte[] bytes = mono16().chunk("data", WavBytes.shorts(16384)).riff();
        Audio audio = AudioFile.read(new ByteArrayInputStream(bytes), "x.wav", warnings::add);
        assertArrayEquals(new float[] {0.5f}, audio.samples());
    }

    @Test
    void write_openRecording_isThatOfItsSamplesInMemory(@TempDir Path folder) {
        float[] samples = new float[200_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (i % 1000) / 1024;
        }
        byte[] whole = WavWriter.PCM_16.toBytes(new Audio(samples, 22050));
        Path copy = folder.resolve("copy.wav");
        try (AudioFile file = AudioFile.of(whole, "whole.wav", warnings::add)) {
            WavWriter.PCM_16.write(copy, file);
        }
        assertArrayEquals(whole, SafeFiles.read(copy));
    }

    @Test
    void write_thenRead_isTheSame(@TempDir Path folder) {
        float[] samples = {0f, -1f, 32767f / 32768, 0.25f};
        Path path = folder.resolve("made.wav");
        WavWriter.PCM_16.write(path, new Audio(samples, 22050));
        assertArrayEquals(samples, AudioFile.read(path).samples());
        assertEquals(22050, AudioFile.read(path).sampleRate());
        float[] loud = {1.5f, 1e-9f, -3f};
        assertArrayEquals(
                loud, read(WavWriter.FLOAT_32.toBytes(new Audio(loud, 8000))).samples());
        float[] limited = {32767f / 32768, 0f, -1f};
        assertArrayEquals(
                limited, read(WavWriter.PCM_16.toBytes(new Audio(loud, 8000))).samples());
    }
}
