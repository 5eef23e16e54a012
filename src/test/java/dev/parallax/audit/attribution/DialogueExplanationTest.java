package dev.parallax.audit.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audit.DialogueAudit;
import dev.parallax.audit.DialogueAudit.FollowedTurn;
import dev.parallax.audit.SmallDialogues;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.Turn;
import dev.parallax.nn.Parameter;
import dev.parallax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the answers to a dialogue hang on.
class DialogueExplanationTest {

    @TempDir
    Path folder;

    private final DialogueModel model = SmallDialogues.model("late-add", true, true, 7);

    private DialogueAudit audited(DialogueModel by, List<Turn> turns) {
        return DialogueAudit.of(by, SmallDialogues.heard(turns));
    }

    static List<String> fusions() {
        return Fusions.names();
    }

    /// With every fusion, vectors standardised or not, the worth of the turns' vectors adds up to the logit of the
    /// turn, and so does that of its own words and sound, through the first stage.
    @ParameterizedTest
    @MethodSource("fusions")
    void of_everyFusion_isCompleteInTurnsAndInTheWordsAndSoundOfEach(String fusion) {
        for (boolean scaled : new boolean[] {true, false}) {
            DialogueModel by = SmallDialogues.model(fusion, scaled, scaled, 7);
            boolean pairs = by.network().fusesInputs(); // fusions of all frames need both modalities in each turn
            List<Turn> turns = SmallDialogues.turns(folder).stream()
                    .filter(turn -> !pairs || (turn.audio() != null && turn.text() != null))
                    .toList();
            DialogueAudit audit = audited(by, turns);
            DialogueExplanation found = DialogueExplanation.of(by, audit, false);
            assertEquals(turns.size(), found.turns().size());
            for (int turn = 0; turn < turns.size(); turn++) {
                TurnExplanation its = found.turns().get(turn);
                FollowedTurn followed = audit.turns().get(turn);
                double logit = Objects.requireNonNull(followed.logits().get(its.view()))
                        .values()[by.labels().names().indexOf(its.label())];
                assertEquals(logit, its.vectors().logit(), 1e-5);
                assertEquals(logit, its.input().logit(), 1e-5, "the whole turn is the end of its own line");
                assertTrue(its.vectors().complete(), fusion + ": " + its.vectors());
                assertTrue(its.input().complete(), fusion + ": " + its.input());
                double sum = its.vectors().both().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertEquals(its.vectors().logit() - its.vectors().baseline(), sum, 0.01 * Math.abs(logit) + 1e-4);
                double own = its.input().audio() + its.input().text();
                assertEquals(its.input().logit() - its.input().baseline(), own, 0.01 * Math.abs(logit) + 1e-4);
                boolean isHeard = turns.get(turn).audio() != null;
                assertEquals(isHeard, !its.input().stretches().isEmpty());
                assertEquals(turns.get(turn).text() != null, !its.words().isEmpty());
                assertEquals(its.words().size(), its.input().words().size());
            }
            assertEquals(
                    2,
                    found.turns().getLast().windowSeconds().size(),
                    "the last turn has two windows, of which the vector is the mean");
        }
    }

    /// Two windows of one turn: the stretches of both are worth what the sound is worth.
    @Test
    void of_turnOfTwoWindows_sharesItsSoundOutOverBoth() {
        List<Turn> turns = SmallDialogues.turns(folder);
        TurnExplanation last = DialogueExplanation.of(model, audited(model, turns), false)
                .turns()
                .getLast();
        assertEquals(2, last.windowSeconds().size());
        assertEquals(2 * Perturbation.STRETCHES, last.input().stretches().size());
        double sum = last.input().stretches().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertEquals(last.input().audio(), sum, 1e-6);
        assertEquals(0, last.start(Perturbation.STRETCHES), "each window has a time of its own");
    }

    /// A turn without a modality has none of its worth, and a turn that speaks alone explains its own view.
    @Test
    void of_turnsThatLackAModality_haveNoWorthOfIt() {
        DialogueExplanation found = DialogueExplanation.of(model, audited(model, SmallDialogues.turns(folder)), false);
        TurnWorth first = found.turns().getFirst().vectors();
        assertTrue(Double.isNaN(first.audio().get(1)), "it has no sound");
        assertTrue(Double.isNaN(first.text().get(2)), "it has no words");
        assertEquals(View.TEXT, found.turns().get(1).view());
        assertTrue(found.turns().get(1).vectors().audio().stream().allMatch(worth -> Double.isNaN(worth)));
        assertEquals("only text is there", found.turns().get(1).noShapley());
        ShapleyValues shapley = Objects.requireNonNull(found.turns().getFirst().shapley());
        assertEquals(shapley.both() - shapley.neither(), shapley.ofAudio() + shapley.ofText(), 1e-12);
        assertEquals(
                found.turns().getFirst().label(), found.occlusion().decisions().getFirst());
    }

