package dev.parallax.audit.attribution;

import dev.parallax.data.DialogueExample;
import dev.parallax.data.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the vectors of all turns of a dialogue add to the logit of one turn's decision: its integrated gradients,
/// added up for each turn and modality. The baseline is the vector 0, which is the mean of training where vectors are
/// standardised; who speaks stays as it is.
///
/// @param logit    with all there is
/// @param baseline the logit at the baseline
/// @param points   nodes of the integral
/// @param gap      of completeness, see [IntegratedGradients#gap]
/// @param complete whether it is within the bound
/// @param audio    what the audio of each turn adds; NaN where it has none or the view does not hear
/// @param text     what the text of each turn adds, likewise
public record TurnWorth(
        double logit,
        double baseline,
        int points,
        double gap,
        boolean complete,
        List<Double> audio,
        List<Double> text) {

    public TurnWorth {
        audio = List.copyOf(audio);
        text = List.copyOf(text);
    }

    static TurnWorth of(IntegratedGradients found, DialogueExample dialogue) {
        Attribution audio = found.audio().isEmpty() ? null : found.audio().getFirst();
        return new TurnWorth(
                found.logit(),
                found.baseline(),
                found.points(),
                found.gap(),
                found.isComplete(),
                perTurn(audio, dialogue, vectors -> vectors.audio() != null),
                perTurn(found.text(), dialogue, vectors -> vectors.text() != null));
    }

    private static List<Double> perTurn(
            @Nullable Attribution worth, DialogueExample dialogue, Predicate<Vectors> isThere) {
        List<Double> all = new ArrayList<>(Collections.nCopies(dialogue.length(), Double.NaN));
        if (worth != null) {
            double[] rows = worth.ofRows();
            int row = 0;
            for (int turn = 0; turn < all.size(); turn++) {
                if (isThere.test(dialogue.utterances().get(turn))) {
                    all.set(turn, rows[row++]);
                }
            }
        }
        return all;
    }

    /// What a turn adds by both modalities.
    public double of(int turn) {
        return orNothing(audio.get(turn)) + orNothing(text.get(turn));
    }

    /// What each turn adds by both modalities.
    public List<Double> both() {
        return IntStream.range(0, audio.size()).mapToObj(this::of).toList();
    }

    private static double orNothing(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
