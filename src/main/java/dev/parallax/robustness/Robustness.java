package dev.parallax.robustness;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.eval.ConditionScore;
import dev.parallax.robustness.Condition.Needs;
import dev.parallax.train.Decisions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The scores of a model's decisions when the same utterances come in other ways. Intervals draw speakers, as those of
/// a study do ([dev.parallax.eval.Bootstrap]); that of a difference draws the same ones for both
/// ([dev.parallax.eval.PairedDifference]).
///
/// @param rows    the utterances as they are first, then each condition that applies
/// @param leftOut conditions that do not apply, and why, one line for each reason
public record Robustness(List<ConditionRow> rows, List<String> leftOut) {

    private static final long SEED = 1;

    public Robustness {
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    /// The decisions of a model on changed utterances.
    @FunctionalInterface
    public interface Scorer extends Function<List<Utterance>, Decisions> {}

    /// What is scored.
    ///
    /// @param utterances  as they are
    /// @param clean       the decisions on them
    /// @param readsAudio  whether the model does
    /// @param readsText   whether the model does
    /// @param textIsFixed whether all texts are the same in every emotion, so that wrong words change nothing
    /// @param whole       whether utterances are context of their neighbours: then one to which a condition
    ///                    does not apply stays as it is
    public record Subject(
            List<Utterance> utterances,
            Decisions clean,
            boolean readsAudio,
            boolean readsText,
            boolean textIsFixed,
            boolean whole) {

        public Subject {
            utterances = List.copyOf(utterances);
        }

        /// Why a condition does not apply, or null where it does.
        private @Nullable String obstacle(Needs needs) {
            if (!readsAudio && needs != Needs.TEXT) {
                return "the model reads no audio";
            }
            if (!readsText && needs != Needs.AUDIO) {
                return "the model reads no text";
            }
            if (ids(needs).isEmpty()) {
                return "no utterance has " + needs.words();
            }
            return needs == Needs.TEXT && textIsFixed ? "the texts are the same in every emotion" : null;
        }

        /// The utterances to which a condition applies, by their ids.
        private Set<String> ids(Needs needs) {
            Set<String> answered = new HashSet<>(clean.ids());
            Set<String> ids = new HashSet<>();
            for (Utterance utterance : utterances) {
                if (needs.in(utterance) && answered.contains(utterance.id())) {
                    ids.add(utterance.id());
                }
            }
            return ids;
        }

        /// The utterances under a condition.
        private List<Utterance> under(Condition condition) {
            return utterances.stream()
                    .filter(utterance -> whole || condition.needs().in(utterance))
                    .map(utterance ->
                            condition.needs().in(utterance) ? condition.change().apply(utterance) : utterance)
                    .toList();
        }
    }

    /// Scores under each condition.
    ///
    /// @param conditions of [Conditions#all]
    /// @param scorer     answers to changed utterances; no decision where none can be scored
    /// @param done       called after each condition
    /// @throws BadInputException when no condition applies
    public static Robustness of(Subject subject, List<Condition> conditions, Scorer scorer, Runnable done) {
        Map<Needs, String> obstacles = new EnumMap<>(Needs.class);
        for (Needs needs : Needs.values()) {
            String obstacle = subject.obstacle(needs);
            if (obstacle != null) {
                obstacles.put(needs, obstacle);
            }
        }
        if (obstacles.size() == Needs.values().length) {
            throw new BadInputException("‹robustness›: no condition applies, since "
                    + String.join(", and ", new LinkedHashSet<>(obstacles.values()))
                    + "; give recordings or sentences that the model reads");
        }
        List<ConditionRow> rows = new ArrayList<>(clean(subject, obstacles.keySet()));
        Map<String, List<String>> leftOut = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            String obstacle = obstacles.get(condition.needs());
            if (obstacle == null) {
                Set<String> ids = subject.ids(condition.needs());
                rows.add(row(
                        condition,
                        subject.clean.only(ids),
                        scorer.apply(subject.under(condition)).only(ids)));
            } else {
                leftOut.computeIfAbsent(obstacle, _ -> new ArrayList<>()).add(condition.name());
            }
            done.run();
        }
        return new Robustness(
                rows,
                leftOut.entrySet().stream()
                        .map(entry -> "left out, since " + entry.getKey() + ": " + String.join(", ", entry.getValue()))
                        .toList());
    }

    /// The utterances as they are: all, and those to which some conditions apply, where these are fewer.
    private static List<ConditionRow> clean(Subject subject, Set<Needs> without) {
        List<ConditionRow> rows = new ArrayList<>();
        rows.add(new ConditionRow("clean", "as they are", true, 0, score(subject.clean, subject.clean)));
        Set<Set<String>> shown = new HashSet<>(Set.of(Set.copyOf(subject.clean.ids())));
        for (Needs needs : Needs.values()) {
            Set<String> ids = subject.ids(needs);
            if (!without.contains(needs) && shown.add(ids)) {
                Decisions those = subject.clean.only(ids);
                rows.add(new ConditionRow(
                        "clean, with " + needs.words(),
                        "as they are; the utterances with " + needs.words(),
                        true,
                        0,
                        score(those, those)));
            }
        }
        return rows;
    }

    private static ConditionRow row(Condition condition, Decisions clean, Decisions answers) {
        return new ConditionRow(
                condition.name(),
                condition.what(),
                false,
                clean.size() - answers.size(),
                answers.size() == 0 ? null : score(answers, clean.alongside(answers)));
    }

    private static ConditionScore score(Decisions answers, Decisions clean) {
        return ConditionScore.of(
                answers.truth(),
                answers.predicted(),
                clean.predicted(),
                answers.selective(),
                answers.classes(),
                answers.clusters(),
                SEED);
    }
}
