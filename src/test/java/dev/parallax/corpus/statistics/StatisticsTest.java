package dev.parallax.corpus.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.Clips;
import dev.parallax.corpus.Corpora;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {

    private static final String CSV = """
            audio,text,emotion,speaker,session,script,split
            a.wav,one two,joy,anna,s1,x,test
            b.wav,one  two three,joy,,,y,train
            ,One two,fear,anna,s1,x,test
            broken.wav,"don't",,bert,s2,,train
            """;

    @TempDir
    private Path folder;

    private Statistics statistics() throws Exception {
        Clips.write(folder.resolve("a.wav"), Clips.noise(1, 0.5));
        Clips.write(folder.resolve("b.wav"), Clips.noise(2, 1.5));
        Files.writeString(folder.resolve("broken.wav"), "RIFF");
        Path manifest = Files.writeString(folder.resolve("m.csv"), CSV);
        return Statistics.of(Corpora.open("manifest:" + manifest));
    }

    @Test
    void of_manifest_countsUtterances() throws Exception {
        Statistics statistics = statistics();
        assertEquals(4, statistics.utterances());
        assertEquals(Map.of("fear", 1, "joy", 2, "(none)", 1), statistics.emotions());
        assertEquals(
                Map.of("(unknown)", 1, "anna", 2, "bert", 1),
                statistics.speakers().totals());
        assertEquals(1, statistics.speakers().count("anna", "fear"));
        assertEquals(2, statistics.knownSpeakers());
        assertEquals(Map.of("s1", 2, "s2", 1), statistics.sessions().totals());
        assertEquals(
                List.of("train", "test"), List.copyOf(statistics.parts().rows().keySet()));
        assertEquals(0, statistics.dialogues());
        assertEquals(2, statistics.scripts());
        assertEquals(Map.of("all", Map.of("fear", 1, "joy", 2)), statistics.classSets());
    }

    @Test
    void of_manifest_countsRecordingsAndWords() throws Exception {
        Statistics statistics = statistics();
        Recordings recordings = statistics.recordings();
        assertEquals(Map.of(16000, 2), recordings.sampleRates());
        assertEquals(Map.of(1, 2), recordings.channels());
        assertEquals(1, recordings.unreadable());
        assertEquals(1.0, recordings.median(), 1e-9);
        assertEquals(2.0, recordings.total(), 1e-9);
        assertEquals(new Words(List.of(2, 3, 2, 2), 5, 4), statistics.words());
        assertEquals(9, statistics.words().total());
    }

    @Test
    void lines_manifest_sayEverything() throws Exception {
        List<String> lines = statistics().lines();
        assertEquals("utterances   4", lines.getFirst());
        assertTrue(lines.contains("speakers     2: (unknown) 1, anna 2, bert 1"), lines.toString());
        assertTrue(
                lines.contains("durations    0.50 s shortest, 1.00 s median, 1.50 s longest, 0.0 min in all"),
                lines.toString());
        assertTrue(
                lines.contains("unreadable   1 recording, not counted; corpus verify tells which and why"),
                lines.toString());
    }

    @Test
    void lines_manySpeakers_showTheFirst() {
        Map<String, Integer> counts = new TreeMap<>();
        IntStream.range(100, 200).forEach(i -> counts.put("s" + i, i));
        String line = Statistics.counts(counts);
        assertTrue(line.startsWith("s100 100, s101 101, "), line);
        assertTrue(line.endsWith(", … and 76 more"), line);
    }

    @Test
    void toJson_manifest_hasEveryField() throws Exception {
        JsonObject json = statistics().toJson();
        assertEquals(1.5, json.object("seconds").number("max"), 1e-9);
        assertEquals(1, json.integer("unreadable"));
        assertEquals(5, json.integer("vocabulary"));
        assertEquals(2, json.object("parts").integer("train"));
    }

    @Test
    void crossTable_groupsWithoutUtterances_areNotThere() {
        Utterance utterance = new Utterance("u", null, "w", "joy", Origin.ofSpeaker("anna"));
        CrossTable table = CrossTable.of(List.of(utterance), List.of("fear", "joy"), Utterance::speaker);
        assertEquals(List.of("fear", "joy"), table.emotions());
        assertEquals(0, table.count("anna", "fear"));
        assertEquals(table, table.startingWith(List.of("bert")));
        assertTrue(CrossTable.of(List.of(utterance), List.of("joy"), Utterance::session)
                .isEmpty());
    }
}
