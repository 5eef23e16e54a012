package dev.parallax.corpus.statistics;

import dev.parallax.corpus.Corpus;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Sex;
import dev.parallax.data.ClassSet;
import dev.parallax.data.LabelMap;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A corpus in numbers.
///
/// @param utterances how many
/// @param emotions   utterances per emotion, in the order of the labels; `(none)` last
/// @param classSets  utterances per class of each class set that has a name, the usual one first
/// @param speakers   utterances per speaker and emotion; `(unknown)` for those without
/// @param sexes      of the speakers that occur, where it is known: how many are of it
/// @param sessions   utterances per recording session and emotion, where it is known
/// @param parts      utterances per part and emotion, where the corpus names parts
/// @param dialogues  how many different dialogues
/// @param scripts    how many different scripts
/// @param recordings durations, sample rates, channels
/// @param words      counts of words
public record Statistics(
        int utterances,
        Map<String, Integer> emotions,
        Map<String, Map<String, Integer>> classSets,
        CrossTable speakers,
        Map<Sex, Integer> sexes,
        CrossTable sessions,
        CrossTable parts,
        int dialogues,
        int scripts,
        Recordings recordings,
        Words words) {

    private static final String UNKNOWN = "(unknown)"; // speaker
    private static final int SHOWN = 24; // of a list, to people

    /// Counts everything, told to nobody.
    public static Statistics of(Corpus corpus) {
        return of(corpus, _ -> {});
    }

    /// Counts everything and reads the header of every recording.
    ///
    /// @param done called after each utterance with the number done
    public static Statistics of(Corpus corpus, IntConsumer done) {
        List<Utterance> all = corpus.utterances();
        List<String> labels = corpus.labels().names();
        CrossTable speakers = CrossTable.of(all, labels, each -> each.speaker() == null ? UNKNOWN : each.speaker());
        Map<Sex, Integer> sexes = new LinkedHashMap<>();
        corpus.sexes().forEach((speaker, sex) -> {
            if (speakers.rows().containsKey(speaker)) {
                sexes.merge(sex, 1, Integer::sum);
            }
        });
        return new Statistics(
                all.size(),
                emotions(all, labels),
                classSets(corpus),
                speakers,
                sexes,
                CrossTable.of(all, labels, Utterance::session),
                CrossTable.of(all, labels, Utterance::split).startingWith(Part.WORDS),
                different(all, Utterance::dialogue),
                different(all, Utterance::script),
                Recordings.of(all, done),
                Words.of(all));
    }

    private static Map<String, Integer> emotions(List<Utterance> utterances, List<String> labels) {
        Map<String, Integer> emotions = new LinkedHashMap<>();
        labels.forEach(label -> emotions.put(label, 0));
        for (Utterance utterance : utterances) {
            emotions.merge(utterance.emotion() == null ? CrossTable.NONE : utterance.emotion(), 1, Integer::sum);
        }
        return emotions;
    }

    private static Map<String, Map<String, Integer>> classSets(Corpus corpus) {
        Map<String, Map<String, Integer>> sets = new LinkedHashMap<>();
        for (ClassSet set : corpus.classSets()) {
            LabelMap map = set.labels();
            sets.put(
                    set.name(),
                    emotions(
                            map.apply(corpus.utterances()).utterances(),
                            map.labels().names()));
        }
        return sets;
    }

    private static int different(List<Utterance> utterances, Function<Utterance, @Nullable String> fact) {
        return (int) utterances.stream()
                .map(fact)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    /// For people.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("utterances   " + utterances);
        lines.add("emotions     " + counts(emotions));
        classSets.forEach((name, counts) -> {
            if (!name.equals(ClassSet.ALL)) {
                int all = counts.values().stream().mapToInt(Integer::intValue).sum();
                lines.add("‹labels " + name + "›" + " ".repeat(Math.max(1, 4 - name.length())) + counts(counts) + ": "
                        + all);
            }
        });
        lines.add("speakers     "
                + (knownSpeakers() == 0 ? "not known" : knownSpeakers() + bySex() + ": " + counts(speakers.totals())));
        if (!sessions.isEmpty()) {
            lines.add("sessions     " + sessions.rows().size() + ": " + counts(sessions.totals()));
        }
        if (!parts.isEmpty()) {
            lines.add("parts        " + counts(parts.totals()));
        }
        if (dialogues > 0) {
            lines.add("dialogues    " + dialogues);
        }
        if (scripts > 0) {
            lines.add("scripts      " + scripts);
        }
        lines.addAll(recordings.lines());
        lines.add(words.line());
        return lines;
    }

    /// How many different speakers, without those who are not known.
    public int knownSpeakers() {
        return speakers.rows().size() - (speakers.rows().containsKey(UNKNOWN) ? 1 : 0);
    }

    private String bySex() {
        List<String> parts = new ArrayList<>();
        sexes.forEach((sex, count) -> parts.add(count + " " + word(sex)));
        return parts.isEmpty()
                ? ""
                : " (" + String.join(", ", parts.stream().sorted().toList()) + ")";
    }

    /// `female` or `male`.
    public static String word(Sex sex) {
        return sex.name().toLowerCase(Locale.ROOT);
    }

    /// `anger 127, boredom 81`, the first of many.
    static String counts(Map<?, Integer> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((key, count) -> parts.add(key + " " + count));
        boolean many = parts.size() > SHOWN;
        return String.join(", ", many ? parts.subList(0, SHOWN) : parts)
                + (many ? ", … and " + (parts.size() - SHOWN) + " more" : "");
    }

    /// For scripts.
    public JsonObject toJson() {
        Map<String, Json> sets = new LinkedHashMap<>();
        classSets.forEach((name, counts) -> sets.put(name, toJson(counts)));
        Map<String, Integer> bySex = new LinkedHashMap<>();
        sexes.forEach((sex, count) -> bySex.put(word(sex), count));
        JsonObject json = Json.object()
                .with("utterances", utterances)
                .with("emotions", toJson(emotions))
                .with("classSets", Json.object(sets))
                .with("speakers", toJson(speakers.totals()))
                .with("sexes", toJson(bySex))
                .with("sessions", toJson(sessions.totals()))
                .with("parts", toJson(parts.totals()))
                .with("dialogues", dialogues)
                .with("scripts", scripts);
        return recordings.addTo(words.addTo(json));
    }

    static JsonObject toJson(Map<?, Integer> counts) {
        Map<String, Json> fields = new LinkedHashMap<>();
        counts.forEach((key, count) -> fields.put(String.valueOf(key), new Json.Whole(count)));
        return Json.object(fields);
    }
}
