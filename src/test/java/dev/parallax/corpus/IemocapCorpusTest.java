package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.ClassSet;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IemocapCorpusTest {

    @TempDir
    private Path folder;

    private Corpus corpus() {
        Miniature iemocap = Miniature.all().stream()
                .filter(each -> each.kind().equals("iemocap"))
                .findFirst()
                .orElseThrow();
        return Corpora.open(iemocap.at(folder));
    }

    @Test
    void open_miniature_tellsWhoSpeaksWhenAndWhat() {
        List<Utterance> turns = corpus().utterances();
        Utterance second = turns.get(1);
        assertEquals("Ses01F_impro01_M000", second.id());
        assertEquals("excitement", second.emotion());
        assertEquals("Do you have your forms?", second.text());
        assertEquals(new Origin("Ses01M", "Session1", "Ses01F_impro01", 1, null, null), second.origin());
        Utterance scripted = turns.get(3);
        assertEquals(new Origin("Ses01M", "Session1", "Ses01M_script01_1a", 0, "script01_1", null), scripted.origin());
        assertEquals("script01_1", turns.get(4).script());
        assertNull(turns.get(4).audio());
        assertNull(turns.get(2).emotion(), "the annotators did not agree");
    }

    @Test
    void open_linesThatDoNotFit_areCountedAndSaid() {
        Corpus corpus = corpus();
        List<String> lines = corpus.verify().findings().stream()
                .map(finding -> finding.kind() + ": " + finding.message() + " " + finding.ids())
                .toList();
        for (String line : List.of(
                "line: 3 lines of the annotation do not fit and are not read [Ses01F_impro01.txt line 12,"
                        + " Ses01F_impro01.txt line 13, Ses01F_impro01.txt line 14]",
                "line: 1 line of the transcripts names no utterance and is not read [Ses01F_impro01.txt line 3]",
                "extra: 2 recordings or transcribed turns have no annotation, not read [Ses01F_impro01_MXX0,"
                        + " Ses01M_script01_1a_M009]",
                "missing: Ses05F_script01_1_F000.wav is not there; copy it from the archive again []",
                "count: emotion undecided (xxx) has 1 utterance, published are 2507 []",
                "count: session Session1, excitement has 1 utterance, published are 143 []",
                "count: kind scripted, anger has 1 utterance, published are 814 []",
                "count: session Session5 has 1 dialogue, published are 31 []")) {
            assertTrue(lines.contains(line), line + " is not among " + String.join("\n", lines));
        }
        assertTrue(
                corpus.notes()
                        .contains("3 lines of the annotation do not fit and are not read; corpus verify lists them"),
                corpus.notes().toString());
    }

    @Test
    void parse_lines_areTurnsOrNot() {
        String turn = "[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]";
        assertEquals(
                new IemocapReader.Turn("Ses01F_impro01_F000", 6.2901, 8.2357, "neutral"),
                IemocapReader.Turn.parse(turn, "Ses01F_impro01"));
        for (String wrong : List.of(
                turn.replace("neu", "new"),
                turn.replace("Ses01F", "Ses06F"),
                turn.replace("6.2901", "9.2901"),
                turn.replace("\t[2.5000, 2.5000, 2.5000]", ""),
                "A-E3:\tval 3; act 2; dom  2;\t()")) {
            assertNull(IemocapReader.Turn.parse(wrong, "Ses01F_impro01"), wrong);
        }
        assertNull(IemocapReader.Turn.parse(turn, "Ses01F_impro0"), "of another dialogue");
    }

    @Test
    void classSets_emotions_areMergedDroppedOrKept() {
        List<ClassSet> sets = corpus().classSets();
        assertEquals(
                List.of("4", "4-dropped", "6", "all"),
                sets.stream().map(ClassSet::name).toList());
        List<Utterance> utterances = published();
        Map<String, Integer> sizes = Map.of("4", 5531, "4-dropped", 4490, "6", 7380, "all", 7532);
        for (ClassSet set : sets) {
            int left = set.labels().apply(utterances).utterances().size();
            assertEquals(sizes.get(set.name()), left, set.name());
        }
    }

    /// As many of each emotion as were published.
    private static List<Utterance> published() {
        Map<String, Integer> counts = Map.of(
                "neutral",
                1708,
                "frustration",
                1849,
                "anger",
                1103,
                "sadness",
                1084,
                "excitement",
                1041,
                "happiness",
                595,
                "surprise",
                107,
                "fear",
                40,
                "other",
                3,
                "disgust",
                2);
        List<Utterance> utterances = new ArrayList<>();
        counts.forEach((emotion, count) -> {
            for (int i = 0; i < count; i++) {
                utterances.add(new Utterance(emotion + i, null, "w", emotion, Origin.UNKNOWN));
            }
        });
        return utterances;
    }

    @Test
    void protocols_ofTheLiterature_testWholeSessions() {
        List<Protocol> protocols = corpus().protocols();
        assertEquals(
                List.of("dialogues-120-31", "improvised"),
                protocols.stream().map(Protocol::name).toList());
        for (boolean dialogues : new boolean[] {false, true}) {
            List<Utterance> all = sessions();
            Splitter splitter = dialogues
                    ? new DialogueSplitter(all, corpus().sexes(), 1)
                    : new UtteranceSplitter(all, corpus().sexes(), 1);
            Split last = splitter.byName("dialogues-120-31", protocols).getFirst();
            assertEquals(4, last.test().size());
            last.select(Part.TEST, all).forEach(each -> assertEquals("Session5", each.session()));
            List<Split> improvised = splitter.byName("improvised", protocols);
            assertEquals(5, improvised.size());
            for (Split split : improvised) {
                assertEquals(2, split.test().size());
                assertEquals(10, split.excluded().size());
                assertTrue(split.speakerIndependent());
                assertTrue(split.how().contains("10 of 20 utterances (50 %) excluded, which follow a script"));
            }
        }
    }

    /// Two speakers in five sessions, each saying one improvised and one scripted line.
    private static List<Utterance> sessions() {
        List<Utterance> utterances = new ArrayList<>();
        for (int session = 1; session <= 5; session++) {
            for (String dialogue : List.of("impro01", "script01_1")) {
                for (String sex : List.of("F", "M")) {
                    String name = "Ses0" + session + "F_" + dialogue;
                    Origin origin = new Origin(
                            "Ses0" + session + sex,
                            "Session" + session,
                            name,
                            sex.equals("F") ? 0 : 1,
                            IemocapReader.script(name),
                            null);
                    utterances.add(new Utterance(name + "_" + sex, null, name + sex, "anger", origin));
                }
            }
        }
        utterances.forEach(each -> Objects.requireNonNull(each.speaker()));
        return utterances;
    }
}
