package dev.parallax.audit.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audit.DialogueAudit;
import dev.parallax.audit.SmallDialogues;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Turns of a dialogue left out.
class TurnOcclusionTest {

    @TempDir
    Path folder;

    private final DialogueModel model = SmallDialogues.model("late-add", true, true, 7);

    private TurnOcclusion of(List<Turn> turns) {
        return TurnOcclusion.of(model, DialogueAudit.of(model, SmallDialogues.heard(turns)));
    }

    /// What is said to hold without a turn is what predict answers without it.
    @Test
    void of_eachTurnLeftOut_isWhatPredictAnswersWithoutIt() {
        List<Turn> turns = SmallDialogues.turns(folder);
        TurnOcclusion occlusion = of(turns);
        List<Prediction> whole = model.predict(turns);
        int compared = 0;
        for (int left = 0; left < turns.size(); left++) {
            List<Turn> others = new ArrayList<>(turns);
            others.remove(left);
            List<Prediction> then = model.predict(others);
            for (int i = 0; i < others.size(); i++) {
                int turn = i < left ? i : i + 1;
                int label = model.labels()
                        .names()
                        .indexOf(whole.get(turn).decision().label());
                double expected = Objects.requireNonNull(
                                then.get(i).answers().get(whole.get(turn).by()))
                        .probabilities()
                        .get(label);
                assertEquals(expected, occlusion.withouts().get(turn).get(left));
                assertEquals(
                        then.get(i).decision().label(),
                        occlusion.changed().get(turn).get(left));
                compared++;
            }
        }
        assertEquals(12, compared);
        assertTrue(Math.abs(occlusion.change(0, 1)) > 0, "neighbours matter");
    }

    @Test
    void strongest_turn_isTheOneOfTheLargestChange() {
        TurnOcclusion occlusion = new TurnOcclusion(
                List.of("joy", "joy", "joy"),
                List.of(0.5, 0.5, 0.5),
                List.of(List.of(Double.NaN, 0.6, 0.3), List.of(0.5, Double.NaN, 0.5), List.of(0.9, 0.4, Double.NaN)),
                List.of(List.of("joy", "joy", "joy"), List.of("joy", "joy", "joy"), List.of("joy", "joy", "joy")));
        assertEquals(2, occlusion.strongest(0));
        assertEquals(-1, occlusion.strongest(1), "none changes it");
        assertEquals(0, occlusion.strongest(2));
        assertEquals(-0.2, occlusion.change(0, 2), 1e-12);
        JsonObject first = occlusion.toJson().array("turns").objects().getFirst();
        assertTrue(first.toText().contains("[null,0.6,0.3]"), first::toText);
        assertEquals("joy", Json.parseObject(first.toText(), "turn").text("decision"));
    }

    @Test
    void of_oneTurn_hasNoNeighbour() {
        TurnOcclusion occlusion = of(SmallDialogues.turns(folder).subList(0, 1));
        assertEquals(-1, occlusion.strongest(0));
        assertEquals(1, occlusion.decisions().size());
    }

    @Test
    void of_causalModel_laterTurnsChangeNothing() {
        DialogueModel causal = SmallDialogues.causal(7);
        DialogueAudit audit = DialogueAudit.of(causal, SmallDialogues.heard(SmallDialogues.turns(folder)));
        TurnOcclusion occlusion = TurnOcclusion.of(causal, audit);
        assertEquals(0, occlusion.change(0, 3));
        assertEquals(0, occlusion.change(1, 2));
        assertEquals(-1, occlusion.strongest(0));
        assertTrue(Math.abs(occlusion.change(3, 0)) > 0, "earlier ones do");
    }
}
