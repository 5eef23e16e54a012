package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EsdCorpusTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        Miniature.all().stream()
                .filter(each -> each.kind().equals("esd"))
                .forEach(each -> each.write().accept(folder));
    }

    @Test
    void open_transcriptsInEveryEncoding_areRead() {
        Map<String, String> texts = EsdCorpus.open(folder).utterances().stream()
                .collect(Collectors.toMap(Utterance::id, each -> String.valueOf(each.text())));
        String sentence = "The nine the eggs, I keep.";
        assertEquals(
                Map.of(
                        "0001_000001", "打远一看，它们的确很是美丽，",
                        "0011_000001", sentence,
                        "0011_000351", sentence,
                        "0020_001401", sentence),
                texts);
    }

    @Test
    void open_sameSentence_isTheSameScript() {
        Map<String, String> scripts = EsdCorpus.open(folder).utterances().stream()
                .collect(Collectors.toMap(Utterance::id, each -> String.valueOf(each.script())));
        assertEquals("mandarin-001", scripts.get("0001_000001"));
        assertEquals("english-001", scripts.get("0011_000351"));
        assertEquals("english-001", scripts.get("0020_001401"));
    }

    @Test
    void columns_language_isThatOfTheSpeaker() {
        assertEquals(
                Map.of(
                        "language",
                        Map.of(
                                "0001_000001", "mandarin",
                                "0011_000001", "english",
                                "0011_000351", "english",
                                "0020_001401", "english")),
                EsdCorpus.open(folder).columns());
    }

    @Test
    void verify_recordingInTheWrongFolder_isFoundByItsNumber() {
        Miniature.clip(folder.resolve("0011/Sad/0011_000701.wav"), 16000);
        Miniature.clip(folder.resolve("0011/Sad/0012_001051.wav"), 16000);
        List<String> lines = EsdCorpus.open(folder).verify().lines();
        String wrong = "error label: " + folder.resolve("0011/Sad/0011_000701.wav")
                + " lies among those of sadness, its number is one of happiness; move it there";
        assertTrue(lines.contains(wrong), String.join("\n", lines));
        assertTrue(lines.stream().anyMatch(line -> line.contains("0012_001051.wav is no name of this speaker's")));
        assertTrue(lines.contains("warning text: 1 recording has no transcript: 0011_000701"), lines.toString());
        assertTrue(lines.contains(
                "warning line: " + folder.resolve("0020/0020.txt") + " line 2 is no id, text and emotion: Speaker 20"));
    }

    @Test
    void parse_names_sayEverythingOrNothing() {
        assertEquals(new EsdCorpus.Clip("0020_001750", "0020", 1750), EsdCorpus.Clip.parse("0020_001750"));
        for (String wrong : List.of("0021_000001", "0001_000000", "0001_001751", "0001_1", "")) {
            assertNull(EsdCorpus.Clip.parse(wrong), wrong);
        }
    }

    @Test
    void protocols_oneLanguage_leaveOutTheOther() {
        Corpus corpus = EsdCorpus.open(folder);
        List<Utterance> everyone = new ArrayList<>();
        corpus.sexes()
                .keySet()
                .forEach(speaker -> everyone.add(
                        new Utterance(speaker, null, "words of " + speaker, "anger", Origin.ofSpeaker(speaker))));
        for (String language : List.of("english", "mandarin")) {
            List<Split> folds = new UtteranceSplitter(everyone, corpus.sexes(), 1).byName(language, corpus.protocols());
            assertEquals(5, folds.size());
            List<String> tested = folds.stream()
                    .flatMap(split -> split.test().stream())
                    .map(Split.Member::id)
                    .sorted()
                    .toList();
            assertEquals(10, tested.size());
            tested.forEach(speaker -> assertEquals(language.equals("english"), EsdCorpus.speaksEnglish(speaker)));
            folds.forEach(split -> assertEquals(10, split.excluded().size()));
        }
    }
}
