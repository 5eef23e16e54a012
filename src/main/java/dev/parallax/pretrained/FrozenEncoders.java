package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.backend.Backend;
import dev.parallax.pretrained.encoder.BlocksConfig;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.pretrained.encoder.EncoderShape;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pretrained encoders of a model, ready to compute the states that stay as they are. What is trained of an
/// encoder belongs to the model ([dev.parallax.pretrained.encoder.EncoderBlocks]).
///
/// @param audio of recordings, or null where features are read
/// @param text  of texts, or null where vectors of words are read
public record FrozenEncoders(
        @Nullable FrozenSpeech audio, @Nullable FrozenText text) {

    /// No pretrained encoder.
    public static final FrozenEncoders NONE = new FrozenEncoders(null, null);

    /// Which states of which encoders they compute.
    public EncoderInputs inputs() {
        return audio == null && text == null
                ? EncoderInputs.NONE
                : new EncoderInputs(audio == null ? null : audio.input(), text == null ? null : text.input());
    }

    /// The encoders in folders.
    ///
    /// @param places    the folders
    /// @param audioUse how the encoder of speech is used, if there is one
    /// @param textUse  how that of text is used
    /// @param backend  that computes the states
    /// @throws BadInputException if a folder has no encoder, one of the other kind, or none of such layers or
    /// blocks
    public static FrozenEncoders of(Places places, EncoderUse audioUse, EncoderUse textUse, Backend backend) {
        Path audio = places.audio();
        Path text = places.text();
        FrozenSpeech speech = audio == null
                ? null
                : new FrozenSpeech(input(audio, EncoderKind.SPEECH, audioUse), SentenceModules.encoder(audio), backend);
        FrozenText reader = text == null
                ? null
                : new FrozenText(input(text, EncoderKind.TEXT, textUse), SentenceModules.encoder(text), backend);
        return speech == null && reader == null ? NONE : new FrozenEncoders(speech, reader);
    }

    private static EncoderInput input(Path given, EncoderKind wanted, EncoderUse use) {
        Path folder = SentenceModules.encoder(given);
        EncoderShape shape = EncoderShape.of(folder);
        String modality = wanted == EncoderKind.TEXT ? "text" : "audio";
        if (shape.kind() != wanted) {
            throw new BadInputException("‹" + modality + "-encoder " + folder + "›: is an encoder of "
                    + (wanted == EncoderKind.TEXT
                            ? "speech; give it with ‹audio-encoder›"
                            : "text; give it with ‹text-encoder›"));
        }
        String place = "encoders." + modality;
        List<Integer> which = use.numbers(shape.layers(), place);
        if (use.trainedFrom() > 0) {
            requireTrainable(folder, shape, which, use, place);
        }
        EncoderCard card = EncoderCard.of(given);
        return new EncoderInput(
                wanted,
                card.name(),
                EncoderFolders.hash(folder),
                card.licence(),
                shape.width(),
                which,
                use.trainedFrom(),
                use.rank(),
                card.warnings());
    }

    private static void requireTrainable(
            Path folder, EncoderShape shape, List<Integer> layers, EncoderUse use, String place) {
        int first = use.trainedFrom();
        BlocksConfig.read(folder); // refuses encoders whose blocks cannot be trained
        if (first > shape.layers() || layers.getLast() < first) {
            throw new BadInputException("settings: " + place + ".trainedFrom=" + first + ": "
                    + (first > shape.layers()
                            ? "the encoder has the blocks 1 to " + shape.layers()
                            : "no layer behind that block is read; read some with " + place + ".layers"));
        }
        if (use.rank() > shape.width()) {
            throw new BadInputException("settings: " + place + ".rank=" + use.rank()
                    + ": must be at most the width of the encoder's states, " + shape.width());
        }
    }

    /// The encoders of a model that was read from a file.
    ///
    /// @param inputs      as the file names them
    /// @param given       folders that the user names, each may be null
    /// @param modelFolder of the file, or null
    /// @throws BadInputException if one is not on this machine
    public static FrozenEncoders find(EncoderInputs inputs, Places given, @Nullable Path modelFolder, Backend backend) {
        EncoderInput heard = inputs.audio();
        EncoderInput read = inputs.text();
        FrozenSpeech speech = heard == null
                ? null
                : new FrozenSpeech(heard, EncoderFolders.find(heard, given.audio(), modelFolder), backend);
        FrozenText reader = read == null
                ? null
                : new FrozenText(read, EncoderFolders.find(read, given.text(), modelFolder), backend);
        return speech == null && reader == null ? NONE : new FrozenEncoders(speech, reader);
    }

    /// Reads them once and forgets them, so that damage is known before the first recording. They are read again when
    /// the first state is computed. Where all states are in the cache, none is, and no memory is held for them.
    ///
    /// @throws BadInputException if one cannot be read
    public void requireReadable() {
        if (audio != null) {
            audio.requireReadable();
        }
        if (text != null) {
            text.requireReadable();
        }
    }

    /// The same, with states of texts that are kept.
    public FrozenEncoders keeping(KeptFeatures states) {
        return text == null ? this : new FrozenEncoders(audio, text.keeping(states));
    }

    /// The blocks of the encoder of speech, null where none is trained.
    public @Nullable BlocksConfig audioBlocks() {
        return audio == null || audio.input().trainedFrom() == 0 ? null : BlocksConfig.read(audio.folder());
    }

    /// Those of the encoder of text.
    public @Nullable BlocksConfig textBlocks() {
        return text == null || text.input().trainedFrom() == 0 ? null : BlocksConfig.read(text.folder());
    }

    /// Where they are.
    public Places places() {
        return new Places(audio == null ? null : audio.folder(), text == null ? null : text.folder());
    }

    /// Where a user says that encoders are.
    public record Places(@Nullable Path audio, @Nullable Path text) {

        /// Nothing is said.
        public static final Places UNKNOWN = new Places(null, null);
    }
}
