package dev.parallax.audit.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.attention.Attention;
import dev.parallax.model.attention.Stretches;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a model looks, as the service tells it, is what the audit finds in its trace.
class AttentionTest {

    private static final String SAID = " so bad,  good";

    @TempDir
    Path folder;

    private Path file(Audio... parts) {
        int length =
                Arrays.stream(parts).mapToInt(part -> part.samples().length).sum();
        float[] all = new float[length];
        int at = 0;
        for (Audio part : parts) {
            System.arraycopy(part.samples(), 0, all, at, part.samples().length);
            at += part.samples().length;
        }
        Path file = folder.resolve("speech.wav");
        WavWriter.FLOAT_32.write(file, new Audio(all, parts[0].sampleRate()));
        return file;
    }

    private static double[] sums(EmotionModel model, Audio window, double[] weights) {
        double[] sums = new double[Stretches.COUNT];
        int[] owners = Stretches.owners(Stretches.places(model, window, weights.length));
        for (int row = 0; row < weights.length; row++) {
            sums[owners[row]] += weights[row];
        }
        return sums;
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void of_utterance_isWhatTheAuditShows() {
        Path speech = file(SmallModels.speech(0));
        try (EmotionModel model = SmallModels.ofFusion("late-add");
                AudioFile recording = AudioFile.open(speech, _ -> {})) {
            Audio window = recording.readAll();
            UtteranceAudit audit = UtteranceAudit.of(model, List.of(window), SAID);
            Attention found = Attention.of(model, recording, SAID);
            Attention.OverTime time = assertNotNull(found.time());
            double[] heard = AttentionWeights.of(audit, Modality.AUDIO).getFirst();
            assertEquals(
                    Arrays.stream(sums(model, window, heard)).boxed().toList(), time.attention(), "of the stretches");
            assertEquals(1, sum(time.attention()), 1e-9);
            assertEquals(time.attention().size() + 1, time.times().size());
            assertEquals(0, time.times().getFirst());
            assertEquals(recording.seconds(), time.times().getLast(), 1e-9);

            Attention.OverWords words = assertNotNull(found.words());
            double[] read = AttentionWeights.of(audit, Modality.TEXT).getFirst();
            assertEquals(4, read.length, "so bad , good");
            assertEquals(List.of(read[0], read[1] + read[2], read[3]), rounded(words.attention(), read));
            for (Attention.Word word : words.words()) {
                assertEquals(word.word(), SAID.substring(word.start(), word.end()));
            }
            assertEquals(
                    List.of("so", "bad,", "good"),
                    words.words().stream().map(Attention.Word::word).toList());
            Json json = found.toJson().object("text").array("words").objects().getFirst();
            assertEquals("{\"word\":\"so\",\"start\":1,\"end\":3}", json.toText());
        }
    }

    /// The sums without the division by their own sum, which is 1 but for rounding.
    private static List<Double> rounded(List<Double> attention, double[] read) {
        double total = Arrays.stream(read).sum();
        assertEquals(1, total, 1e-9);
        return attention.stream().map(share -> share * total).toList();
    }

    private static <T> T assertNotNull(@Nullable T value) {
        org.junit.jupiter.api.Assertions.assertNotNull(value);
        return java.util.Objects.requireNonNull(value);
    }

    /// Each window that counts has an equal share, and a stretch of a talk has the times of the talk.
    @Test
    void of_longRecording_hasTheTimesOfTheWhole() {
        Audio one = SmallModels.speech(0);
        Audio[] parts = new Audio[20];
        Arrays.fill(parts, one);
        Path speech = file(parts);
        try (EmotionModel model = SmallModels.ofFusion("late-add");
                AudioFile recording = AudioFile.open(speech, _ -> {})) {
            Attention.OverTime whole =
                    assertNotNull(Attention.of(model, recording, null).time());
            int windows = (int) Math.ceil(recording.seconds() / model.config().windowSeconds());
            assertEquals(windows * Stretches.COUNT, whole.attention().size());
            assertEquals(1, sum(whole.attention()), 1e-9);
            Segment second = new Segment(one.samples().length, one.samples().length);
            Attention.OverTime part =
                    assertNotNull(Attention.of(model, recording, second, null).time());
            assertEquals(one.seconds(), part.times().getFirst(), 1e-9);
            assertEquals(2 * one.seconds(), part.times().getLast(), 1e-9);
            assertEquals(1, sum(part.attention()), 1e-9);
        }
    }

    @Test
    void of_whatIsNotGivenOrHasNoAttention_isLeftOut() {
        Path speech = file(SmallModels.speech(0));
        try (EmotionModel model = SmallModels.ofFusion("late-add");
                EmotionModel plain = SmallModels.ofWords(0, 1, 2, 3);
                AudioFile recording = AudioFile.open(speech, _ -> {})) {
            assertNull(Attention.of(model, null, SAID).time());
            assertNull(Attention.of(model, recording, "").words());
            assertEquals("{}", Attention.of(plain, recording, SAID).toJson().toText());
        }
    }
}
