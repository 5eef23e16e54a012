package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.eval.ConditionScore;
import dev.parallax.io.Count;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The scores of a model's decisions when the same utterances come in other ways: noise, narrow bands, rooms, wrong
/// words. What each condition is stands with its scores.
///
/// @param conditions the utterances as they are first, then each condition that applies
/// @param leftOut    conditions that do not apply, and why, one line each
public record Robustness(List<ConditionScore> conditions, List<String> leftOut) {

    private static final long SEED = 1;

    public Robustness {
        conditions = List.copyOf(conditions);
        leftOut = List.copyOf(leftOut);
    }

    /// What a model answers to changed utterances.
    interface Scorer extends BiFunction<List<Utterance>, Consumer<String>, Decisions> {}

    /// Scores under each condition.
    ///
    /// @param chosen   the utterances as they are
    /// @param clean    the decisions on them
    /// @param whole    whether an utterance to which a condition does not apply stays, as its neighbours' context
    /// @param scorer   answers to changed utterances; the second argument receives what should be known, line by line
    /// @throws BadInputException when no condition applies
    static Robustness of(
            List<Utterance> chosen,
            Decisions clean,
            boolean readsAudio,
            boolean readsText,
            boolean whole,
            Scorer scorer,
            Remarks remarks) {
        List<ConditionScore> scores = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        scores.add(score("clean", "as they are", clean, clean));
        List<Condition> all = Condition.all(chosen);
        try (Remarks.Progress progress = remarks.progress("conditions", all.size())) {
            for (Condition condition : all) {
                String obstacle = obstacle(condition, chosen, readsAudio, readsText);
                if (obstacle == null) {
                    scores.add(score(condition, chosen, clean, whole, scorer, remarks));
                } else {
                    leftOut.add(condition.name() + ": left out, since " + obstacle);
                }
                progress.advance(1);
            }
        }
        if (scores.size() == 1) {
            throw new BadInputException("‹robustness›: no condition applies, since " + (readsAudio ? "" : "the model reads"
                    + " no audio and ") + "no utterance has what it reads; give recordings or sentences");
        }
        return new Robustness(scores, leftOut);
    }

    /// Why a condition does not apply, or null where it does.
    private static @Nullable String obstacle(
            Condition condition, List<Utterance> chosen, boolean readsAudio, boolean readsText) {
        if (!condition.fits(readsAudio, readsText)) {
            return "the model reads no " + (readsAudio ? "text" : "audio");
        }
        if (chosen.stream().allMatch(utterance -> condition.of(utterance) == null)) {
            return switch (condition.needs()) {
                case AUDIO -> "no utterance has audio";
                case TEXT -> "no utterance has text";
                case BOTH -> "no utterance has both audio and text";
            };
        }
        return null;
    }

    private static ConditionScore score(
            Condition condition,
            List<Utterance> chosen,
            Decisions clean,
            boolean whole,
            Scorer scorer,
            Remarks remarks) {
        List<Utterance> changed = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Utterance utterance : chosen) {
            Utterance other = condition.of(utterance);
            if (other != null) {
                ids.add(utterance.id());
                changed.add(other);
            } else if (whole) {
                changed.add(utterance);
            }
        }
        Decisions answers = scorer.apply(changed, line -> remarks.warn(condition.name() + ": " + line))
                .onlyThoseIn(ids);
        Decisions before = clean.onlyThoseIn(Set.copyOf(answers.ids()));
        long lost = clean.ids().stream().filter(ids::contains).count() - answers.size();
        if (lost > 0) {
            remarks.warn(condition.name() + ": " + Count.of(lost, "utterance") + " could not be scored");
        }
        return score(condition.name(), condition.what(), answers, before);
    }

    private static ConditionScore score(String name, String what, Decisions answers, Decisions clean) {
        return ConditionScore.of(
                name,
                what,
                answers.truth(),
                answers.predicted(),
                clean.predicted(),
                answers.sure(),
                answers.classes(),
                answers.clusters(),
                SEED);
    }
}
