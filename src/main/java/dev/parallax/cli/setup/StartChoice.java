package dev.parallax.cli.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.ModelPath;
import dev.parallax.corpus.split.Split;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.RunRecord;
import dev.parallax.model.StartingWeights;
import dev.parallax.text.WordVectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `--vectors`, `--init` and `--freeze` ask training to start from.
///
/// @param vectors a file of word vectors, or null
/// @param model   a trained model, or null
/// @param frozen  modalities whose encoder stays as it is
public record StartChoice(@Nullable Path vectors, @Nullable EmotionModel model, Set<String> frozen) {

    /// Random numbers.
    public static final StartChoice NONE = new StartChoice(null, null, Set.of());

    /// Reads the options, and the model.
    static StartChoice of(Arguments arguments, Backend backend, Console console) {
        Path vectors = arguments.path("vectors");
        if (vectors != null && !Files.isRegularFile(vectors)) {
            String wrong = Files.exists(vectors) ? ": is no regular file" : ": no such file";
            throw new BadInputException(
                    "--vectors " + vectors + wrong + "; give word vectors in the text format of GloVe or fastText");
        }
        Path init = arguments.path("init");
        if (init != null && arguments.has("features")) {
            throw new BadInputException(
                    "--features: the model of --init hears the features that it was trained on; leave it out");
        }
        EmotionModel model = init == null ? null : trained(init, backend, console);
        return new StartChoice(vectors, model, Set.copyOf(arguments.list("freeze")));
    }

    private static EmotionModel trained(Path init, Backend backend, Console console) {
        if (ModelPath.at(init, "--init").load(backend, console) instanceof EmotionModel model) {
            RunRecord record = model.record();
            if (record != null) {
                Split.fromJson(record.split()); // read at the end, too; what is damaged is better refused now
            }
            return model;
        }
        throw new BadInputException(
                "--init " + init + ": is a model of dialogues; training starts from models of utterances alone");
    }

    /// The settings that the options start from: those of the model, else the usual ones.
    RunSettings defaults(String preset) {
        return model == null ? RunSettings.standard(preset) : RunSettings.of(model);
    }

    /// Sets the size of word vectors to that of the file, and says so.
    ///
    /// @param key of that size
    void fit(RunSettings settings, String key, Console console) {
        if (vectors != null) {
            int features = WordVectors.dimension(vectors);
            settings.set(key, Integer.toString(features), "--vectors");
            console.log("word vectors: " + features + " features each, so " + key + " is " + features);
        }
    }

    /// The start of a run.
    ///
    /// @param audio whether it hears   @param text whether it reads
    StartingWeights start(boolean audio, boolean text) {
        if (vectors != null && !text) {
            throw new BadInputException("--vectors: this model reads no text; leave it out");
        }
        for (String modality : frozen) {
            if ((modality.equals("audio") && !audio) || (modality.equals("text") && !text)) {
                throw new BadInputException("--freeze " + modality + ": this model does not read it; leave it out");
            }
        }
        return new StartingWeights(vectors, model, frozen);
    }

    /// Refuses what is not for models of dialogues.
    void refuseModel() {
        if (model != null || !frozen.isEmpty()) {
            throw new BadInputException("--init: it is for --level utterance; a model of dialogues starts anew");
        }
    }
}
