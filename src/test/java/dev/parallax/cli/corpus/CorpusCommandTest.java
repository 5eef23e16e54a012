package dev.parallax.cli.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Outcome;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.corpus.Corpora;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusCommandTest {

    @TempDir
    private Path folder;

    private String manifest() throws IOException {
        StringBuilder csv = new StringBuilder("text,emotion,speaker\n");
        for (String emotion : List.of("anger", "happiness", "neutral", "sadness", "fear")) {
            csv.append("one two,")
                    .append(emotion)
                    .append(",anna\nthree,")
                    .append(emotion)
                    .append(",bert\n");
        }
        return "manifest:" + Files.writeString(folder.resolve("m.csv"), csv);
    }

    @Test
    void help_listsKindsProtocolsAndClassSets() {
        String help = Outcome.of("corpus", "--help").out();
        OptionNames.in(Corpora.described()).forEach(line -> assertTrue(help.contains(line), line));
        for (String part : List.of("dialogues-120-31", "improvised", "4-dropped", "pairs")) {
            assertTrue(help.contains(part), part);
        }
        assertTrue(help.lines().anyMatch("  speakers    60"::equals), help);
        assertTrue(help.replaceAll("\\s+", " ").contains("with --spoken 100 to 50000 (default: "), help);
    }

    @Test
    void synthesize_settingOfSpokenCorporaWithoutSentences_isRefused() {
        Outcome refused = Outcome.of(
                "corpus",
                "synthesize",
                "--set",
                "speakers=8",
                "--out",
                folder.resolve("none").toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--set is for spoken corpora"), refused.err());
    }

    /// Each would be passed over without a word.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stats MANIFEST --spoken goemotions:none | corpus stats: --spoken is not for it, it takes --root, --out",
                "stats MANIFEST --cache none | corpus stats: --cache",
                "stats MANIFEST --threads 1 | corpus stats: --threads",
                "stats MANIFEST --size 40 | corpus stats: --size",
                "verify MANIFEST --out none | corpus verify: --out is not for it, it takes --root, --cache, --threads",
                "verify MANIFEST --seed 2 | corpus verify: --seed",
                "verify MANIFEST --set speakers=8 | corpus verify: --set",
                "synthesize --out none --cache none | corpus synthesize: --cache is not for it, it takes --seed, --size, --out",
                "synthesize --out none --root none | corpus synthesize: --root",
                "synthesize --out none --threads 1 | corpus synthesize: --threads",
                "synthesize --out none --spoken MANIFEST --cache none | corpus synthesize --spoken: --cache"
            })
    void optionThatAnotherActionReads_isRefused(String line, String message) throws IOException {
        String typed = "corpus " + line.replace("MANIFEST", manifest());
        Outcome refused = Outcome.of(typed.split(" "));
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains(message), refused.err());
    }

    @Test
    void stats_forPeople_countsClassSetsAndWords() throws IOException {
        Outcome outcome = Outcome.of("corpus", "stats", manifest());
        assertEquals(0, outcome.code(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertTrue(lines.contains("--labels 4   anger 2, happiness 2, neutral 2, sadness 2: 8"), outcome.out());
        assertTrue(
                lines.contains("texts        10, 2 of them different, with 15 words, 3 of them different"),
                outcome.out());
    }

    @Test
    void stats_out_writesThePage() throws IOException {
        Path out = folder.resolve("stats");
        Outcome outcome = Outcome.of("corpus", "stats", manifest(), "--out", out.toString(), "--json");
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject json = outcome.json();
        assertEquals(out.resolve("report.html").toString(), json.text("report"));
        assertEquals(8, json.object("classSets").object("4").fields().size() * 2);
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("Classes by speaker"));
        assertTrue(Files.exists(out.resolve("figures/classes-2.csv")));
    }

    @Test
    void stats_outOfRecordings_saysHowManyChannelsTheyHave() throws IOException {
        Path heard = Outcome.synthesized(folder.resolve("heard"), 40);
        Path out = folder.resolve("heard-stats");
        Outcome outcome = Outcome.of("corpus", "stats", "manifest:" + heard, "--out", out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(Files.readString(out.resolve("report.html")).contains("<dd>40 of 1 channel</dd>"));
    }

    @Test
    void verify_json_isTheContract() throws IOException {
        Outcome outcome = Outcome.of("corpus", "verify", manifest(), "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(10, outcome.json().integer("checked"));
        assertTrue(outcome.json().flag("ok"));
    }

    @Test
    void verify_emotionsThatLookAlike_areToldWithTheOption() throws IOException {
        Path table = Files.writeString(folder.resolve("alike.csv"), "id,text,emotion\na,so,joy\nb,oh,none\n");
        String mend = "or leave the class out with --labels";
        Outcome lines = Outcome.of("corpus", "verify", "manifest:" + table);
        assertTrue(lines.out().contains(mend), lines.out());
        Outcome json = Outcome.of("corpus", "verify", "manifest:" + table, "--json");
        assertTrue(json.out().contains(mend), json.out());
    }

    @Test
    void verify_wrongFolder_isOneLine() {
        Outcome outcome = Outcome.of("corpus", "verify", "iemocap:" + folder);
        assertEquals(2, outcome.code());
        assertEquals(
                "parallax: iemocap: " + folder + " does not hold the folders Session1 to Session5; give the folder that"
                        + " does (how to get the corpus: data/README.md)\n",
                outcome.err());
    }
}
