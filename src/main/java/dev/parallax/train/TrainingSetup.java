package dev.parallax.train;

import dev.parallax.corpus.split.Split;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.ModelSpec;
import dev.parallax.model.RunRecord;
import dev.parallax.model.StartingWeights;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a training run starts from: with it, the run is determined.
///
/// @param corpora    kinds of the corpora, for the record
/// @param utterances all of them, already mapped to the plan's labels
/// @param split      which of them are trained on, which choose, which are scored
/// @param plan       the model to be made
/// @param training   how it learns
/// @param start      what the weights start from, beside random numbers; in a run on dialogues, those of its first
///                   stage
/// @param first      what makes the vectors that a model of dialogues reads, or null where the utterances have
///                   them
/// @param testSeen   how many utterances of the test part the model of `start`, or one before it, has learned
///                   from or was chosen by
/// @param syntheticSpeech of each corpus whose speech no person spoke, how it was made, for the record
/// @param request    what was asked for, without paths, for the record; empty where nobody asked
public record TrainingSetup(
        List<String> corpora,
        List<Utterance> utterances,
        Split split,
        ModelSpec plan,
        TrainingConfig training,
        StartingWeights start,
        @Nullable FirstStage first,
        int testSeen,
        List<String> syntheticSpeech,
        JsonObject request) {

    /// A run from random numbers that needs no stage before it.
    public TrainingSetup(
            List<String> corpora, List<Utterance> utterances, Split split, ModelSpec plan, TrainingConfig training) {
        this(corpora, utterances, split, plan, training, StartingWeights.RANDOM, null);
    }

    /// A run whose test part is new to the model that it starts from, if there is one.
    public TrainingSetup(
            List<String> corpora,
            List<Utterance> utterances,
            Split split,
            ModelSpec plan,
            TrainingConfig training,
            StartingWeights start,
            @Nullable FirstStage first) {
        this(corpora, utterances, split, plan, training, start, first, 0, List.of(), Json.object());
    }

    /// Where the validation part does not choose, it is trained on. The speakers are then recorded in the split.
    public TrainingSetup {
        corpora = List.copyOf(corpora);
        utterances = List.copyOf(utterances);
        syntheticSpeech = List.copyOf(syntheticSpeech);
        split = training.parts(split).spokenBy(utterances);
    }

    /// What makes scores of its test part too good, one line each; empty for a proper run.
    public List<String> dishonesty() {
        return Stream.concat(training.dishonesty().stream(), RunRecord.startKnew(testSeen).stream())
                .toList();
    }

    /// The same run on vectors that a first stage has made.
    ///
    /// @param made the utterances that it could read
    public TrainingSetup withVectors(List<Utterance> made) {
        return new TrainingSetup(
                corpora, made, split.within(made), plan, training, start, null, testSeen, syntheticSpeech, request);
    }

    /// A run on the same utterances from the same start, with all that is recorded of them.
    public TrainingSetup like(
            Split itsSplit, ModelSpec itsPlan, TrainingConfig itsTraining, @Nullable FirstStage itsFirst) {
        return new TrainingSetup(
                corpora,
                utterances,
                itsSplit,
                itsPlan,
                itsTraining,
                start,
                itsFirst,
                testSeen,
                syntheticSpeech,
                request);
    }

    /// The same run, recorded as one on speech that no person spoke.
    ///
    /// @param made how it was made, one line for each such corpus
    public TrainingSetup withSyntheticSpeech(List<String> made) {
        return RecordJson.with(this, "syntheticSpeech", made);
    }

    /// The same run, recorded with what was asked for.
    public TrainingSetup withRequest(JsonObject asked) {
        return RecordJson.with(this, "request", asked);
    }
}
