package dev.parallax.corpus.spoken;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.corpus.ManifestCorpus;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With a program in the place of espeak-ng, so that nothing needs to be installed. It says one tone, and keeps
/// what it was told. Each utterance starts a process, so most tests read one corpus, written once.
@DisabledOnOs(OS.WINDOWS)
class SpokenExportTest {

    private static final List<String> WORDS = List.of(
            "well", "then", "that", "train", "was", "late", "again", "today", "because", "rain", "fell", "here", "on");

    private static final SpokenSettings SETTINGS = SpokenSettings.defaults(5)
            .with("size", "100")
            .with("speakers", "6")
            .with("noAudio", "0.1")
            .with("noText", "0.1");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /// Writes the corpus of [#SETTINGS] on one thread.
    @BeforeAll
    static void writeCorpus() throws IOException {
        write(SETTINGS, speaking(shared), "out", 1);
    }

    /// Installs a program that speaks, and keeps what it is told in the file `told`.
    private static Path speaking(Path into) throws IOException {
        float[] samples = new float[2205];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * Math.sin(i * 0.2));
        }
        WavWriter.PCM_16.write(into.resolve("tone.wav"), new Audio(samples, 22050));
        String told = into.resolve("told").toString();
        String read = "while IFS= read -r line || [ -n \"$line\" ]; do echo \"$line\"; done"; // cat were a process more
        String speaks = "{ " + read + "; echo \"$@\"; } >> " + told + "; exec cat " + into + "/tone.wav";
        return install(into, "f1 f2 f3 m1 m2 m3", speaks);
    }

    private static Path install(Path into, String variants, String speaks) throws IOException {
        Path program = into.resolve("espeak-ng");
        Files.writeString(program, """
                #!/bin/sh
                case "$1" in
                --version) echo "eSpeak NG text-to-speech: 9.87  Data at: /somewhere" ;;
                --voices*) for v in %s; do echo " 5  variant  --/M  $v  !v/$v"; done ;;
                *) %s ;;
                esac
                """.formatted(variants, speaks));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return into;
    }

    /// Sixty different sentences of each emotion, and some that cannot be read aloud.
    private static List<Utterance> sentences() {
        List<Utterance> sentences = new ArrayList<>();
        for (String emotion : Emotions.ALL) {
            for (int i = 0; i < 60; i++) {
                String text = String.join(
                        " ",
                        emotion,
                        WORDS.get(i % WORDS.size()),
                        WORDS.get(i / WORDS.size()),
                        WORDS.get((i * 5 + 3) % WORDS.size()) + "!?");
                sentences.add(utterance(emotion + i, text, emotion));
            }
            sentences.add(utterance(emotion + "-link", "see https://example.org/a_b for this", emotion));
            sentences.add(utterance(emotion + "-name", "oh [NAME] is so very here", emotion));
            sentences.add(utterance(emotion + "-short", "oh no", emotion));
        }
        return sentences;
    }

    private static Utterance utterance(String id, String text, String emotion) {
        return new Utterance(id, null, text, emotion, Origin.UNKNOWN);
    }

    private static Path write(SpokenSettings settings, Path programs, String to, int threads) {
        Espeak espeak = Espeak.find(programs.toString());
        return SpokenExport.write(
                        settings, sentences(), "manifest:sentences.csv", programs.resolve(to), espeak, threads, _ -> {})
                .manifest();
    }

    @Test
    void write_makesAManifestCorpus_thatSaysItIsSynthetic() {
        ManifestCorpus corpus = ManifestCorpus.open(shared.resolve("out/manifest.csv"));
        assertEquals(100, corpus.utterances().size());
        assertEquals(Emotions.ALL, corpus.labels().names());
        assertTrue(
                corpus.notes().stream().anyMatch(note -> note.contains("synthetic speech: espeak-ng 9.87")),
                corpus.notes().toString());
        assertEquals(
                "synthetic speech: espeak-ng 9.87 read aloud sentences of manifest",
                corpus.syntheticSpeech(),
                "without the path, which no model may carry");
        assertTrue(corpus.utterances().stream().allMatch(one -> one.split() == null));
        Map<String, Csv.Row> truth = Csv.read(shared.resolve("out/truth.csv")).rows().stream()
                .collect(Collectors.toMap(row -> row.get("id"), Function.identity()));
        for (Utterance one : corpus.utterances()) {
            Csv.Row row = Objects.requireNonNull(truth.get(one.id()), one.id());
            String condition = row.get("condition");
            assertEquals(condition.equals("no_audio"), one.audio() == null, one.id());
            assertEquals(condition.equals("no_text"), one.text() == null, one.id());
            assertTrue(row.get("spoken").startsWith(row.get("words")), "the sentence has the emotion of the design");
            if (condition.equals("clean") || condition.equals("noisy")) {
                assertEquals(row.get("spoken"), one.text());
            }
        }
    }

    @Test
    void write_noSentenceIsSpokenTwice_andNoneThatCannotBeReadAloud() {
        List<String> spoken = Csv.read(shared.resolve("out/truth.csv")).rows().stream()
                .map(row -> row.get("spoken"))
                .toList();
        assertEquals(spoken.size(), spoken.stream().distinct().count());
        assertTrue(spoken.stream().noneMatch(text -> text.contains("http") || text.contains("[")));
    }

    @Test
    void write_anyNumberOfThreads_givesTheSameBytes() throws IOException {
        write(SETTINGS, speaking(folder), "out", 4);
        List<Path> written = files(shared.resolve("out"));
        assertTrue(written.size() > 90, written.toString());
        assertEquals(written, files(folder.resolve("out")));
        for (Path name : written) {
            assertArrayEquals(
                    Files.readAllBytes(shared.resolve("out").resolve(name)),
                    Files.readAllBytes(folder.resolve("out").resolve(name)),
                    name.toString());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void write_marksThatMoveThePitch_areNotSpoken() throws IOException {
        String heard = Files.readString(shared.resolve("told"));
        assertFalse(heard.contains("!"), "exclamation marks");
        assertTrue(heard.contains("<prosody pitch="), heard.substring(0, 200));
        assertTrue(heard.contains("-v en-gb-scotland+f2"), heard);
    }

    /// Nine of ten utterances are not spoken, since a few are enough.
    @Test
    void write_noiseIsAsLoudAsTheVoice_atZeroDecibels() throws IOException {
        SpokenSettings few = SETTINGS.with("noisy", "0")
                .with("garbled", "0")
                .with("noText", "0")
                .with("noAudio", "0.9");
        Path programs = speaking(folder);
        write(few, programs, "clean", 1);
        write(few.with("noisy", "0.1"), programs, "noisy", 1);
        List<Path> both = new ArrayList<>(files(folder.resolve("clean/wav")));
        both.retainAll(files(folder.resolve("noisy/wav"))); // shares of few are rounded each in its way
        assertTrue(both.size() > 5, both.toString());
        for (Path name : both) {
            double clean = power(folder.resolve("clean/wav").resolve(name));
            double noisy = power(folder.resolve("noisy/wav").resolve(name));
            assertEquals(2, noisy / clean, 0.1, name.toString());
        }
    }

    private static double power(Path file) {
        double power = 0;
        for (float x : AudioFile.read(file).samples()) {
            power += (double) x * x;
        }
        return power;
    }

    @Test
    void write_tooFewSentences_saysHowManyAreThereAndNeeded() {
        assertRefused(
                "sentences of 3 to 16 words with the emotion",
                () -> write(SETTINGS.with("size", "600"), shared, "few", 1));
    }

    /// No size helps where there is none.
    @Test
    void write_noSentence_asksForAnotherCorpusAlone() {
        BadInputException refusal = assertThrows(
                BadInputException.class,
                () -> SpokenExport.write(
                        SETTINGS,
                        List.of(),
                        "nothing:DIR",
                        shared.resolve("none"),
                        Espeak.find(shared.toString()),
                        1,
                        _ -> {}));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(
                message.startsWith("nothing:DIR has 0 sentences") && message.endsWith("give another corpus"), message);
    }

    @Test
    void write_voiceThatIsNotInstalled_isRefused() throws IOException {
        Path programs = install(folder, "f1 m1", "exit 3");
        assertRefused("espeak-ng 9.87 has no voice \"f2\"", () -> write(SETTINGS, programs, "out", 1));
    }

    @Test
    void write_programThatFails_saysSo() throws IOException {
        Path programs = install(folder, "f1 f2 f3 m1 m2 m3", "exit 3");
        assertRefused("ended with exit code 3", () -> write(SETTINGS, programs, "out", 2));
        assertFalse(Files.exists(folder.resolve("out/manifest.csv")), "a folder with a manifest is complete");
    }

    @Test
    void write_folderWithAManifest_isLeftAlone() {
        assertRefused("exists already", () -> write(SETTINGS, shared, "out", 1));
    }

    @Test
    void find_programNotInstalled_saysHowToInstallIt() {
        assertRefused(
                "install it (apt install espeak-ng",
                () -> Espeak.find(folder.resolve("nowhere").toString()));
    }

    private static void assertRefused(String message, Runnable action) {
        BadInputException refusal = assertThrows(BadInputException.class, action::run);
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }
}
