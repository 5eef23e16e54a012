package dev.parallax.cli.corpus;

import dev.parallax.cli.command.OptionNames;
import dev.parallax.corpus.Corpus;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.statistics.CrossTable;
import dev.parallax.corpus.statistics.Recordings;
import dev.parallax.corpus.statistics.Statistics;
import dev.parallax.data.ClassSet;
import dev.parallax.io.Count;
import dev.parallax.report.CorpusReport;
import dev.parallax.report.page.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/// Converts the statistics of a corpus to the records of its page.
final class CorpusFacts {

    private CorpusFacts() {}

    /// The page of a corpus.
    ///
    /// @param place   as it was given: `emodb:/data/emodb`
    /// @param command that was typed
    static CorpusReport report(String place, String command, Corpus corpus, Statistics statistics) {
        Map<String, Map<String, Integer>> classes = new LinkedHashMap<>();
        classes.put("as labelled", statistics.emotions());
        statistics.classSets().forEach((name, counts) -> {
            if (!name.equals(ClassSet.ALL)) {
                classes.put("--labels " + name, counts);
            }
        });
        List<CorpusReport.Groups> groups = new ArrayList<>();
        add(groups, "part", statistics.parts());
        add(groups, "session", statistics.sessions());
        add(groups, "speaker", statistics.speakers());
        return new CorpusReport(
                place,
                command,
                corpus instanceof EmbeddedCorpus,
                OptionNames.in(corpus.notes()),
                facts(statistics),
                classes,
                groups,
                statistics.recordings().seconds(),
                statistics.words().perText());
    }

    /// A table of groups, if there is more than one.
    private static void add(List<CorpusReport.Groups> groups, String unit, CrossTable table) {
        if (table.rows().size() < 2) {
            return;
        }
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (String group : table.rows().keySet()) {
            List<Integer> counts = table.emotions().stream()
                    .map(emotion -> table.count(group, emotion))
                    .toList();
            rows.put(group, counts);
        }
        groups.add(new CorpusReport.Groups(unit, table.emotions(), rows));
    }

    private static List<Fact> facts(Statistics statistics) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("utterances", Integer.toString(statistics.utterances())));
        String sexes = "";
        for (Map.Entry<Sex, Integer> entry : statistics.sexes().entrySet()) {
            sexes += ", " + entry.getValue() + " " + Statistics.word(entry.getKey());
        }
        int speakers = statistics.knownSpeakers();
        facts.add(new Fact("speakers", speakers == 0 ? "not known" : speakers + sexes));
        count(facts, "sessions", statistics.sessions().rows().size());
        count(facts, "dialogues", statistics.dialogues());
        count(facts, "scripts", statistics.scripts());
        recordings(facts, statistics.recordings());
        facts.add(new Fact(
                "texts",
                statistics.words().perText().size() + ", " + statistics.words().different() + " of them different"));
        facts.add(new Fact(
                "words", statistics.words().total() + ", " + statistics.words().vocabulary() + " of them different"));
        return facts;
    }

    private static void recordings(List<Fact> facts, Recordings recordings) {
        count(facts, "recordings", recordings.seconds().size());
        count(facts, "unreadable recordings", recordings.unreadable());
        if (!recordings.isEmpty()) {
            String durations = String.format(
                    Locale.ROOT,
                    "%.2f s shortest, %.2f s median, %.2f s longest, %s in all",
                    recordings.seconds().getFirst(),
                    recordings.median(),
                    recordings.seconds().getLast(),
                    Recordings.time(recordings.total()));
            facts.add(new Fact("durations", durations));
            facts.add(new Fact("sample rates", list(recordings.sampleRates(), rate -> "at " + rate + " Hz")));
            facts.add(new Fact(
                    "channels", list(recordings.channels(), channels -> "of " + Count.of(channels, "channel"))));
        }
    }

    private static String list(Map<Integer, Integer> counts, IntFunction<String> of) {
        List<String> parts = new ArrayList<>();
        counts.forEach((key, count) -> parts.add(count + " " + of.apply(key)));
        return String.join(", ", parts);
    }

    private static void count(List<Fact> facts, String name, int count) {
        if (count > 0) {
            facts.add(new Fact(name, Integer.toString(count)));
        }
    }
}
