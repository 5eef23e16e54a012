package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.fusion.Modality;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.setup.request.GroupsRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.StartRequest;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.study.BaselineChoice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Changing one part of a request leaves the others as they were.
class RequestsTest {

    private static final Path FOLDER = Path.of("runs");

    @Test
    void training_eachChange_isOfItsPartAlone() {
        TrainingRequest request = TrainingRequest.of("emodb:x").into(FOLDER);
        TrainingRequest changed = request.withSpeakers(List.of("a"), List.of("b"))
                .withStart(StartRequest.from(Path.of("model")))
                .withoutVariedCopies();
        assertEquals(List.of("a"), changed.split().testSpeakers());
        assertEquals(List.of("b"), changed.split().valSpeakers());
        assertEquals(Path.of("model"), changed.start().model());
        assertTrue(changed.asRecorded());
        assertEquals(request.corpus(), changed.corpus());
        assertEquals(request.model(), changed.model());
        assertEquals(FOLDER, changed.out());
    }

    @Test
    void corpusAndModel_eachChange_isOfItsPartAlone() {
        CorpusRequest corpus = CorpusRequest.of("synthetic:1").withLabels("4").withSize(8);
        assertEquals(new CorpusRequest(List.of("synthetic:1"), "4", 8, null, List.of(), null, null), corpus);
        assertEquals(Path.of("wav"), corpus.withRoot(Path.of("wav")).withSize(9).root());
        ModelRequest model = ModelRequest.STANDARD.withLevel(Level.DIALOGUE);
        assertEquals(Level.DIALOGUE, model.level());
        assertEquals(ModelRequest.STANDARD, model.withLevel(Level.UTTERANCE));
        ModelRequest all = model.withModalities(Modality.TEXT)
                .withFeatures("is09")
                .withSetting("training.epochs", "2")
                .withSeed(7)
                .withFusion("late-add");
        SettingChanges settings = new SettingChanges(null, null, List.of(new Setting("training.epochs", "2")));
        assertEquals(
                new ModelRequest(
                        Level.DIALOGUE,
                        List.of(Modality.TEXT),
                        "is09",
                        settings,
                        7L,
                        "late-add",
                        null,
                        false,
                        false,
                        EncoderRequest.NONE),
                all);
    }

    @Test
    void evaluation_allParts_hasNoPart() {
        EvaluationRequest request = EvaluationRequest.of(FOLDER, "emodb:x");
        assertEquals("test", request.partName());
        assertNull(request.withAllParts().part());
        assertEquals("all", request.withAllParts().partName());
        assertNotEquals(request, request.withAllParts());
    }

    @Test
    void study_noSeeds_isRefused() {
        StudyRequest request = StudyRequest.of(FOLDER, "emodb:x");
        assertEquals("study: ‹seeds 0›: must be at least 1", Refusal.of(() -> request.withSeeds(0)));
    }

    @Test
    void study_eachChange_isOfItsPartAlone() {
        StudyRequest request = StudyRequest.of(FOLDER, "emodb:x");
        StudyRequest changed = request.withFusions("late-add", "early-add")
                .withSeeds(2)
                .withFolds("loso")
                .withGroups(Path.of("g.csv"), "a", "b")
                .withBaselines(BaselineChoice.NONE);
        assertEquals(List.of("late-add", "early-add"), changed.fusions());
        assertEquals(2, changed.seeds());
        assertEquals("loso", changed.folds());
        assertEquals(new GroupsRequest(Path.of("g.csv"), List.of("a", "b")), changed.groups());
        assertEquals(BaselineChoice.NONE, changed.baselines());
        assertEquals(request.losses(), changed.losses());
        assertEquals(request.corpus(), changed.corpus());
    }
}
