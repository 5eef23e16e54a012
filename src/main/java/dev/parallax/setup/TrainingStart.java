package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Count;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.RunRecord;
import dev.parallax.model.StartingWeights;
import dev.parallax.setup.request.StartRequest;
import dev.parallax.text.WordVectors;
import dev.parallax.train.LearnedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The start of training, with its model loaded.
///
/// @param vectors a file of word vectors, or null
/// @param model   a trained model, or null
/// @param frozen  modalities whose encoder stays as it is
record TrainingStart(@Nullable Path vectors, @Nullable EmotionModel model, Set<Modality> frozen) {

    /// Random numbers.
    static final TrainingStart RANDOM = new TrainingStart(null, null, Set.of());

    /// Loads the requested model.
    ///
    /// @param features the requested preset, or null
    static TrainingStart of(StartRequest request, @Nullable String features, Backend backend, Remarks remarks) {
        Path vectors = request.vectors();
        if (vectors != null && !Files.isRegularFile(vectors)) {
            String wrong = Files.exists(vectors) ? ": is no regular file" : ": no such file";
            throw new BadInputException("‹vectors " + vectors + "›" + wrong
                    + "; give word vectors in the text format of GloVe or fastText");
        }
        Path init = request.model();
        if (init != null && features != null) {
            throw new BadInputException(
                    "‹features›: the model of ‹init› hears the features that it was trained on; leave it out");
        }
        EmotionModel model = init == null ? null : trained(init, backend, remarks);
        return new TrainingStart(vectors, model, Set.copyOf(request.frozen()));
    }

    private static EmotionModel trained(Path init, Backend backend, Remarks remarks) {
        if (ModelPath.at(init, "init").load(backend, remarks) instanceof EmotionModel model) {
            RunRecord record = model.record();
            if (record != null) {
                LearnedData.of(record); // read at the end, too; a damaged one is better refused now
            }
            return model;
        }
        throw new BadInputException(
                "‹init " + init + "›: is a model of dialogues; training starts from models of utterances alone");
    }

    /// The settings that a request changes: those of the model, else the usual ones.
    RunSettings defaults(String preset) {
        return model == null ? RunSettings.standard(preset) : RunSettings.of(model);
    }

    /// Settings in which the size of word vectors is that of the file; reports it.
    ///
    /// @param key of that size
    RunSettings fitted(RunSettings settings, String key, Remarks remarks) {
        if (vectors == null) {
            return settings;
        }
        int features = WordVectors.dimension(vectors);
        remarks.log("word vectors: " + Count.of(features, "feature") + " each, so " + key + " is " + features);
        return settings.with(key, Integer.toString(features), "‹vectors›");
    }

    /// The start of a run.
    ///
    /// @param audio whether it reads audio @param text whether it reads text
    StartingWeights weights(boolean audio, boolean text) {
        if (vectors != null && !text) {
            throw new BadInputException("‹vectors›: this model reads no text; leave it out");
        }
        for (Modality modality : frozen) {
            if (modality == Modality.AUDIO ? !audio : !text) {
                throw new BadInputException(
                        "‹freeze " + modality.word() + "›: this model does not read it; leave it out");
            }
        }
        return new StartingWeights(vectors, model, frozen);
    }

    /// The record of its model, null where there is none.
    @Nullable
    RunRecord record() {
        return model == null ? null : model.record();
    }

    /// Whether its model, or one before it, has learned from recordings.
    boolean heard() {
        RunRecord record = record();
        return record != null && LearnedData.of(record).heard();
    }

    /// Refuses a start that is not for models of dialogues.
    void refuseModel() {
        if (model != null || !frozen.isEmpty()) {
            throw new BadInputException("‹init›: it is for ‹level utterance›; a model of dialogues starts anew");
        }
    }
}
