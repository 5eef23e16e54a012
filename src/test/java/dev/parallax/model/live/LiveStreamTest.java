package dev.parallax.model.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.PcmForm;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.fusion.View;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.Starter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a stream answers is what a file of the window is answered.
class LiveStreamTest {

    private static final Backend BACKEND = new ScalarBackend();
    private static final int HEADER = 44;
    private static final LiveStream.Answering AT_ONCE = (asked, isLast) -> asked.predict();

    private static EmotionModel model;

    @BeforeAll
    static void load() {
        model = Starter.load(BACKEND);
    }

    @AfterAll
    static void close() {
        model.close();
        BACKEND.close();
    }

    /// A sound that changes all the time.
    private static Audio sound(int rate, double seconds) {
        float[] samples = new float[(int) (rate * seconds)];
        for (int i = 0; i < samples.length; i++) {
            double t = (double) i / rate;
            double phase = 2 * Math.PI * t * (130 + 20 * Math.sin(3 * t));
            for (int partial = 1; partial <= 10; partial++) {
                samples[i] += (float) (0.2 * Math.sin(partial * phase) / partial * (1 + Math.sin(9 * t)) / 2);
            }
        }
        return new Audio(samples, rate);
    }

    private static LiveStream stream(PcmForm form, double window) {
        return new LiveStream(model, new LiveSettings(form, window, 1 << 24), 1, AT_ONCE);
    }

    private static Prediction predicted(byte[] file, String text) {
        List<String> warnings = new ArrayList<>();
        try (AudioFile recording = AudioFile.of(file, "audio", warnings::add)) {
            return model.predict(model.hear(recording, warnings, 1), text.isEmpty() ? null : text, null, 1);
        }
    }