    @Test
    void of_causalModel_laterTurnsAreWorthNothingAndAreNotLeftOut() {
        DialogueModel causal = SmallDialogues.causal(7);
        DialogueExplanation found =
                DialogueExplanation.of(causal, audited(causal, SmallDialogues.turns(folder)), false);
        for (int turn = 0; turn < 4; turn++) {
            TurnExplanation its = found.turns().get(turn);
            for (int later = turn + 1; later < 4; later++) {
                assertEquals(0, its.vectors().of(later), "turn " + later + " for " + turn);
            }
            assertTrue(its.vectors().of(turn) != 0);
            assertEquals(turn == 0, its.leaveOut() == null);
        }
        assertTrue(Double.isNaN(found.turns().get(1).agreement()), "one other turn has no order");
    }

    /// Of four turns all sets of others are asked: what is found is the smallest, and predict decides so without it.
    @Test
    void leaveOut_fewTurns_isTheSmallestSetThatChangesTheDecision() {
        List<Turn> turns = SmallDialogues.turns(folder);
        int changed = 0;
        for (int seed = 1; seed <= 12; seed++) {
            DialogueModel by = strong(seed);
            List<TurnExplanation> found =
                    DialogueExplanation.of(by, audited(by, turns), false).turns();
            for (int turn = 0; turn < turns.size(); turn++) {
                SmallestSet fewest = Objects.requireNonNull(found.get(turn).leaveOut());
                Counterfactual.Change change = fewest.change();
                assertEquals(
                        fewestThatChange(by, turns, turn),
                        change == null ? 0 : change.places().size());
                assertTrue(fewest.smallest() && fewest.questions() <= 7, fewest::toString);
                if (change != null) {
                    Prediction then = without(by, turns, turn, change.places());
                    assertEquals(change.decision(), then.decision().label());
                    assertEquals(change.probability(), then.decision().probability());
                    changed++;
                }
            }
        }
        assertTrue(changed > 3, "only " + changed + " decisions could be changed");
    }

