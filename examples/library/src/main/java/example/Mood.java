package example;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import java.nio.file.Path;

/// Says the emotion of a sentence, or of a recording and a sentence.
public final class Mood {

    private Mood() {}

    /// @param args the sentence; before it, where there is one, the recording
    public static void main(String[] args) {
        try (EmotionModel model = EmotionModel.starter()) {
            Audio audio = args.length > 1 ? AudioFile.read(Path.of(args[0])) : null;
            Prediction prediction = model.predict(audio, args[args.length - 1]);
            System.out.println(prediction.decision().label() + ", on " + model.backend().description());
        } catch (BadInputException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
