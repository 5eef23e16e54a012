package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.Clips;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {

    private static final FeatureConfig CONFIG = FeatureConfig.preset("speech");
    private static final long PLENTY = 1 << 20;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void get_again_comesFromMemory() {
        Clips.Counted clip = new Clips.Counted(1, 0.3);
        FeatureCache cache = cache(null, PLENTY);
        Features first = cache.get(clip);
        assertSame(first, cache.get(clip));
        assertEquals(1, clip.reads());
    }

    @Test
    void get_afterRestart_comesFromDiskBitByBit() throws IOException {
        Clips.Counted clip = new Clips.Counted(1, 0.3);
        Features computed = cache(folder, PLENTY).get(clip);
        Features kept = cache(folder, PLENTY).get(clip);
        assertEquals(1, clip.reads());
        assertArrayEquals(computed.values(), kept.values());
        assertArrayEquals(new FeatureExtractor(CONFIG).extract(clip.read()).values(), kept.values());
        assertEquals(computed.columns(), kept.columns());
        Path file = onlyFile();
        assertEquals(2, String.valueOf(folder.relativize(file).getName(0)).length());
    }

    /// Of short recordings the names of the columns are larger than the values.
    @Test
    void get_manyRecordings_shareTheNamesOfTheirColumns() {
        List<Clips.Counted> clips = clips(3);
        clips.forEach(clip -> cache(folder, PLENTY).get(clip));
        for (FeatureCache cache : List.of(cache(folder, PLENTY), cache(null, PLENTY))) {
            List<String> names = cache.get(clips.getFirst()).columns();
            clips.forEach(clip -> assertSame(names, cache.get(clip).columns()));
        }
    }

    @Test
    void get_otherSettings_isAnotherEntry() {
        Clips.Counted clip = new Clips.Counted(1, 0.3);
        cache(folder, PLENTY).get(clip);
        FeatureConfig stacked = CONFIG.withStack(2);
        Features features = new FeatureCache(stacked, folder, PLENTY, warnings::add).get(clip);
        assertEquals(2, clip.reads());
        assertEquals(stacked.size(), features.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptied", "shortened", "lengthened", "flipped", "header"})
    void get_damagedEntry_isComputedAgainWithOneWarning(String damage) throws IOException {
        Clips.Counted clip = new Clips.Counted(1, 0.3);
        Features computed = cache(folder, PLENTY).get(clip);
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        switch (damage) {
            case "emptied" -> bytes = new byte[0];
            case "shortened" -> bytes = Arrays.copyOf(bytes, bytes.length - 4);
            case "lengthened" -> bytes = Arrays.copyOf(bytes, bytes.length + 4);
            case "flipped" -> bytes[bytes.length / 2] ^= 1;
            default -> bytes[10] ^= 0x40;
        }
        Files.write(file, bytes);
        assertArrayEquals(computed.values(), cache(folder, PLENTY).get(clip).values());
        assertEquals(1, warnings.size(), warnings::toString);
        assertEquals(2, clip.reads());
        cache(folder, PLENTY).get(clip);
        assertEquals(2, clip.reads());
    }

    @Test
    void get_smallMemory_staysWithinItAndReadsFromDisk() {
        List<Clips.Counted> clips = clips(8);
        FeatureCache cache = cache(folder, 2 * 40 * 4 * 30L);
        for (int round = 0; round < 3; round++) {
            clips.forEach(clip -> cache.get(clip));
        }
        assertTrue(clips.stream().allMatch(clip -> clip.reads() == 1));
    }

    @Test
    void memory_moreThanItsLimit_keepsWhatWasUsedLast() {
        Features features = new Features(new float[100], 100, List.of("x")); // 400 bytes
        KeptFeatures.Memory memory = new KeptFeatures.Memory(1000);
        memory.put("first", features);
        memory.put("second", features);
        memory.get("first");
        memory.put("first", features); // again: takes no more room
        memory.put("third", features);
        assertSame(features, memory.get("first"));
        assertNull(memory.get("second"));
        assertSame(features, memory.get("third"));
    }

    @Test
    void get_unwritableFolder_warnsOnceAndGoesOn() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "in the way").resolve("cache");
        FeatureCache cache = cache(blocked, PLENTY);
        clips(3).forEach(clip -> cache.get(clip));
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.getFirst().endsWith("features are kept in memory only"), warnings::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void preparation_anyThreads_computesEachOnceAndListsFailuresInOrder(int threads) throws IOException {
        List<Clips.Counted> clips = clips(12);
        List<Utterance> utterances =
                new ArrayList<>(clips.stream().map(FeatureCacheTest::of).toList());
        Path broken = Files.writeString(folder.resolve("broken.wav"), "no sound");
        utterances.add(3, Clips.utterance("broken", new FileAudio(broken), "joy", null));
        utterances.add(7, Clips.utterance("absent", new FileAudio(folder.resolve("absent.wav")), "joy", null));
        utterances.add(9, new Utterance("text", null, "words", null, Origin.UNKNOWN));
        List<Integer> progress = new ArrayList<>();
        Preparation preparation = Preparation.of(
                utterances, cache(folder.resolve("cache"), PLENTY), 15, threads, (done, total) -> progress.add(done));
        assertEquals(IntStream.rangeClosed(1, 15).boxed().toList(), progress);
        assertEquals(
                List.of("broken", "absent"),
                preparation.failures().stream()
                        .map(failure -> failure.utterance().id())
                        .toList());
        assertEquals(13, preparation.usable().size());
        int text = preparation.utterances().indexOf(utterances.get(9));
        assertEquals(List.of(), preparation.usable().get(text).windows());
        List<Preparation.Window> windows = preparation.usable().getFirst().windows();
        assertEquals(1, windows.size());
        assertTrue(windows.getFirst().frames() > 10);
        assertTrue(clips.stream().allMatch(clip -> clip.reads() == 1));
        String message = preparation.failures().getFirst().message();
        assertTrue(message.startsWith("broken: "), message);
    }

    @Test
    void preparation_longRecordings_comeInEqualWindows() {
        Path file = Clips.write(folder.resolve("long.wav"), Clips.noise(1, 1.7));
        Utterance utterance = Clips.utterance("long", new FileAudio(file), "joy", null);
        FeatureCache cache = cache(folder.resolve("cache"), PLENTY);
        Preparation preparation = Preparation.of(List.of(utterance), cache, 0.5, 1, (done, total) -> {});
        assertEquals(List.of(), preparation.failures());
        List<Preparation.Window> windows = preparation.usable().getFirst().windows();
        assertEquals(4, windows.size());
        assertEquals(
                1, windows.stream().map(Preparation.Window::frames).distinct().count());
        float[] whole = AudioFile.read(file).samples();
        float[] last = windows.getLast().source().read().samples();
        int length = (whole.length + 3) / 4;
        assertArrayEquals(Arrays.copyOfRange(whole, whole.length - length, whole.length), last);
    }

    @Test
    void preparation_defect_reachesTheCaller() {
        Utterance defect = of(new Clips.Counted(1, 0.1));
        assertThrows(
                IllegalStateException.class,
                () -> Preparation.of(List.of(defect), cache(null, PLENTY), 15, 2, (done, total) -> {
                    throw new IllegalStateException("a defect of the caller's");
                }));
    }

    @Test
    void defaultFolder_environment_isRespected() {
        Path home = Path.of("/users/anna");
        assertEquals(
                Path.of("/var/cache/anna/parallax/features"),
                FeatureCache.defaultFolder(Map.of("XDG_CACHE_HOME", "/var/cache/anna"), home));
        Path usual = Path.of("/users/anna/.cache/parallax/features");
        assertEquals(usual, FeatureCache.defaultFolder(Map.of(), home));
        assertEquals(usual, FeatureCache.defaultFolder(Map.of("XDG_CACHE_HOME", "relative"), home));
    }

    private FeatureCache cache(@Nullable Path place, long bytes) {
        return new FeatureCache(CONFIG, place, bytes, warnings::add);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertEquals(1, found.size());
            return found.getFirst();
        }
    }

    private static List<Clips.Counted> clips(int n) {
        return IntStream.range(0, n).mapToObj(i -> new Clips.Counted(i, 0.3)).toList();
    }

    private static Utterance of(Clips.Counted clip) {
        return Clips.utterance(clip.description(), clip, "joy", "anna");
    }
}
