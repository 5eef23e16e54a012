package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.fusion.View;
import dev.parallax.io.Choice;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The record of a model's training: all that is needed to repeat it, and its scores. It has nothing that differs
/// between two equal runs (no times, no threads, no paths), so equal runs give equal model files.
///
/// @param version  of Parallax
/// @param seed     of every random number
/// @param backend  the line of the backend it was trained on
/// @param corpora  kinds of the corpora it was trained on
/// @param dataHash SHA-256 over the contents of the training data, in order
/// @param training the training's settings
/// @param split    ids and content hashes of its parts, and how they were made
/// @param scores   epochs, the best of them where a part chose one, validation scores, and, once scored, test scores
/// @param startedFrom of each model that it started from, the last one first, the split without what was not
///                    learned from ([dev.parallax.corpus.split.Split#learned])
/// @param testSeen how many utterances of the test part those models have learned from or were chosen by
/// @param syntheticSpeech of each corpus whose speech no person spoke, how it was made, one line each; also of those
///                        that the models it started from were trained on
/// @param request what was asked for, without paths, so that it can be asked for again; empty where that is not known
/// @param epochWeights hash of the weights after each epoch ([ModelHashes#weights]), so that a repetition can say from
///                        which epoch on it differs
public record RunRecord(
        String version,
        long seed,
        String backend,
        List<String> corpora,
        String dataHash,
        JsonObject training,
        JsonObject split,
        JsonObject scores,
        List<JsonObject> startedFrom,
        int testSeen,
        List<String> syntheticSpeech,
        JsonObject request,
        List<String> epochWeights) {

    private static final RecordJson<RunRecord> JSON = RecordJson.of(RunRecord.class)
            .leftOut("startedFrom", List.of())
            .leftOut("testSeen", 0)
            .leftOut("syntheticSpeech", List.of())
            .leftOut("request", Json.object())
            .leftOut("epochWeights", List.of());

    private static final String CHOSEN_ON = "chosenOn";

    /// The note on a run whose test part chose the epoch.
    public static final String CHOSEN_ON_TEST = "DISHONEST: the test part chose the epoch (training.chosenOn=test, as"
            + " in the released code of the paper), so its scores are too good and may not stand beside others";

    public RunRecord {
        corpora = List.copyOf(corpora);
        startedFrom = List.copyOf(startedFrom);
        syntheticSpeech = List.copyOf(syntheticSpeech);
        epochWeights = List.copyOf(epochWeights);
    }

    /// Whether the test part chose the epoch.
    public boolean isChosenOnTest() {
        return training.has(CHOSEN_ON) && training.text(CHOSEN_ON).equals(EpochChoice.TEST.word());
    }

    /// Whether a view was scored on the test part.
    public boolean isTested(View view) {
        return scores.has("test") && scores.object("test").has(view.word());
    }

    /// What makes its test scores too good, one line each, for every report of them; empty for a proper run.
    public List<String> dishonesty() {
        return dishonesty(testSeen);
    }

    /// The same of scores of some of its test part.
    ///
    /// @param seen how many of those the models that it started from have learned from or were chosen by
    public List<String> dishonesty(int seen) {
        List<String> lines = new ArrayList<>();
        if (isChosenOnTest()) {
            lines.add(CHOSEN_ON_TEST);
        }
        lines.addAll(startKnew(seen));
        return List.copyOf(lines);
    }

    /// The line about a start that knew some of the test part; none where it knew nothing of it.
    ///
    /// @param seen how many utterances of it
    public static List<String> startKnew(int seen) {
        return seen == 0
                ? List.of()
                : List.of("NOT A TEST: the model that training started from, or one before it, had learned from or was"
                        + " chosen by " + Count.of(seen, "utterance")
                        + " of the test part, so its scores are too good");
    }

    /// This record with other scores.
    public RunRecord withScores(JsonObject changed) {
        return RecordJson.with(this, "scores", changed);
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    ///
    /// @throws BadInputException naming a field that is missing, unknown or of another kind
    public static RunRecord fromJson(JsonObject json) {
        RunRecord record = JSON.read(json);
        JsonObject scores = json.object("scores");
        scores.allowOnly(List.of("epochs", "bestEpoch", "validation", "test"));
        if (scores.has("epochs")) {
            scores.integer("epochs");
            if (scores.has("bestEpoch")) {
                scores.integer("bestEpoch");
            }
            List<String> views = Arrays.stream(View.values()).map(View::word).toList();
            scores.object("validation").allowOnly(views);
            scores.object("test").allowOnly(views);
        }
        JsonObject training = json.object("training");
        if (training.has(CHOSEN_ON)) {
            Choice.of(training.text(CHOSEN_ON), EpochChoice.class, training.where() + "." + CHOSEN_ON + ":");
        }
        return record;
    }
}
