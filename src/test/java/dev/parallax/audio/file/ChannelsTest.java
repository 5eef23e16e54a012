package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Recordings of several channels: what averaging does to them, and one of them by itself.
class ChannelsTest {

    private static final int FRAMES = 4000;

    private final List<String> warnings = new ArrayList<>();

    private static double speech(int i) {
        return 9000 * Math.sin(i * 0.05) * Math.sin(i * 0.003);
    }

    /// A sequence that looks like noise, another one for each seed.
    private static double noise(int i, int seed) {
        long x = i * 6364136223846793005L + seed * 1442695040888963407L;
        x = (x ^ x >>> 29) * 0xBF58476D1CE4E5B9L;
        return (x >>> 44) / 64.0 - 8192;
    }

    private AudioFile file(IntToDoubleFunction... channels) {
        int[] values = new int[FRAMES * channels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) Math.round(channels[i % channels.length].applyAsDouble(i / channels.length));
        }
        byte[] bytes = new WavBytes()
                .fmt(1, channels.length, 16000, 16)
                .chunk("data", WavBytes.shorts(values))
                .riff();
        return AudioFile.of(bytes, "x.wav", warnings::add);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.95, -0.75})
    void read_channelsThatCancel_isDoubtedAndWarnedOfOnce(double factor) {
        AudioFile file = file(ChannelsTest::speech, i -> factor * speech(i) + noise(i, 1) / 4000);
        Audio audio = file.read(0, 2000);
        assertEquals(audio.doubts(), file.read(2000, 2000).doubts());
        assertEquals(1, audio.doubts().size());
        assertTrue(
                audio.doubts().getFirst().startsWith("x.wav: its 2 channels cancel each other"),
                audio.doubts().toString());
        assertTrue(
                audio.doubts().getFirst().contains("‹channel left›"),
                audio.doubts().toString());
        assertEquals(audio.doubts(), warnings);
    }

    @Test
    void read_channelsThatCancelBesidesAnOffset_isDoubted() {
        assertEquals(
                1,
                file(i -> speech(i) + 5000, i -> 5000 - speech(i))
                        .readAll()
                        .doubts()
                        .size());
    }

    @Test
    void read_independentChannels_areNotDoubted() {
        for (int count : new int[] {2, 8, 64}) {
            IntToDoubleFunction[] channels = new IntToDoubleFunction[count];
            for (int c = 0; c < count; c++) {
                int seed = c;
                channels[c] = i -> noise(i, seed);
            }
            assertEquals(List.of(), file(channels).readAll().doubts());
        }
        assertEquals(
                List.of(),
                file(ChannelsTest::speech, i -> -0.5 * speech(i)).readAll().doubts());
        assertEquals(List.of(), warnings);
    }

    @Test
    void read_silentChannel_isWarnedOfWithWhatItCosts() {
        AudioFile file = file(i -> 0, ChannelsTest::speech);
        assertEquals(List.of(), file.read(0, 2000).doubts());
        file.read(2000, 2000);
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("channel 1 (left) is digital silence"), warnings.getFirst());
        assertTrue(warnings.getFirst().contains("6 dB weaker"), warnings.getFirst());
        assertTrue(warnings.getFirst().contains("‹channel right›"), warnings.getFirst());
    }

    @Test
    void read_silenceOnEveryChannel_isNotAMatterOfChannels() {
        assertEquals(List.of(), file(i -> 0, i -> 0).readAll().doubts());
        assertEquals(List.of(), warnings);
    }

    @Test
    void withChannel_eachOne_isHeardAsItIs() {
        AudioFile file = file(ChannelsTest::speech, i -> -speech(i), i -> noise(i, 5));
        float[] left = file.withChannel(Channel.LEFT).readAll().samples();
        float[] right = file.withChannel(Channel.RIGHT).readAll().samples();
        assertEquals(Math.round(speech(100)) / 32768f, left[100]);
        assertEquals(-left[100], right[100]);
        List<AudioFile> all = file.eachChannel();
        assertEquals(3, all.size());
        assertArrayEquals(right, all.get(1).readAll().samples());
        assertEquals(new Channel(3), all.get(2).channel());
        assertEquals(List.of(), warnings);
    }

    @Test
    void withChannel_ofFlac_isHeardAsItIs() {
        byte[] bytes = new FlacBytes(16000, 2, 16, 3)
                .frame(0, new int[] {-32768, 0, 16384}, new int[] {16384, 8192, 0})
                .bytes();
        AudioFile file = AudioFile.of(bytes, "x.flac", warnings::add);
        assertArrayEquals(
                new float[] {-1f, 0f, 0.5f},
                file.withChannel(Channel.LEFT).readAll().samples());
        assertArrayEquals(
                new float[] {0.5f, 0.25f, 0f},
                file.withChannel(Channel.RIGHT).readAll().samples());
    }

    @Test
    void withChannel_thatIsNotThere_isRefused() {
        AudioFile mono = file(ChannelsTest::speech);
        AudioFile stereo = file(ChannelsTest::speech, ChannelsTest::speech);
        assertEquals(1, mono.withChannel(Channel.LEFT).channels());
        assertEquals(
                "x.wav: there is no channel 2 (right): it has one channel, which is heard without ‹channel›",
                Refusal.of(() -> mono.withChannel(Channel.RIGHT)));
        assertEquals(
                "x.wav: there is no channel 3: it has 2 channels",
                Refusal.of(() -> stereo.withChannel(new Channel(3))));
    }

    @Test
    void parse_words_areChannels() {
        assertEquals(Channel.LEFT, Channel.parse("left", "--channel"));
        assertEquals(Channel.RIGHT, Channel.parse("2", "--channel"));
        for (String wrong : List.of("", "0", "-1", "middle", "1.5", "70000", "99999999999")) {
            String message = Refusal.of(() -> Channel.parse(wrong, "--channel"));
            assertTrue(message.contains("channel"), message);
        }
    }

    @Test
    void part_ofAnAudio_keepsItsDoubts() {
        Audio audio = file(ChannelsTest::speech, i -> -speech(i)).readAll();
        Audio part = audio.part(100, 50);
        assertEquals(50, part.samples().length);
        assertEquals(audio.doubts(), part.doubts());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void audio_sampleThatIsNotFinite_isRefusedWithItsPlace(float value) {
        float[] samples = new float[8000];
        samples[4000] = value;
        String message = Refusal.of(() -> new Audio(samples, 8000));
        assertTrue(message.contains("sample 4000 (at 0.500 s) is " + value), message);
    }
}
