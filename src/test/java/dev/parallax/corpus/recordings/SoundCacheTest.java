package dev.parallax.corpus.recordings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Voices;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.corpus.Clips;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCacheTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private FileAudio recording(String name) {
        return new FileAudio(Clips.write(folder.resolve(name), Voices.of(3, 1, Clips.RATE, 0)));
    }

    private SoundCache cache() {
        return new SoundCache(folder.resolve("cache"), warnings::add);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertEquals(1, found.size());
            return found.getFirst();
        }
    }

    private static void assertSame(SoundFacts a, SoundFacts b) {
        assertEquals(a.hash(), b.hash());
        assertEquals(a.frames(), b.frames());
        assertEquals(a.least(), b.least());
        assertEquals(a.greatest(), b.greatest());
        assertEquals(a.offset(), b.offset());
        assertEquals(a.warnings(), b.warnings());
        assertArrayEquals(a.fingerprint().words(), b.fingerprint().words());
    }

    @Test
    void facts_secondTime_areReadAndNotDecoded() {
        FileAudio recording = recording("a.wav");
        SoundFacts first = cache().facts(recording);
        SoundCache.Heard again = cache().heard(recording, 15);
        assertSame(first, again.facts());
        assertEquals(null, again.audio());
        assertEquals(first.hash(), recording.soundHash());
        assertNotEquals(first.hash(), recording.contentHash());
    }

    /// That another program decodes it is no fault of a recording.
    @Test
    void facts_decodedElsewhere_warnOfNothing() throws Exception {
        assumeTrue(Ffmpeg.ON_PATH.version() != null);
        Path wav = recording("a.wav").path();
        Path mp3 = folder.resolve("a.mp3");
        assumeTrue(new ProcessBuilder("ffmpeg", "-v", "quiet", "-i", wav.toString(), mp3.toString())
                        .start()
                        .waitFor()
                == 0);
        SoundFacts facts = cache().facts(new FileAudio(mp3));
        assertTrue(facts.frames() > 0);
        assertEquals(List.of(), facts.warnings());
        assertEquals(List.of(), SoundFacts.read(mp3).warnings());
    }

    /// Of what is decoded by another program, opening is decoding.
    @Test
    void windows_factsKnown_areFoundWithoutOpeningTheFile() throws IOException {
        FileAudio recording = recording("a.wav");
        double seconds = cache().facts(recording).seconds();
        Files.delete(recording.path());
        assertEquals(List.of(recording), recording.windows(seconds));
        Refusal.of(() -> recording.windows(seconds / 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptied", "shortened", "flipped", "lengthened"})
    void facts_damagedEntry_isSaidAndFoundOutAgain(String damage) throws IOException {
        FileAudio recording = recording("a.wav");
        SoundFacts first = cache().facts(recording);
        byte[] bytes = Files.readAllBytes(onlyFile());
        Files.write(
                onlyFile(),
                switch (damage) {
                    case "emptied" -> new byte[0];
                    case "shortened" -> java.util.Arrays.copyOf(bytes, bytes.length - 3);
                    case "lengthened" -> java.util.Arrays.copyOf(bytes, bytes.length + 3);
                    default -> flipped(bytes);
                });
        assertSame(first, cache().facts(recording));
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.getFirst().contains("is damaged"), warnings::toString);
        assertEquals(bytes.length, Files.size(onlyFile()));
    }

    private static byte[] flipped(byte[] bytes) {
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    @Test
    void facts_unwritableFolder_isSaidOnce() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "in the way").resolve("cache");
        SoundCache cache = new SoundCache(blocked, warnings::add);
        cache.facts(recording("a.wav"));
        cache.facts(recording("b.wav"));
        assertEquals(1, warnings.size(), warnings::toString);
    }

    @Test
    void preparation_withFacts_knowsRecordingsAndTheirFeatures() throws IOException {
        List<Utterance> utterances = List.of(
                Clips.utterance("a", recording("a.wav"), "joy", null),
                Clips.utterance("broken", new FileAudio(Files.writeString(folder.resolve("b.wav"), "x")), "joy", null),
                Clips.utterance(
                        "long",
                        new FileAudio(Clips.write(folder.resolve("c.wav"), new Audio(new float[40000], Clips.RATE))),
                        "joy",
                        null));
        FeatureConfig config = FeatureConfig.preset("speech");
        FeatureCache features = new FeatureCache(config, folder.resolve("cache"), 1 << 20, warnings::add);
        Preparation plain = Preparation.of(utterances, features, 1.5, 1, (_, _) -> {});
        Preparation known = Preparation.withFacts(utterances, features, cache(), 1.5, 2, (_, _) -> {});
        assertEquals(plain.utterances(), known.utterances());
        assertEquals(
                plain.usable().stream().map(each -> each.windows().size()).toList(),
                known.usable().stream().map(each -> each.windows().size()).toList());
        assertEquals(
                List.of(false, true),
                known.usable().stream()
                        .map(each -> SoundFault.SILENT.isIn(java.util.Objects.requireNonNull(each.facts())))
                        .toList());
    }
}