    private static List<LiveAnswer> heard(LiveStream stream, byte[] bytes, int size) {
        List<LiveAnswer> answers = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            stream.hear(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)), answers::add);
        }
        return answers;
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 4096, 1 << 20})
    void hear_rawSamples_areAnsweredAsAFileOfTheWindow(int size) {
        Audio sound = sound(22050, 2.2);
        byte[] file = WavWriter.PCM_16.toBytes(sound);
        LiveStream stream = stream(PcmForm.pcm16(1, 22050), 1);
        List<LiveAnswer> answers = heard(stream, Arrays.copyOfRange(file, HEADER, file.length), size);
        answers.add(stream.end());
        assertEquals(5, answers.size());
        for (LiveAnswer answer : answers) {
            int end = (int) Math.round(22050 * answer.end());
            int start = Math.max(0, end - 22050);
            assertEquals(start / 22050.0, answer.start());
            byte[] window = WavWriter.PCM_16.toBytes(sound.part(start, end - start));
            assertEquals(predicted(window, ""), answer.prediction());
            assertEquals(SafeFiles.sha256(window), answer.audioHash());
        }
        assertEquals(2.2, answers.getLast().end());
    }

    @Test
    void stream_ofARateAlone_hasTheDefaultWindow() {
        byte[] file = WavWriter.PCM_16.toBytes(sound(16_000, 2.7));
        byte[] samples = Arrays.copyOfRange(file, HEADER, file.length);
        LiveStream plain = new LiveStream(model, 16_000);
        LiveStream whole = stream(PcmForm.pcm16(1, 16_000), LiveSettings.WINDOW);
        assertEquals(heard(whole, samples, 4096), heard(plain, samples, 4096));
        assertEquals(whole.end(), plain.end());
        for (int rate : new int[] {-1, 0, 999, 768_001}) {
            assertEquals(
                    "sampleRate is " + rate + " Hz, must be from 1000 to 768000",
                    Refusal.of(() -> new LiveStream(model, rate)));
        }
        assertEquals("channels is 0, must be from 1 to 65535", Refusal.of(() -> PcmForm.pcm16(0, 16_000)));
    }

    /// Two channels of floating point behind a header, whose mean is heard.
    @Test
    void hear_wavOfTwoChannels_isAnsweredAsItsFile() {
        Audio sound = sound(44100, 0.9);
        java.nio.ByteBuffer samples =
                java.nio.ByteBuffer.allocate(8 * sound.samples().length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (float x : sound.samples()) {
            samples.putFloat(x).putFloat(-x / 3);
        }
        byte[] file = WavWriter.FLOAT_32.toBytes(new Audio(new float[2 * sound.samples().length], 44100));
        java.nio.ByteBuffer.wrap(file)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putShort(22, (short) 2)
                .putInt(28, 8 * 44100)
                .putShort(32, (short) 8)
                .put(HEADER, samples.array());
        LiveStream stream = stream(PcmForm.pcm16(1, 16000), 4);
        stream.say("so glad you came");
        heard(stream, file, 1001);
        LiveAnswer last = stream.end();
        assertEquals(predicted(file, "so glad you came"), last.prediction());
        assertEquals(SafeFiles.sha256(file), last.audioHash());
    }

    @Test
    void hear_silence_isAnsweredAsPredictDoes() {
        LiveStream stream = stream(PcmForm.pcm16(1, 16000), 4);
        LiveAnswer answer = heard(stream, new byte[16000], 16000).getFirst();
        assertEquals(predicted(WavWriter.PCM_16.toBytes(new Audio(new float[8000], 16000)), ""), answer.prediction());
        assertTrue(!answer.prediction().decision().sure()
                && answer.prediction().decision().doubtful());
    }

    @Test
    void smoothed_isTheStatedMean() {
        byte[] file = WavWriter.PCM_16.toBytes(sound(16000, 1.6));
        LiveStream stream = stream(PcmForm.pcm16(1, 16000), 1);
        List<LiveAnswer> answers = heard(stream, Arrays.copyOfRange(file, HEADER, file.length), 5000);
        double[] expected = null;
        for (LiveAnswer answer : answers) {
            List<Double> now =
                    Objects.requireNonNull(answer.prediction().audio()).probabilities();
            List<Double> smoothed = Objects.requireNonNull(answer.smoothed().get(View.AUDIO));
            double[] before = expected;
            expected = new double[now.size()];
            for (int c = 0; c < expected.length; c++) {
                expected[c] = before == null ? now.get(c) : 0.5 * now.get(c) + 0.5 * before[c];
                assertEquals(expected[c], smoothed.get(c), 1e-12);
            }
            assertEquals(1, smoothed.stream().mapToDouble(p -> p).sum(), 1e-12);
            assertNull(answer.smoothed().get(View.TEXT));
        }
        assertEquals(3, answers.size());
    }

    @Test
    void say_wordsThatAreTakenBack_areNotReadAnyMore() {
        LiveStream stream = stream(PcmForm.pcm16(1, 16000), 1);
        stream.say("so glad you came");
        LiveAnswer with = heard(stream, new byte[16000], 16000).getFirst();
        assertNotNull(with.smoothed().get(View.TEXT));
        stream.say(" ");
        LiveAnswer without = heard(stream, new byte[16000], 16000).getFirst();
        assertNull(without.text());
        assertNull(without.smoothed().get(View.TEXT));
    }

    @Test
    void hear_windowsThatAreLeftOut_areCountedAndTheLastIsAnswered() {
        LiveSettings settings = new LiveSettings(PcmForm.pcm16(1, 16000), 1, 1 << 20);
        LiveStream stream = new LiveStream(model, settings, 1, (asked, isLast) -> isLast ? asked.predict() : null);
        assertEquals(List.of(), heard(stream, new byte[64000], 64000));
        LiveAnswer last = stream.end();
        assertEquals(4, last.skipped());
        assertEquals(2, last.end());
    }

    /// The last window was answered already: the same answer, and not smoothed twice.
    @Test
    void end_onTheStep_isTheLastAnswer() {
        LiveStream stream = stream(PcmForm.pcm16(1, 16000), 1);
        LiveAnswer answer = heard(stream, new byte[16000], 16000).getLast();
        assertEquals(answer, stream.end());
        stream.say("so glad you came");
        assertEquals("so glad you came", stream.end().text());
    }

    /// An hour passes, in a memory of one window.
    @Test
    void hear_anHour_keepsOneWindow() {
        PcmForm form = PcmForm.pcm16(1, 16000);
        LiveSettings settings = new LiveSettings(form, 30, 16001L * 30 * 2);
        LiveStream stream = new LiveStream(model, settings, 1, (asked, isLast) -> isLast ? asked.predict() : null);
        byte[] second = new byte[32000];
        for (int i = 0; i < 3600; i++) {
            Arrays.fill(second, (byte) (i % 7));
            stream.hear(second, _ -> {});
        }
        LiveAnswer last = stream.end();
        assertEquals(3570, last.start());
        assertEquals(3600, last.end());
        assertEquals(7200, last.skipped());
        byte[] window = form.wav(30 * 32000);
        for (int i = 0; i < 30; i++) {
            Arrays.fill(window, HEADER + i * 32000, HEADER + (i + 1) * 32000, (byte) ((3570 + i) % 7));
        }
        assertEquals(SafeFiles.sha256(window), last.audioHash());
    }

    @Test
    void settings_thatCannotBe_areRefused() {
        PcmForm form = PcmForm.pcm16(1, 16000);
        for (double window : new double[] {0.49, 30.1, Double.NaN}) {
            String message = assertThrows(BadInputException.class, () -> new LiveSettings(form, window, 1 << 20))
                    .getMessage();
            assertEquals("‹window " + window + "› must be from 0.5 to 30.0 seconds", message);
        }
        LiveStream narrow = new LiveStream(model, new LiveSettings(form, 4, 1000), 1, AT_ONCE);
        String message = String.valueOf(assertThrows(BadInputException.class, () -> narrow.hear(new byte[2], _ -> {}))
                .getMessage());
        assertTrue(message.contains("has 128002 bytes, at most 1000 are kept"), message);
    }

    @Test
    void end_ofNothing_isRefusedAsPredictRefusesIt() {
        String message = assertThrows(
                        BadInputException.class,
                        () -> stream(PcmForm.pcm16(1, 16000), 4).end())
                .getMessage();
        assertEquals("predict: this model reads audio and text, and none is given; give it some", message);
    }
}
