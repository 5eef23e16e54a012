package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.split.Part;
import dev.parallax.fusion.Loss;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EpochChoice;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Parameters;
import dev.parallax.optim.Adam;
import dev.parallax.optim.Optimizer;
import dev.parallax.optim.Schedule;
import dev.parallax.optim.Sgd;
import dev.parallax.tensor.Shape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingConfigTest {

    private static final double DECAY = 0.1;

    @Test
    void json_writtenAndRead_isTheSame() {
        for (TrainingConfig config : List.of(TrainingConfig.STANDARD, TrainingConfig.DIALOGUE)) {
            assertEquals(config, TrainingConfig.fromJson(config.toJson()));
        }
        JsonObject json = TrainingConfig.STANDARD.toJson();
        assertEquals(
                "adamw cosine mean val",
                String.join(
                        " ",
                        json.text("optimizer"),
                        json.text("schedule"),
                        json.text("reduction"),
                        json.text("chosenOn")));
    }

    @ParameterizedTest
    @CsvSource({"true, PERSPECTIVE", "false, FUSED"})
    void fromJson_flagOfFormerVersions_isTheLossThatItMeant(boolean flag, Loss loss) {
        JsonObject json = TrainingConfig.DIALOGUE.toJson().without("loss");
        for (String later : List.of("modulation", "aloneShare", "modalityDropout")) {
            json = json.without(later);
        }
        assertEquals(
                TrainingConfig.DIALOGUE.with("loss", loss), TrainingConfig.fromJson(json.with("perspectives", flag)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    optimizer | adamax | [adam, adamw, sgd]; did you mean "adam" or "adamw"?
                    schedule  | cosin  | [constant, cosine, plateau]; did you mean "cosine"?
                    reduction | summ   | [mean, sum]; did you mean "sum"?
                    loss      | alone  | [fused, perspective, modulated, alone-first, modality-dropout]
                    chosenOn  | train  | [val, nothing, test]
                    chosenBy  | los    | [accuracy, loss]; did you mean "loss"?
                    """)
    void fromJson_unknownChoice_isRefusedWithAllAndTheNearest(String key, String word, String known) {
        JsonObject json = TrainingConfig.STANDARD.toJson().with(key, word);
        assertEquals(
                "run.json: " + key + ": \"" + word + "\" is not one of " + known,
                Refusal.of(() -> TrainingConfig.fromJson(Json.parseObject(json.toText(), "run.json"))));
    }

    @ParameterizedTest
    @EnumSource
    void optimizer_ofEachKind_stepsAsTheOneItNames(OptimizerKind kind) {
        Function<Parameters, Optimizer> named = switch (kind) {
            case ADAM -> parameters -> new Adam(parameters, DECAY, false);
            case ADAMW -> parameters -> new Adam(parameters, DECAY, true);
            case SGD -> parameters -> new Sgd(parameters, 0.9, false, DECAY);
        };
        assertArrayEquals(stepped(named), stepped(parameters -> kind.of(parameters, DECAY, 1)));
    }

    /// Trained blocks of a pretrained encoder move by a share of the learning rate, all others as ever.
    @ParameterizedTest
    @EnumSource
    void optimizer_encoderShare_scalesTheStepsOfItsBlocks(OptimizerKind kind) {
        float[] moved = new float[4];
        Backend backend = new ScalarBackend();
        Parameters parameters = new Parameters();
        parameters.add("audio.head", Shape.of(1), Initializer.zeros());
        parameters.add("text.encoder.layer.0", Shape.of(2), Initializer.zeros());
        parameters.add("text.head", Shape.of(1), Initializer.zeros());
        parameters.initialize(backend, 1);
        Optimizer optimizer = kind.of(parameters, 0, 0.25);
        Buffer gradient = backend.allocate(4);
        backend.upload(new float[] {1, 1, 1, 1}, gradient);
        optimizer.step(gradient, 0.5);
        optimizer.step(gradient, 0.5);
        backend.download(parameters.values(), moved);
        assertTrue(moved[0] < 0);
        assertEquals(moved[0], moved[3]);
        assertEquals(moved[0] / 4, moved[1], 1e-6);
        assertEquals(moved[1], moved[2]);
    }

    /// What two steps make of ones.
    private static float[] stepped(Function<Parameters, Optimizer> maker) {
        Backend backend = new ScalarBackend();
        Parameters parameters = new Parameters();
        parameters.add("p", Shape.of(3), Initializer.constant(1));
        parameters.initialize(backend, 1);
        Optimizer optimizer = maker.apply(parameters);
        Buffer gradient = backend.allocate(3);
        backend.upload(new float[] {1, -2, 3}, gradient);
        optimizer.step(gradient, 0.1);
        optimizer.step(gradient, 0.1);
        float[] values = new float[3];
        backend.download(parameters.values(), values);
        return values;
    }

    @Test
    void schedule_ofEachKind_isTheOneItNames() {
        TrainingConfig config = TrainingConfig.STANDARD;
        assertEquals(new Schedule.Constant(1e-3), ScheduleKind.CONSTANT.of(config));
        assertEquals(new Schedule.WarmUpCosine(1e-3, 2, 40), ScheduleKind.COSINE.of(config));
        assertEquals(new Schedule.ReduceOnPlateau(1e-3, 0.5, 7), ScheduleKind.PLATEAU.of(config));
        TrainingConfig brief = TrainingConfig.fromJson(config.toJson().with("epochs", 3));
        assertEquals(new Schedule.WarmUpCosine(1e-3, 1.5, 3), ScheduleKind.COSINE.of(brief));
    }

    @ParameterizedTest
    @EnumSource
    void reduction_scaleTimesTerms_isTheSumOverUtterances(Reduction reduction) {
        assertEquals(1, reduction.scale(4) * reduction.terms(4));
    }

    @ParameterizedTest
    @CsvSource({"VAL, VAL, false, false", "NOTHING, VAL, false, true", "TEST, TEST, true, true"})
    void chosenOn_eachPart_decidesWhatIsLookedAtAndLearned(EpochChoice choice, Part part, boolean onTest, boolean all) {
        TrainingConfig config =
                TrainingConfig.fromJson(TrainingConfig.STANDARD.toJson().with("chosenOn", choice));
        assertEquals(part, config.choosingPart());
        assertEquals(onTest, config.choosesOnTest());
        assertEquals(all, config.trainsOnVal());
    }
}
