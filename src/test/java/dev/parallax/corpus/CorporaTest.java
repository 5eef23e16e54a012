package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.statistics.Statistics;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.data.ClassSet;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every corpus owes, on a miniature of its real layout.
class CorporaTest {

    /// The miniatures lie deeper, so that nothing of the machine is found above them.
    @TempDir
    private Path temporary;

    static List<Miniature> miniatures() {
        return Miniature.all();
    }

    /// Those that are folders.
    static Stream<Miniature> folders() {
        return miniatures().stream().filter(each -> !each.kind().equals("manifest"));
    }

    /// Those whose root is searched for.
    static Stream<Miniature> searched() {
        return folders().filter(each -> !each.kind().equals("features"));
    }

    @Test
    void miniatures_everyKind_isThere() {
        Set<Class<?>> tested = new HashSet<>();
        miniatures().forEach(each -> tested.add(each.type()));
        tested.add(EmbeddedCorpus.class);
        assertEquals(classes(Corpus.class).collect(Collectors.toSet()), tested);
        assertEquals(tested.size(), Corpora.KINDS.size());
        assertEquals(tested.size(), Corpora.described().size());
    }

    /// The classes that a sealed one permits, down to those that are final.
    private static Stream<Class<?>> classes(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CorporaTest::classes)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("miniatures")
    void open_miniature_givesWhatEveryCorpusOwes(Miniature each) {
        Corpus corpus = Corpora.open(each.at(folder()));
        assertInstanceOf(each.type(), corpus);
        owes(corpus);
        assertEquals(each.ids(), corpus.utterances().stream().map(Utterance::id).toList());
        List<String> again = Corpora.open(each.kind() + ":" + folder().resolve(each.place())).utterances().stream()
                .map(Utterance::id)
                .toList();
        assertEquals(each.ids(), again);
    }

    @Test
    void open_embedded_givesWhatEveryCorpusOwes() {
        owes(Corpora.open("synthetic:7"));
    }

    private static void owes(Corpus corpus) {
        String described = Corpora.described().stream()
                .filter(line -> line.strip().startsWith(corpus.name() + ":"))
                .collect(Collectors.joining());
        corpus.protocols().forEach(protocol -> assertTrue(described.contains(protocol.name()), described));
        assertEquals(
                corpus.protocols().stream().map(Protocol::name).toList(),
                Corpora.protocols(corpus.name() + ":anywhere"),
                "known before the corpus is opened");
        for (ClassSet set : corpus.classSets()) {
            set.labels().check(corpus.labels());
        }
        Set<String> ids = new HashSet<>();
        for (Utterance utterance : corpus.utterances()) {
            assertTrue(ids.add(utterance.id()), utterance.id());
            if (utterance.emotion() != null) {
                corpus.labels().index(utterance.emotion(), utterance.id());
            }
            if (utterance.speaker() != null && corpus.sexes().size() > 6) {
                Objects.requireNonNull(corpus.sexes().get(utterance.speaker()), utterance.speaker());
            }
        }
        String notes = String.join("; ", corpus.notes());
        assertEquals(corpus.textIsFixed(), notes.contains("only the audio is used for training"), notes);
        assertEquals(corpus.utterances().size(), Statistics.of(corpus).utterances());
    }

    @ParameterizedTest
    @MethodSource("miniatures")
    void verify_miniature_isNotAsPublished(Miniature each) {
        Corpus corpus = Corpora.open(each.at(folder()));
        int[] done = {0};
        Verification verification = corpus.verify(count -> done[0] = count);
        assertEquals(Set.of("manifest", "features").contains(each.kind()), verification.ok(), each.kind());
        assertEquals(each.ids().size(), verification.checked());
        boolean listens = corpus.utterances().stream().anyMatch(utterance -> utterance.audio() != null);
        assertEquals(listens ? each.ids().size() : 0, done[0]);
        assertTrue(verification.lines().size() < 80, "too long to read");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void open_recordings_areNotRead(Miniature each) throws IOException {
        String place = each.at(folder());
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".wav")).toList()) {
                Files.write(file, new byte[0]);
            }
        }
        assertEquals(each.ids().size(), Corpora.open(place).utterances().size());
    }

    @ParameterizedTest
    @MethodSource("searched")
    void open_folderAbove_namesTheOneToGive(Miniature each) {
        String place = each.at(folder());
        String above = Refusal.of(() -> Corpora.open(each.kind() + ":" + folder()));
        assertTrue(above.startsWith(each.kind() + ": ") && above.endsWith(place), above);
        String further = Refusal.of(() -> Corpora.open(each.kind() + ":" + folder().getParent()));
        assertTrue(further.endsWith(place), further);
    }

    @ParameterizedTest
    @MethodSource("searched")
    void open_partOfIt_namesTheOneToGive(Miniature each) {
        String place = each.at(folder());
        if (!each.part().isEmpty()) {
            Path part = folder().resolve(each.place()).resolve(each.part());
            String message = Refusal.of(() -> Corpora.open(each.kind() + ":" + part));
            assertTrue(message.contains(place), message);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void open_nothingOfItThere_saysWhatIsMissing(Miniature each) throws IOException {
        Path empty = Files.createDirectories(folder().resolve("empty"));
        for (Path wrong : List.of(empty, empty.resolve("absent"))) {
            String message = Refusal.of(() -> Corpora.open(each.kind() + ":" + wrong));
            assertTrue(message.startsWith(each.kind() + ":") && message.contains(wrong.toString()), message);
        }
    }

    @Test
    void open_wrongPlace_saysHowToWriteIt() {
        String kinds = Corpora.KINDS.toString();
        assertTrue(kinds.startsWith("[cremad:DIR, emodb:DIR, esd:DIR, "), kinds);
        Map.of(
                        "my.csv",
                                "‹corpus›: \"my.csv\" names no kind; write KIND:PATH, one of " + kinds
                                        + "; did you mean \"manifest:my.csv\"?",
                        "emobd:x",
                                "‹corpus›: there is no kind \"emobd\"; write one of " + kinds
                                        + "; did you mean \"emodb\"?",
                        "emodb:", "‹corpus›: nothing stands after \"emodb:\"; write one of " + kinds,
                        "synthetic:x", "‹corpus›: synthetic:x: the seed must be a whole number")
                .forEach((place, message) -> assertEquals(message, Refusal.of(() -> Corpora.open(place))));
        assertTrue(Refusal.of(() -> Corpora.open("manifest:" + temporary.resolve("absent.csv")))
                .contains("no such file"));
    }

    @Test
    void kinds_areInTheGuideToTheData() throws IOException {
        Path guide = Path.of(System.getProperty("basedir", ".")).resolve("data/README.md");
        String text = Files.readString(guide);
        List<String> missing = Corpora.KINDS.stream()
                .map(kind -> kind.substring(0, kind.indexOf(':')))
                .filter(kind -> !text.contains("| `" + kind + "` |"))
                .toList();
        assertEquals(List.of(), missing);
        for (String kind : Arrays.asList("cremad", "emodb", "esd", "goemotions", "iemocap", "meld", "ravdess")) {
            assertTrue(text.contains("bin/parallax corpus verify " + kind + ":"), kind);
        }
    }

    private Path folder() {
        return temporary.resolve("a/b/c/data");
    }
}
