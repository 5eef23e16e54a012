package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parallax.Refusal;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.eval.GroupComparison;
import dev.parallax.eval.GroupScore;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Decision;
import dev.parallax.model.answer.Answer;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.train.Decisions;
import dev.parallax.train.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What columns there are, and which utterances are in which group.
class ColumnGroupsTest {

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private String emodb(String... names) throws IOException {
        Path wav = Files.createDirectories(folder.resolve("emodb").resolve("wav"));
        for (String name : names) {
            Files.writeString(wav.resolve(name + ".wav"), name);
        }
        return "emodb:" + folder.resolve("emodb");
    }

    private String manifest(String content) throws IOException {
        return "manifest:" + Files.writeString(folder.resolve("m.csv"), content);
    }

    private static CorpusSet open(String... places) {
        CorpusRequest request = CorpusRequest.of(places);
        return CorpusSet.open(
                places.length == 1 ? request : request.withLabels("anger,happiness"), Level.UTTERANCE, Remarks.NONE);
    }

    private static Decisions right(CorpusSet corpora) {
        Labels labels = corpora.labels();
        List<Evaluation.Row> rows = new ArrayList<>();
        for (Utterance utterance : corpora.utterances()) {
            String emotion = Objects.requireNonNull(utterance.emotion());
            Answer answer = new Answer(emotion, List.of(1.0, 0.0), true, false, List.of(0.0, 0.0), 1, 0);
            Decision decision = new Decision(Perspectives.of(_ -> answer), View.FUSED);
            rows.add(new Evaluation.Row(utterance.id(), labels.index(emotion, "test"), decision));
        }
        return Decisions.of(new Evaluation(rows, Map.of()), Study.clusters(corpora.utterances()), labels);
    }

    private List<GroupComparison> compare(CorpusSet corpora, String... columns) {
        return new ColumnGroups(corpora, corpora.utterances(), List.of(columns)).compare(right(corpora), notes);
    }

    private static List<String> sizes(GroupComparison column) {
        return column.groups().stream()
                .map(group -> group.name() + " " + group.utterances() + " " + group.speakers())
                .toList();
    }

    @Test
    void compare_sexOfEmoDb_isThatOfItsSpeakers() throws IOException {
        CorpusSet corpora = open(emodb("03a01Fa", "10a01Wa", "08a01Fa", "08a02Wa"));
        List<GroupComparison> columns = compare(corpora, "sex", "speaker");
        assertEquals(List.of("female 2 1", "male 2 2"), sizes(columns.getFirst()));
        assertEquals(List.of("03 1 1", "08 2 1", "10 1 1"), sizes(columns.getLast()));
        assertEquals(List.of(), notes);
    }

    /// A table's own column goes before what a corpus knows of its speakers.
    @Test
    void compare_severalCorpora_joinsTheirColumns() throws IOException {
        CorpusSet corpora = open(
                emodb("03a01Fa", "08a01Wa"),
                manifest(
                        "text,emotion,speaker,Sex,mood\nso,anger,a,male,up\nglad,happiness,b,,down\nto,anger,b,female,\n"));
        List<GroupComparison> columns = compare(corpora, "sex", "mood", "corpus");
        assertEquals(List.of("female 2 2", "male 2 2"), sizes(columns.getFirst()));
        assertEquals(List.of("down 1 1", "up 1 1"), sizes(columns.get(1)));
        assertEquals(List.of("emodb1 2 2", "manifest2 3 2"), sizes(columns.getLast()));
        assertEquals(
                List.of(
                        "groups by sex: 1 utterance has no value and is left out",
                        "groups by mood: 3 utterances have no value and are left out"),
                notes);
    }

    @Test
    void compare_unknownSpeakers_countsEachUtteranceAndSaysSo() throws IOException {
        CorpusSet corpora = open(manifest("text,emotion,mood\nso,anger,up\nglad,happiness,up\nto,anger,down\n"));
        GroupComparison column = compare(corpora, "mood").getFirst();
        assertEquals(List.of("down 1 1", "up 2 2"), sizes(column));
        assertFalse(column.gaps().getFirst().isTested());
        assertEquals(
                List.of(
                        "groups by mood: the speaker of some utterances is not known, so each utterance counts as a speaker"),
                notes);
        assertEquals(
                1,
                column.groups().stream().mapToInt(GroupScore::utterances).min().orElseThrow());
    }

    @Test
    void constructor_columnsThatSayNothing_areRefused() throws IOException {
        CorpusSet corpora = open(manifest("text,emotion,mood,age\nso,anger,up,\nglad,happiness,up,\n"));
        assertEquals(
                "‹groups›: no corpus here has a column \"moood\"; did you mean \"mood\"?; known: mood",
                Refusal.of(() -> compare(corpora, "moood")));
        assertEquals(
                "‹groups›: column \"age\" is empty for all of these utterances; fill it, or leave it out",
                Refusal.of(() -> compare(corpora, "age")));
        assertEquals(
                "‹groups›: column \"speaker\" is empty for all of these utterances; fill it, or leave it out",
                Refusal.of(() -> compare(corpora, "speaker")));
        assertEquals(
                "‹groups›: a column is named twice in [mood, mood]; name each once",
                Refusal.of(() -> compare(corpora, "mood", "mood")));
    }
}
