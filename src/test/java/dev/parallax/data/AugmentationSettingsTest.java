package dev.parallax.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.variation.Augmentation;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationSettingsTest {

    private static final AugmentationSettings ALL = with(Map.of(
            "copies", "2",
            "speed.probability", "1.0",
            "noise.probability", "1.0",
            "specAugment.probability", "1.0"));

    @TempDir
    Path folder;

    /// The settings with some changed, by their keys as on the command line.
    private static AugmentationSettings seeded(AugmentationSettings settings, long seed) {
        return new AugmentationSettings(settings.copies(), seed, settings.steps());
    }

    static AugmentationSettings with(Map<String, String> changes) {
        JsonObject json = AugmentationSettings.NONE.toJson();
        for (Map.Entry<String, String> change : changes.entrySet()) {
            String[] path = change.getKey().split("\\.");
            Json value = change.getValue().contains(".")
                    ? new Json.Real(Double.parseDouble(change.getValue()))
                    : new Json.Whole(Long.parseLong(change.getValue()));
            json = path.length == 1
                    ? json.with(path[0], value)
                    : json.with(path[0], json.object(path[0]).with(path[1], value));
        }
        return AugmentationSettings.fromJson(json);
    }

    /// Two seconds of a rising tone.
    private Utterance utterance(String id, double hz) {
        float[] x = new float[32000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.3 * Math.sin(hz * i / 16000.0 * (1 + i / 32000.0)));
        }
        Path file = folder.resolve(id + ".wav");
        WavWriter.PCM_16.write(file, new Audio(x, 16000));
        WordTimes times = WordTimes.parse("0.5-1 1-1.5", "so glad", "test");
        return new Utterance(id, new FileAudio(file), "so glad", "joy", Origin.ofSpeaker("s"), null, times);
    }

    private static AudioSource sound(Utterance utterance) {
        return Objects.requireNonNull(utterance.audio());
    }

    @Test
    void copiesOf_utterance_areFunctionsOfContentSettingsSeedAndNumber() {
        Utterance a = utterance("a", 2000);
        List<Utterance> copies = seeded(ALL, 1).copiesOf(a);
        assertEquals(2, copies.size());
        List<Utterance> others = new ArrayList<>(copies);
        others.addAll(seeded(ALL, 2).copiesOf(a));
        others.addAll(seeded(ALL, 1).copiesOf(utterance("b", 2001)));
        others.addAll(with(Map.of("copies", "2", "seed", "1", "noise.probability", "1.0"))
                .copiesOf(a));
        others.add(a);
        HashSet<String> hashes = new HashSet<>();
        HashSet<Integer> sounds = new HashSet<>();
        for (Utterance one : others) {
            hashes.add(sound(one).contentHash());
            sounds.add(Arrays.hashCode(sound(one).read().samples()));
            assertEquals("joy", one.emotion());
            assertEquals("s", one.speaker());
        }
        assertEquals(9, hashes.size());
        assertEquals(9, sounds.size());

        Utterance again = seeded(ALL, 1).copiesOf(utterance("elsewhere", 2000)).getLast();
        assertEquals(sound(copies.getLast()).contentHash(), sound(again).contentHash());
        assertArrayEquals(
                sound(copies.getLast()).read().samples(), sound(again).read().samples());
        assertNotEquals(copies.getLast().id(), again.id());
    }

    /// Masks are drawn in each training step: features of copies stay the same when the masks' settings change.
    @Test
    void contentHash_otherMasks_isTheSame() {
        Utterance a = utterance("a", 2000);
        AugmentationSettings unmasked =
                new AugmentationSettings(2, 0, ALL.steps().ofSound());
        assertEquals(
                sound(seeded(ALL, 1).copiesOf(a).getFirst()).contentHash(),
                sound(seeded(unmasked, 1).copiesOf(a).getFirst()).contentHash());
    }

    @Test
    void copiesOf_otherSpeed_movesTheTimesOfItsWords() {
        Utterance a = utterance("a", 2000);
        for (Utterance copy : seeded(ALL, 5).copiesOf(a)) {
            double stretch = sound(copy).read().seconds() / sound(a).read().seconds();
            WordTimes times = Objects.requireNonNull(copy.times());
            assertEquals(0.5 * stretch, times.start(0), 1e-4);
            assertEquals(1.5 * stretch, times.end(1), 1e-4);
            assertNotEquals(1, stretch);
        }
    }

    @Test
    void copiesOf_silenceBefore_movesTheTimesOfItsWords() {
        Utterance a = utterance("a", 2000);
        float[] sound = sound(a).read().samples();
        AugmentationSettings silence =
                with(Map.of("copies", "3", "silence.probability", "1.0", "silence.zeros", "1.0"));
        for (Utterance copy : seeded(silence, 5).copiesOf(a)) {
            float[] varied = sound(copy).read().samples();
            int before = 0;
            while (varied[before] == 0) {
                before++;
            }
            assertEquals(sound[1], varied[before], "the first sample is 0 itself");
            WordTimes times = Objects.requireNonNull(copy.times());
            assertEquals(0.5 + (before - 1) / 16000.0, times.start(0), 1e-4);
            assertEquals(1.5 + (before - 1) / 16000.0, times.end(1), 1e-4);
        }
    }

    @Test
    void windows_longRecording_areVariedEach() {
        AudioSource copy = sound(seeded(ALL, 1).copiesOf(utterance("a", 2000)).getFirst());
        List<AudioSource> windows = copy.windows(0.6);
        assertEquals(4, windows.size());
        HashSet<String> hashes = new HashSet<>();
        for (AudioSource window : windows) {
            hashes.add(window.contentHash());
            double seconds = window.read().seconds();
            assertTrue(seconds >= 0.5 / 1.1 - 1e-3 && seconds <= 0.5 / 0.9 + 1e-3, seconds + " s");
        }
        assertEquals(4, hashes.size());
        assertEquals(copy.contentHash(), copy.windows(5).getFirst().contentHash());
    }

    @Test
    void masked_stepAndItem_decideAlone() {
        float[] rows = new float[40 * 6];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % 17;
        }
        float[] first = ALL.masked(rows, 6, 1, 1, 3, 4);
        assertArrayEquals(first, ALL.masked(rows, 6, 1, 1, 3, 4));
        assertFalse(Arrays.equals(first, ALL.masked(rows, 6, 1, 1, 4, 4)));
        assertFalse(Arrays.equals(first, ALL.masked(rows, 6, 1, 1, 3, 5)));
        assertFalse(Arrays.equals(first, ALL.masked(rows, 6, 1, 2, 3, 4)));
        assertSame(rows, AugmentationSettings.NONE.masked(rows, 6, 1, 1, 3, 4));
    }

    @Test
    void toJson_andBack_isEqual() {
        for (AugmentationSettings settings : List.of(AugmentationSettings.NONE, ALL)) {
            assertEquals(settings, AugmentationSettings.fromJson(settings.toJson()));
        }
        assertEquals(
                "copies",
                AugmentationSettings.NONE.toJson().fields().keySet().iterator().next());
        String message =
                Refusal.of(() -> AugmentationSettings.fromJson(ALL.toJson().with("copie", 2)));
        assertTrue(message.contains("did you mean"), message);
    }

    @Test
    void describe_settings_saysWhatIsDone() {
        assertEquals("each with 2 varied copies, masks drawn anew in each epoch", ALL.describe());
        assertEquals(
                "each with 1 varied copy",
                with(Map.of("copies", "1", "gain.probability", "0.5")).describe());
        assertEquals("none", AugmentationSettings.NONE.describe());
        assertTrue(AugmentationSettings.NONE.isNone() && !ALL.isNone());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copies=2 | copies is 2, and nothing varies them",
                "noise.probability=0.5 | copies is 0, so there is nothing to vary",
                "copies=-1 | copies is -1, must be in [0, 100]",
                "copies=101 | copies is 101, must be in [0, 100]",
                "specAugment.probability=1.0 specAugment.bandMasks=0 specAugment.maxRows=0 | specAugment masks nothing"
            })
    void constructor_settingsThatCannotAct_areRefused(String changes, String expected) {
        Map<String, String> map = new HashMap<>();
        for (String change : changes.split(" ")) {
            map.put(change.split("=")[0], change.split("=")[1]);
        }
        String message = Refusal.of(() -> with(map));
        assertTrue(message.startsWith("augmentation: " + expected), message);
    }

    @Test
    void requireEffectOn_featuresThatCannotChange_isRefused() {
        FeatureConfig speech = FeatureConfig.preset("speech");
        ALL.requireEffectOn(speech);
        String masks = Refusal.of(() -> ALL.requireEffectOn(FeatureConfig.preset("functionals")));
        assertTrue(masks.contains("one row of functionals a recording"), masks);
        AugmentationSettings high = with(Map.of(
                "copies",
                "1",
                "bandLimit.probability",
                "0.5",
                "bandLimit.minSampleRate",
                "14000",
                "bandLimit.maxSampleRate",
                "14000"));
        String band = Refusal.of(() -> high.requireEffectOn(speech));
        assertTrue(band.contains("leaves all up to 7000.0 Hz"), band);
        new AugmentationSettings(0, 0, Augmentation.NONE).requireEffectOn(FeatureConfig.preset("functionals"));
    }
}
