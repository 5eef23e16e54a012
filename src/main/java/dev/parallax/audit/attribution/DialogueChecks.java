package dev.parallax.audit.attribution;

import dev.parallax.data.DialogueExample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether what turns are worth can be trusted: the mean of what is found of some turns, at most ten, evenly
/// spread over the dialogue.
///
/// @param turns    that were checked, from 0
/// @param sanity   whether the attribution to the vectors depends on the weights of the network
/// @param deletion the probability while other turns are left out; null where a turn has fewer than two others
public record DialogueChecks(
        List<Integer> turns, SanityCheck sanity, @Nullable DeletionCurve deletion) {

    private static final int MOST_TURNS = 10;

    public DialogueChecks {
        turns = List.copyOf(turns);
    }

    static DialogueChecks of(FewerTurns fewer, DialogueExample dialogue, List<TurnExplanation> explained) {
        int some = Math.min(MOST_TURNS, fewer.count());
        List<Integer> turns = IntStream.range(0, some)
                .mapToObj(i -> (int) ((i + 0.5) * fewer.count() / some))
                .toList();
        List<DeletionCurve> curves = new ArrayList<>();
        for (int turn : fewer.count() < 3 ? List.<Integer>of() : turns) {
            curves.add(deletion(fewer, turn, explained.get(turn).vectors()));
        }
        return new DialogueChecks(
                turns,
                SanityCheck.of(
                        fewer.model(),
                        dialogue,
                        turns.stream().map(fewer::asked).toList()),
                curves.isEmpty() ? null : DeletionCurve.mean(curves));
    }

    /// All other turns are left out, those that are worth most first; the turn itself stays.
    private static DeletionCurve deletion(FewerTurns fewer, int turn, TurnWorth worth) {
        List<Integer> others = IntStream.range(0, fewer.count())
                .filter(other -> other != turn)
                .boxed()
                .toList();
        return DeletionCurve.of(
                "turns",
                others.stream().map(worth::of).toList(),
                others.size(),
                ShapleyValues.prior(fewer.model(), fewer.label(turn)),
                turn * DeletionCurve.ORDERS,
                gone -> fewer.probability(
                        turn,
                        fewer.without(
                                turn,
                                FewerTurns.set(
                                        gone.stream().mapToObj(others::get).toList()))));
    }
}
