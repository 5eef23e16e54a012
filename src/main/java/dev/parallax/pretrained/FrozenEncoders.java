package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.backend.Backend;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.pretrained.encoder.EncoderShape;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The pretrained encoders of a model, ready to compute states. They are not trained.
///
/// @param audio of recordings, or null where features are read
/// @param text  of texts, or null where vectors of words are read
public record FrozenEncoders(
        @Nullable FrozenSpeech audio, @Nullable FrozenText text) {

    /// No pretrained encoder.
    public static final FrozenEncoders NONE = new FrozenEncoders(null, null);

    /// All layers, as the settings say it.
    public static final String ALL = "all";

    /// Which states of which encoders they compute.
    public EncoderInputs inputs() {
        return audio == null && text == null
                ? EncoderInputs.NONE
                : new EncoderInputs(audio == null ? null : audio.input(), text == null ? null : text.input());
    }

    /// The encoders in folders.
    ///
    /// @param audio       of speech, or null
    /// @param audioLayers which layers are read: `all`, or numbers such as `4,8,12`
    /// @param text        of text, or null
    /// @param textLayers  the same
    /// @param backend     that computes the states
    /// @throws BadInputException if a folder has no encoder, one of the other kind, or none of such layers
    public static FrozenEncoders of(
            @Nullable Path audio, String audioLayers, @Nullable Path text, String textLayers, Backend backend) {
        FrozenSpeech speech =
                audio == null ? null : new FrozenSpeech(input(audio, EncoderKind.SPEECH, audioLayers), audio, backend);
        FrozenText reader =
                text == null ? null : new FrozenText(input(text, EncoderKind.TEXT, textLayers), text, backend);
        return new FrozenEncoders(speech, reader);
    }

    private static EncoderInput input(Path folder, EncoderKind wanted, String layers) {
        EncoderShape shape = EncoderShape.of(folder);
        String option = wanted == EncoderKind.TEXT ? "text-encoder" : "audio-encoder";
        if (shape.kind() != wanted) {
            throw new BadInputException("‹" + option + " " + folder + "›: is an encoder of "
                    + (wanted == EncoderKind.TEXT
                            ? "speech; give it with ‹audio-encoder›"
                            : "text; give it with ‹text-encoder›"));
        }
        List<Integer> which = layers(layers, shape.layers(), wanted == EncoderKind.TEXT ? "text" : "audio");
        EncoderCard card = EncoderCard.of(folder);
        return new EncoderInput(wanted, card.name(), EncoderFolders.hash(folder), card.licence(), shape.width(), which);
    }

    private static List<Integer> layers(String text, int last, String modality) {
        if (text.equals(ALL)) {
            return IntStream.rangeClosed(0, last).boxed().toList();
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String number : text.split(",", -1)) {
            if (!number.strip().matches("\\d{1,4}") || Integer.parseInt(number.strip()) > last) {
                throw new BadInputException("settings: encoders." + modality + "Layers: \"" + number.strip()
                        + "\" is no layer of this encoder; give " + ALL + ", or numbers from 0 to " + last
                        + " such as " + Math.max(0, last - 1) + "," + last);
            }
            numbers.add(Integer.parseInt(number.strip()));
        }
        return List.copyOf(numbers);
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

    /// The same, with states of texts that are kept.
    public FrozenEncoders keeping(KeptFeatures states) {
        return text == null ? this : new FrozenEncoders(audio, text.keeping(states));
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
