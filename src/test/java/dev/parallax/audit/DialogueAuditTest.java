package dev.parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.data.VectorScaling;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Turn;
import dev.parallax.random.RandomStream;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Traces of the answers to a dialogue, and their replay.
class DialogueAuditTest {

    private static final int ALTERATIONS = 33;

    @TempDir
    Path folder;

    private DialogueAudit audited(DialogueModel model) {
        return DialogueAudit.of(model, SmallDialogues.heard(SmallDialogues.turns(folder)));
    }

    private void write(DialogueModel model, DialogueAudit audit) {
        List<AuditedUtterance> utterances = audit.turns().stream()
                .map(turn -> new AuditedUtterance(
                        null,
                        turn.given().speaker(),
                        null,
                        null,
                        turn.given().text(),
                        turn.prediction().toJson()))
                .toList();
        AuditSubject subject = AuditSubject.of(model, "a model", null, "a talk", utterances);
        TraceFile.write(folder, subject.toJson(), audit.trace());
    }

    private Replay.Report replayed(DialogueModel model) {
        return Replay.of(TraceFile.read(folder), model);
    }

    static List<String> fusions() {
        return Fusions.names();
    }

    /// With every fusion the steps end in the answers of predict, and each is what its formula says.
    @ParameterizedTest
    @MethodSource("fusions")
    void of_everyFusion_endsInTheAnswersOfPredictAndReplayHolds(String fusion) {
        DialogueModel model = SmallDialogues.model(fusion, true, true, 7);
        // fusions of all frames need both modalities in each turn
        boolean pairs = model.network().fusesInputs();
        List<Turn> turns = SmallDialogues.turns(folder).stream()
                .filter(turn -> !pairs || (turn.audio() != null && turn.text() != null))
                .toList();
        DialogueAudit audit = DialogueAudit.of(model, SmallDialogues.heard(turns));
        assertEquals(model.predict(turns), audit.predictions());
        write(model, audit);
        Replay.Report report = replayed(model);
        assertEquals(List.of(), report.faults());
        assertTrue(report.findings().stream().allMatch(finding -> finding.now() == 0));
    }

    @Test
    void of_vectorsAsTheyAreAndSpeakersUnknown_replayHolds() {
        DialogueModel model = SmallDialogues.model("late-add", false, false, 7);
        DialogueAudit audit = audited(model);
        assertEquals(model.predict(SmallDialogues.turns(folder)), audit.predictions());
        write(model, audit);
        assertEquals(List.of(), replayed(model).faults());
    }

    /// From each decision a reader comes to the samples of every turn that is heard, and every parameter on the way is
    /// a tensor of the model's file.
    @Test
    void of_dialogue_decisionsLeadBackToAllSamplesAndParametersAreInTheFile() {
        DialogueModel model = SmallDialogues.model("late-add", true, true, 7);
        DialogueAudit audit = audited(model);
        List<Step> steps = audit.trace().steps();
        Set<String> samples = steps.stream()
                .filter(step -> step.action().what().equals(UtteranceAudit.SAMPLES))
                .map(Step::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(4, samples.size(), "one window, none, one window, two windows");
        Step decision = audit.turns().get(1).answer().getLast();
        assertEquals("decision, text", decision.action().what(), "the second turn has no sound");
        Set<String> heard = audit.turns().getFirst().answer().stream()
                .filter(step -> step.action().what().equals("decision, fused"))
                .findFirst()
                .map(step -> before(step, steps))
                .orElseThrow();
        assertTrue(heard.containsAll(samples), heard::toString);
        assertFalse(
                steps.stream().anyMatch(step -> step.action().what().equals("constant")), "nothing comes from nowhere");
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        SafeTensors stored = SafeTensors.read(file);
        List<String> parameters = steps.stream()
                .flatMap(step -> step.in().stream())
                .filter(Source::isParameter)
                .map(Source::parameter)
                .toList();
        assertTrue(parameters.stream().allMatch(stored::contains), parameters::toString);
        assertTrue(parameters.contains("first.audio.lstm.weightIh.0"));
        assertTrue(parameters.contains("audio.gru.weightIh.0"));
    }

    /// The names of all steps that a step comes from.
    private static Set<String> before(Step last, List<Step> steps) {
        Set<String> all = new TreeSet<>(Set.of(last.name()));
        for (int i = last.number(); i >= 0; i--) {
            if (all.contains(steps.get(i).name())) {
                steps.get(i).in().forEach(source -> all.add(source.value()));
            }
        }
        return all;
    }

    @Test
    void of_partOfTheModel_isNamedByModalityInBothStages() {
        DialogueAudit audit = audited(SmallDialogues.model("late-add", true, true, 7));
        Set<String> parts = audit.trace().steps().stream()
                .map(step -> step.action().part())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("audio", "text", "fusion", "answer"), parts);
    }

    @Test
    void replay_otherWeightsOfTheFirstStage_isFoundOut() {
        DialogueModel model = SmallDialogues.model("late-add", true, true, 7);
        write(model, audited(model));
        Replay.Report report = replayed(SmallDialogues.model("late-add", true, true, 8));
        assertTrue(report.faults().getFirst().contains("is of another model"), report.faults()::toString);
    }

    @Test
    void replay_plantedAlterations_allAreFoundOut() throws IOException {
        DialogueModel model = SmallDialogues.model("late-add", true, true, 7);
        write(model, audited(model));
        byte[] steps = Files.readAllBytes(folder.resolve(TraceFile.STEPS));
        byte[] values = Files.readAllBytes(folder.resolve(TraceFile.VALUES));
        RandomStream random = new RandomStream(3, 0, 0, 0);
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < ALTERATIONS; i++) {
            Files.write(folder.resolve(TraceFile.STEPS), steps);
            Files.write(folder.resolve(TraceFile.VALUES), values);
            String what = new Alteration(folder, random).alter(i);
            if (!isFoundOut(model)) {
                missed.add(what);
            }
        }
        assertEquals(List.of(), missed);
    }

    private boolean isFoundOut(DialogueModel model) {
        try {
            return !replayed(model).isTrue();
        } catch (BadInputException e) {
            return true;
        }
    }

    @Test
    void of_modelOfGivenVectors_isRefused() {
        DialogueModel model = SmallDialogues.model("late-add", false, false, 7);
        DialogueModel vectors = new DialogueModel(model.config(), VectorScaling.NONE, null, SmallDialogues.BACKEND, 1);
        String message = Refusal.of(() -> audited(vectors));
        assertTrue(message.contains("answers vectors that another model made"), message);
    }

    @Test
    void of_turnWithNothingToRead_isRefusedWithItsNumber() {
        DialogueModel model = SmallDialogues.model("late-add", false, false, 7);
        List<HeardTurn> turns = List.of(new HeardTurn(List.of(), "so glad", null), new HeardTurn(List.of(), " ", null));
        String message = Refusal.of(() -> DialogueAudit.of(model, turns));
        assertTrue(message.contains("turn 2 of the dialogue has nothing"), message);
    }
}