    /// A model of large weights, in which neighbours matter much.
    private static DialogueModel strong(long seed) {
        DialogueModel by = SmallDialogues.model("late-add", true, true, seed);
        for (Parameter parameter : by.parameters().all()) {
            Tensor value = by.parameters().value(parameter);
            float[] values = value.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 4;
            }
            SmallDialogues.BACKEND.upload(values, value.buffer());
        }
        return by;
    }

    /// More turns than all sets can be asked of: the budget of the dialogue is shared, and it is not said that no set
    /// changes the decision.
    @Test
    void leaveOut_manyTurns_keepsTheBudgetOfTheDialogue() {
        int count = 30;
        List<Turn> turns = IntStream.range(0, count)
                .mapToObj(i -> new Turn(null, i % 3 == 0 ? "so glad" : "you came so", i % 2 == 0 ? "a" : "b"))
                .toList();
        int most = count - 1 + DialogueExplanation.BUDGET_OF_DIALOGUE / count;
        List<SmallestSet> found = DialogueExplanation.of(model, audited(model, turns), false).turns().stream()
                .map(its -> Objects.requireNonNull(its.leaveOut()))
                .toList();
        assertTrue(found.stream().allMatch(set -> set.questions() <= most), found::toString);
        List<SmallestSet> none =
                found.stream().filter(set -> set.change() == null).toList();
        assertTrue(!none.isEmpty(), "an untrained model hangs on nothing much");
        assertTrue(none.stream().allMatch(set -> !set.smallest() && set.questions() == most), none::toString);
    }

    private static Prediction without(DialogueModel by, List<Turn> turns, int turn, List<Integer> gone) {
        List<Turn> left = new ArrayList<>();
        int place = -1;
        for (int i = 0; i < turns.size(); i++) {
            if (!gone.contains(i)) {
                place = i == turn ? left.size() : place;
                left.add(turns.get(i));
            }
        }
        return by.predict(left).get(place);
    }

    /// How many turns must go at least; 0 where nothing changes the decision.
    private static int fewestThatChange(DialogueModel by, List<Turn> turns, int turn) {
        String whole = by.predict(turns).get(turn).decision().label();
        int fewest = 0;
        for (int set = 1; set < 1 << turns.size(); set++) {
            int bits = set;
            List<Integer> gone = IntStream.range(0, turns.size())
                    .filter(i -> (bits >> i & 1) == 1)
                    .boxed()
                    .toList();
            boolean isChange = !gone.contains(turn)
                    && !without(by, turns, turn, gone).decision().label().equals(whole);
            fewest = isChange && (fewest == 0 || gone.size() < fewest) ? gone.size() : fewest;
        }
        return fewest;
    }

    /// With random weights in all layers the order of the attributions is gone; the checks are seeded.
    @Test
    void checks_randomWeights_destroyTheAttribution() {
        DialogueAudit audit = audited(model, SmallDialogues.turns(folder));
        DialogueExplanation found = DialogueExplanation.of(model, audit, true);
        DialogueChecks checks = Objects.requireNonNull(found.checks());
        assertEquals(List.of(0, 1, 2, 3), checks.turns());
        List<SanityCheck.Level> levels = checks.sanity().levels();
        assertTrue(levels.size() >= 4, levels::toString);
        assertTrue(Math.abs(levels.getLast().audio()) < 0.25, levels::toString);
        assertTrue(Math.abs(levels.getLast().text()) < 0.25, levels::toString);
        DeletionCurve deletion = Objects.requireNonNull(checks.deletion());
        assertEquals(List.of(0, 1, 2, 3), deletion.removed());
        assertEquals(deletion.byImportance().getFirst(), deletion.random().getFirst(), 1e-12);
        assertEquals(deletion.byImportance().getLast(), deletion.random().getLast(), 1e-12);
        assertEquals(checks, DialogueExplanation.of(model, audit, true).checks());
    }

    /// Turns that are worth much are missed more than others: the mean over models in which turns matter.
    @Test
    void checks_mostImportantTurns_areMissedMoreThanOthers() {
        double gain = 0;
        int models = 8;
        for (int seed = 1; seed <= models; seed++) {
            DialogueModel by = strong(seed);
            DialogueExplanation found = DialogueExplanation.of(by, audited(by, SmallDialogues.turns(folder)), true);
            DeletionCurve curve = Objects.requireNonNull(
                    Objects.requireNonNull(found.checks()).deletion());
            gain += curve.gain() / models;
        }
        assertTrue(gain > 0.01, "mean gain " + gain);
    }

    /// Gaps within the bound and above it are said apart.
    @Test
    void summary_gapsAboveTheBound_areCountedWithTheLargest() {
        DialogueExplanation found = DialogueExplanation.of(model, audited(model, SmallDialogues.turns(folder)), false);
        List<TurnExplanation> turns = found.turns().stream()
                .map(its -> withGap(its, 0.0025, true))
                .collect(Collectors.toCollection(ArrayList::new));
        turns.set(1, withGap(turns.get(1), 0.018, false));
        turns.set(2, withGap(turns.get(2), 0.5, false));
        String some = DialogueSummary.checks(new DialogueExplanation(found.occlusion(), turns, null))
                .get(1);
        assertEquals(
                "words and stretches of each turn add up to the logit of 2 turns but for 0.250 % at most, and NOT of"
                        + " 2 turns (off by up to 50.000 %): do not trust them there",
                some);
        String none = DialogueSummary.checks(new DialogueExplanation(found.occlusion(), turns.subList(1, 3), null))
                .get(1);
        assertTrue(
                none.endsWith("add up to the logit of NO turn (off by up to 50.000 %): do not trust them there"), none);
    }

    private static TurnExplanation withGap(TurnExplanation turn, double gap, boolean isComplete) {
        ViewAttribution input = RecordJson.with(RecordJson.with(turn.input(), "gap", gap), "complete", isComplete);
        return RecordJson.with(turn, "input", input);
    }

    @Test
    void of_oneTurn_hasNoOtherToLeaveOut() {
        DialogueAudit audit = audited(model, SmallDialogues.turns(folder).subList(0, 1));
        DialogueExplanation found = DialogueExplanation.of(model, audit, true);
        assertNull(found.turns().getFirst().leaveOut());
        assertNull(Objects.requireNonNull(found.checks()).deletion());
        assertTrue(found.turns().getFirst().vectors().complete());
    }

    @Test
    void toJson_turn_hasWhatIsKnownOfIt() {
        JsonObject json = DialogueExplanation.of(model, audited(model, SmallDialogues.turns(folder)), true)
                .toJson();
        JsonObject first = json.array("turns").objects().getFirst();
        assertNotNull(first.get("without"), "as before");
        assertEquals("fused", first.text("view"));
        assertEquals("fused", first.object("input").text("view"));
        assertTrue(first.object("vectors").flag("complete"));
        assertTrue(first.object("vectors").toText().contains("null"), "a turn without sound");
        assertTrue(
                json.object("checks").object("sanity").array("levels").objects().size() > 3);
    }
}
