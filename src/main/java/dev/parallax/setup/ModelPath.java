package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.backend.Backend;
import dev.parallax.io.NearbyPath;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import dev.parallax.model.ModelFile;
import dev.parallax.model.Starter;
import dev.parallax.pretrained.EncoderCache;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.EncoderInputs;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.setup.request.EncoderRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The requested model: a file, the folder of a training run, or `starter`, the one that comes with Parallax.
///
/// @param name as results call it
/// @param file null for the starter
public record ModelPath(String name, @Nullable Path file) {

    /// The file name of a run's best model.
    public static final String BEST = "best.safetensors";

    private static final double FRAMES_OF_SECOND = 50; // all encoders of speech have frames of 20 ms
    private static final double LETTERS_OF_TOKEN = 4; // about

    /// The warning beside the starter's answers.
    public static final String DEMONSTRATION = "model: the starter, a demonstration, not a recogniser: its audio was"
            + " learned from six German actors, its text from English comments, and both together were never tested on"
            + " real pairs (docs/starter.md)";

    private static final ModelPath STARTER = new ModelPath(Starter.NAME, null);

    /// The model at a place; the starter where none is given.
    ///
    /// @throws BadInputException when there is no such model
    public static ModelPath of(@Nullable Path given) {
        return given == null ? STARTER : at(given, "model");
    }

    /// The model at a place that a part of a request names.
    ///
    /// @param part as messages call it
    public static ModelPath at(Path given, String part) {
        return at(given, () -> "‹" + part + " " + given + "›");
    }

    /// The model at a place that is given by itself, as a word of a command is.
    ///
    /// @throws BadInputException when there is no such model
    public static ModelPath ofWord(Path given) {
        return at(given, given::toString);
    }

    private static ModelPath at(Path given, Supplier<String> called) {
        if (Files.isRegularFile(given)) {
            return new ModelPath(given.toString(), given);
        }
        Path best = given.resolve(BEST);
        if (Files.isRegularFile(best)) {
            return new ModelPath(best.toString(), best);
        }
        if (given.toString().equals(Starter.NAME)) {
            return STARTER;
        }
        if (Files.isDirectory(given)) {
            throw new BadInputException(
                    called.get() + ": the folder holds no " + BEST + "; give that of a training run");
        }
        String wrong = Files.exists(given) ? ": is a pipe or a device, no regular file" : ": no such file";
        throw new BadInputException(called.get() + wrong + NearbyPath.hint(given)
                + "; give a model file, the folder of a training run, or " + Starter.NAME);
    }

    /// The pretrained encoders that it reads with.
    public EncoderInputs encoders() {
        return file == null ? EncoderInputs.NONE : ModelFile.encoders(file);
    }

    /// About how many multiply-adds its pretrained encoders take for an utterance, of which a second is heard at least;
    /// 0 without encoders.
    ///
    /// @param isHeard whether there is a recording
    /// @param text    or null
    public double encoderWork(boolean isHeard, @Nullable String text) {
        EncoderInputs encoders = encoders();
        EncoderInput audio = encoders.audio();
        EncoderInput reader = encoders.text();
        double ofAudio = !isHeard || audio == null ? 0 : audio.work(FRAMES_OF_SECOND);
        double ofText = text == null || reader == null ? 0 : reader.work(text.length() / LETTERS_OF_TOKEN);
        return ofAudio + ofText;
    }

    /// Its file as it is stored: tensors and metadata, without a network or a backend.
    ///
    /// @throws BadInputException when it is no safetensors file
    public SafeTensors stored() {
        return file == null ? Starter.file() : SafeTensors.read(file);
    }

    /// Reads it; for the starter, it reports what that is.
    public Model load(Backend backend, Remarks remarks) {
        return load(backend, EncoderRequest.NONE, null, remarks);
    }

    /// The same of a model that may read with pretrained encoders.
    ///
    /// @param encoders where these are, if they are not found by themselves
    /// @param kept     where states of texts are kept, or null
    /// @throws BadInputException also when an encoder is given that the model does not read with
    public Model load(Backend backend, EncoderRequest encoders, @Nullable KeptFeatures kept, Remarks remarks) {
        return load(stored(), backend, encoders, kept, remarks);
    }

    /// The same of its file as it is stored.
    public Model load(
            SafeTensors stored,
            Backend backend,
            EncoderRequest encoders,
            @Nullable KeptFeatures kept,
            Remarks remarks) {
        if (!encoders.isNone()) {
            requireRead(encoders);
        }
        if (file == null) {
            remarks.log(DEMONSTRATION);
        }
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        Path audio = encoders.audio();
        Path text = encoders.text();
        FrozenEncoders.Places places = new FrozenEncoders.Places(
                audio == null ? null : EncoderCache.find(audio, remarks::log),
                text == null ? null : EncoderCache.find(text, remarks::log));
        return Model.of(stored, name, folder, backend, places, kept);
    }

    private void requireRead(EncoderRequest given) {
        EncoderInputs read = encoders();
        boolean audio = given.audio() != null && read.audio() == null;
        if (audio || (given.text() != null && read.text() == null)) {
            String modality = audio ? "audio" : "text";
            throw new BadInputException("‹" + modality + "-encoder " + (audio ? given.audio() : given.text())
                    + "›: the model " + name + " reads no " + modality + " with a pretrained encoder; leave it out");
        }
    }
}
