package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.source.AudioSource;
import dev.parallax.data.Utterance;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticCorpusTest {

    private static final SyntheticSettings SETTINGS = SyntheticSettings.defaults(11);
    private static final SyntheticCorpus CORPUS = new SyntheticCorpus(SETTINGS);

    @Test
    void utterances_defaults_areCompleteAndUnique() {
        Set<String> ids = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (Utterance utterance : CORPUS.utterances()) {
            assertTrue(ids.add(utterance.id()), utterance.id());
            assertTrue(hashes.add(audio(utterance).contentHash()), utterance.id());
            assertTrue(SyntheticCorpus.LABELS.contains(utterance.emotion()), utterance.id());
            assertTrue(List.of("train", "val", "test").contains(utterance.split()), utterance.id());
        }
        assertEquals(SETTINGS.size(), ids.size());
    }

    @Test
    void read_backwardsInParallelAndTwice_sameBits() {
        List<Utterance> again = new SyntheticCorpus(SETTINGS).utterances();
        float[][] backwards = new float[60][];
        IntStream.range(0, 60)
                .map(i -> 59 - i)
                .parallel()
                .forEach(i -> backwards[i] = audio(again.get(i)).read().samples());
        for (int i = 0; i < 60; i++) {
            AudioSource source = audio(CORPUS.utterances().get(i));
            assertArrayEquals(source.read().samples(), backwards[i]);
            assertArrayEquals(source.read().samples(), backwards[i]);
            assertEquals(source.contentHash(), audio(again.get(i)).contentHash());
        }
    }

    @Test
    void utterances_anotherSeed_differ() {
        Utterance here = CORPUS.utterances().getFirst();
        Utterance there =
                new SyntheticCorpus(SyntheticSettings.defaults(12)).utterances().getFirst();
        assertNotEquals(audio(here).contentHash(), audio(there).contentHash());
    }

    @Test
    void contentHash_sampleRateChanged_changes() {
        SyntheticSettings faster = new SyntheticSettings(11, 1600, 0.4, 0.4, 0.2, 0.05, 0, 20, 22050, 0.8, 1.6);
        Utterance other = new SyntheticCorpus(faster).utterances().getFirst();
        assertNotEquals(
                audio(CORPUS.utterances().getFirst()).contentHash(),
                audio(other).contentHash());
        assertEquals(22050, audio(other).read().sampleRate());
    }

    @Test
    void utterance_printed_namesNoSymbolAndNoType() {
        for (Utterance utterance : CORPUS.utterances().subList(0, 50)) {
            AudioSource source = audio(utterance);
            String shown = utterance.id() + utterance.speaker() + source.description() + source;
            for (Symbol symbol : Symbol.values()) {
                assertTrue(!shown.contains(symbol.name()), shown);
            }
            for (Type type : Type.values()) {
                assertTrue(!shown.contains(type.name()), shown);
            }
        }
    }

    /// Chi-square with 15 degrees of freedom on sixths x classes of every number the neutral rendering has: below
    /// 44.3 with probability 0.9999.
    @Test
    void score_neutralRendering_doesNotDependOnTheClass() {
        SyntheticCorpus large =
                new SyntheticCorpus(SyntheticSettings.defaults(2).withSize(8000));
        List<Planned> neutral =
                large.plan().stream().filter(p -> p.audio() == Symbol.NEUTRAL).toList();
        List<ToDoubleFunction<SoundDesign>> parameters = List.of(
                score -> score.prosody().energySlope(),
                score -> score.prosody().energyArch(),
                score -> score.prosody().tiltSlope(),
                score -> score.prosody().tiltArch(),
                score -> score.prosody().pitchSlope(),
                score -> score.prosody().pitchArch(),
                score -> score.prosody().rate(),
                score -> score.prosody().breath(),
                score -> score.voice().pitch(),
                SoundDesign::level,
                SoundDesign::samples);
        for (ToDoubleFunction<SoundDesign> parameter : parameters) {
            assertTrue(chiSquare(large, neutral, parameter) < 44.3);
        }
    }

    /// The same for what surrounds an emotion that the audio shows: length, silences, level, speaker.
    @Test
    void score_informativeAudio_lengthLevelAndSpeakerDoNotDependOnTheClass() {
        SyntheticCorpus large =
                new SyntheticCorpus(SyntheticSettings.defaults(2).withSize(8000));
        List<Planned> shown =
                large.plan().stream().filter(p -> p.audio() != Symbol.NEUTRAL).toList();
        List<ToDoubleFunction<SoundDesign>> parameters = List.of(
                SoundDesign::samples,
                SoundDesign::lead,
                SoundDesign::trail,
                SoundDesign::level,
                SoundDesign::noise,
                score -> score.voice().pitch());
        for (ToDoubleFunction<SoundDesign> parameter : parameters) {
            assertTrue(chiSquare(large, shown, parameter) < 44.3);
        }
    }

    private static double chiSquare(
            SyntheticCorpus corpus, List<Planned> plan, ToDoubleFunction<SoundDesign> parameter) {
        double[] values = plan.stream()
                .mapToDouble(p -> parameter.applyAsDouble(corpus.score(p)))
                .toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int bins = 6;
        double[][] counts = new double[bins][Symbol.CLASSES];
        double[] rows = new double[bins];
        double[] columns = new double[Symbol.CLASSES];
        for (int i = 0; i < values.length; i++) {
            int place = Arrays.binarySearch(sorted, values[i]);
            int bin = bin(sorted, place, bins);
            counts[bin][plan.get(i).emotion()]++;
            rows[bin]++;
            columns[plan.get(i).emotion()]++;
        }
        double sum = 0;
        for (int bin = 0; bin < bins; bin++) {
            for (int y = 0; y < Symbol.CLASSES; y++) {
                double expected = rows[bin] * columns[y] / values.length;
                sum += expected == 0 ? 0 : (counts[bin][y] - expected) * (counts[bin][y] - expected) / expected;
            }
        }
        return sum;
    }

    /// The bin of a value, the same for equal values: that of its first place among the sorted ones.
    private static int bin(double[] sorted, int place, int bins) {
        int first = place;
        while (first > 0 && sorted[first - 1] == sorted[place]) {
            first--;
        }
        return (int) ((long) first * bins / sorted.length);
    }

    private static AudioSource audio(Utterance utterance) {
        return Objects.requireNonNull(utterance.audio());
    }
}
