package dev.parallax.audit;

import dev.parallax.data.DialogueBatch;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts what the network of a dialogue reads into a trace: a row per turn, its vector and who speaks.
final class DialogueRowSteps {

    private DialogueRowSteps() {}

    /// The rows of each modality that some turn has.
    ///
    /// @param turns    the vectors of each
    /// @param speakers of each turn, numbered in the order in which they first speak, -1 where it is
    ///                 not known; null where the network is not told who speaks
    static List<Step> of(Trace trace, List<TurnVectors> turns, int @Nullable [] speakers) {
        List<Step> rows = new ArrayList<>();
        for (Modality modality : Modality.values()) {
            List<Source> vectors = new ArrayList<>();
            List<Integer> speaking = new ArrayList<>();
            for (int i = 0; i < turns.size(); i++) {
                Step vector = turns.get(i).of(modality);
                if (vector != null) {
                    vectors.add(vector.result());
                    speaking.add(speakers == null ? -1 : speakers[i]);
                }
            }
            if (!vectors.isEmpty()) {
                int told = speakers == null ? 0 : DialogueBatch.SPEAKERS;
                rows.add(step(trace, modality.word(), vectors, speaking, told));
            }
        }
        return rows;
    }

    /// @param told how many columns say who speaks
    private static Step step(Trace trace, String part, List<Source> vectors, List<Integer> speaking, int told) {
        double[][] values = vectors.stream().map(trace::values).toArray(double[][]::new);
        int[] who = speaking.stream().mapToInt(Integer::intValue).toArray();
        int[] shape = {who.length, values[0].length + told};
        JsonObject settings = told == 0 ? Json.object() : Json.object().with("speakers", who);
        String formula = told == 0
                ? "row i = vector of turn i, of the turns that have one"
                : "row i = [vector of turn i | who speaks: 1 for the first, second, third or a later one to speak; 0 where"
                        + " it is not known], of the turns that have one";
        return trace.add(
                new Step.Action(part, "rows of the dialogue", formula, settings),
                vectors,
                shape,
                Step.floats(rows(values, who, told)),
                in -> rows(in, who, told));
    }

    private static double[] rows(double[][] vectors, int[] who, int told) {
        int width = vectors[0].length + told;
        double[] rows = new double[vectors.length * width];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], 0, rows, i * width, vectors[i].length);
            if (told > 0 && who[i] >= 0) {
                rows[(i + 1) * width - told + Math.min(who[i], told - 1)] = 1;
            }
        }
        return rows;
    }
}
