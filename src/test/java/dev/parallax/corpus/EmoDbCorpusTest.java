package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Utterance;
import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmoDbCorpusTest {

    private static final List<String> NAMES =
            List.of("03a01Fa", "03a01Wa", "08b10Nc", "09a02Tb", "10b09Ld", "11a07Eb", "12b03Aa", "13a04Wc");

    @TempDir
    private Path folder;

    @Test
    void published_list_hasTheCountsOfThePaper() {
        List<Utterance> clips = EmoDbCorpus.published().keySet().stream()
                .map(EmoDbCorpusTest::utterance)
                .toList();
        assertEquals(535, clips.size());
        assertEquals(
                Map.of(
                        "anger",
                        127L,
                        "boredom",
                        81L,
                        "disgust",
                        46L,
                        "fear",
                        69L,
                        "happiness",
                        71L,
                        "neutral",
                        79L,
                        "sadness",
                        62L),
                clips.stream().collect(Collectors.groupingBy(Utterance::emotion, Collectors.counting())));
        assertEquals(
                "{03=49, 08=58, 09=43, 10=38, 11=55, 12=35, 13=61, 14=69, 15=56, 16=71}",
                clips.stream()
                        .collect(Collectors.groupingBy(Utterance::speaker, TreeMap::new, Collectors.counting()))
                        .toString());
        assertEquals(10, clips.stream().map(Utterance::text).distinct().count());
    }

    @Test
    void parse_names_sayEverythingOrNothing() {
        Utterance clip = utterance("16b10Tb");
        assertEquals("16b10Tb", clip.id());
        assertEquals("16", clip.speaker());
        assertEquals("b10", clip.script());
        assertEquals("sadness", clip.emotion());
        for (String wrong : List.of("04a01Fa", "03a03Fa", "03a01Xa", "03a01F", "03a01Fab", "", "._03a01Fa")) {
            assertNull(EmoDbCorpus.utterance(Path.of(wrong + ".wav")), wrong);
        }
    }

    private static Utterance utterance(String name) {
        return Objects.requireNonNull(EmoDbCorpus.utterance(Path.of(name + ".wav")), name);
    }

    @Test
    void open_levelAbove_findsTheFolderInside() {
        Clips.write(folder.resolve("wav/03a01Fa.wav"), Clips.noise(1, 0.5));
        Utterance utterance = EmoDbCorpus.open(folder).utterances().getFirst();
        assertEquals("03a01Fa", utterance.id());
        assertEquals("happiness", utterance.emotion());
        assertEquals("03", utterance.speaker());
        assertEquals("Der Lappen liegt auf dem Eisschrank.", utterance.text());
    }

    @Test
    void open_wrongPlace_isOneLine() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (Path wrong : List.of(empty, folder.resolve("absent"))) {
            String message = Refusal.of(() -> EmoDbCorpus.open(wrong));
            assertTrue(message.startsWith("emodb: ") && message.contains(wrong.toString()), message);
        }
    }

    @Test
    void verify_untouchedTree_isGood() {
        EmoDbCorpus corpus = corpus(tree());
        assertEquals(List.of(), corpus.verify().findings());
        assertTrue(corpus.verify().ok());
        assertEquals(
                "emodb:" + folder + ": 8 utterances checked, 0 errors, 0 warnings: good",
                corpus.verify().lines().getLast());
    }

    @Test
    void verify_missingAndExtra_areNamedAndCounted() throws IOException {
        Map<String, String> published = tree();
        Files.delete(file("09a02Tb"));
        Clips.write(file("14a05Wa"), Clips.noise(90, 0.5));
        Clips.write(folder.resolve("holiday.wav"), Clips.noise(91, 0.5));
        assertFindings(
                corpus(published).verify(),
                "missing: 09a02Tb.wav",
                "extra: 14a05Wa.wav",
                "extra: holiday.wav",
                "count: emotion sadness has 0 utterances, published are 1",
                "count: emotion anger has 3 utterances, published are 2",
                "count: speaker 09 has 0 utterances, published are 1");
    }

    @Test
    void verify_labelsSwappedByRenaming_areFoundByContent() throws IOException {
        Map<String, String> published = tree();
        Path aside = folder.resolve("aside");
        Files.move(file("03a01Fa"), aside);
        Files.move(file("03a01Wa"), file("03a01Fa"));
        Files.move(aside, file("03a01Wa"));
        assertFindings(
                corpus(published).verify(),
                "content: 03a01Fa.wav is the recording published as 03a01Wa.wav",
                "content: 03a01Wa.wav is the recording published as 03a01Fa.wav");
    }

    @Test
    void verify_oneLabelChangedByRenaming_isFoundByContent() throws IOException {
        Map<String, String> published = tree();
        Files.move(file("03a01Fa"), file("03a01Na"));
        assertFindings(
                corpus(published).verify(),
                "extra: 03a01Na.wav",
                "missing: 03a01Fa.wav",
                "count: emotion happiness has 0",
                "count: emotion neutral has 2",
                "content: 03a01Na.wav is the recording published as 03a01Fa.wav");
    }

    @Test
    void verify_truncated_isFound() throws IOException {
        Map<String, String> published = tree();
        byte[] bytes = Files.readAllBytes(file("12b03Aa"));
        Files.write(file("12b03Aa"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(file("11a07Eb"), new byte[0]);
        assertFindings(
                corpus(published).verify(),
                "content: 12b03Aa.wav differs",
                "content: 11a07Eb.wav differs",
                "unreadable: " + file("12b03Aa"),
                "unreadable: " + file("11a07Eb"));
    }

    @Test
    void verify_duplicateSilentClippedAndShort_areFound() throws IOException {
        Map<String, String> published = tree();
        Files.copy(file("03a01Fa"), file("03a01Wa"), StandardCopyOption.REPLACE_EXISTING);
        Clips.write(file("09a02Tb"), new Audio(new float[8000], Clips.RATE));
        float[] loud = new float[8000];
        Arrays.fill(loud, 1);
        Clips.write(file("10b09Ld"), new Audio(loud, Clips.RATE));
        Clips.write(file("11a07Eb"), Clips.noise(80, 0.1));
        assertFindings(
                corpus(published).verify(),
                "duplicate: 03a01Wa is the same recording as 03a01Fa",
                "silent: 09a02Tb",
                "clipped: 10b09Ld: 100.0 %",
                "short: 11a07Eb lasts 0.100 s");
    }

    @Test
    void verify_convertedCopy_isOneWarning() {
        Map<String, String> published = tree();
        published.replaceAll((name, hash) -> "0".repeat(16));
        Verification verification = corpus(published).verify();
        assertTrue(verification.ok());
        assertFindings(verification, "content: 8 recordings differ");
        assertEquals(1, verification.toJson().integer("warnings"));
    }

    @Test
    void protocols_pairs_areThoseOfTheLiterature() {
        List<Protocol> protocols = corpus(tree()).protocols();
        assertEquals(List.of("pairs"), protocols.stream().map(Protocol::name).toList());
        assertEquals(
                new Protocol.Fold(List.of("15", "16"), List.of("03", "08")),
                protocols.getFirst().folds().get(4));
        assertEquals(5, protocols.getFirst().folds().size());
    }

    private Path file(String name) {
        return folder.resolve(name + ".wav");
    }

    /// Writes the miniature tree; what is published about it is what was written.
    private Map<String, String> tree() {
        Map<String, String> published = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            Path file = Clips.write(file(NAMES.get(i)), Clips.noise(i, 0.5));
            published.put(NAMES.get(i), SafeFiles.sha256(file).substring(0, 16));
        }
        return published;
    }

    private EmoDbCorpus corpus(Map<String, String> published) {
        return new EmoDbCorpus(folder, published);
    }

    /// Each of the beginnings belongs to one finding at least.
    private static void assertFindings(Verification verification, String... beginnings) {
        List<String> found = verification.findings().stream()
                .map((Finding finding) -> finding.kind() + ": " + finding.message())
                .toList();
        for (String beginning : beginnings) {
            assertTrue(
                    found.stream().anyMatch(line -> line.startsWith(beginning)), beginning + " is not among " + found);
        }
    }
}
