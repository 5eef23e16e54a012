package dev.parallax.corpus;

import dev.parallax.io.Npy;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A made-up features directory: dialogues of 3 to 8 utterances by two speakers each, of four emotions; the first four
/// values of each vector lean towards the emotion, every seventh utterance has none.
public final class DialogueFolder {

    private static final String[] EMOTIONS = {"anger", "happiness", "neutral", "sadness"};

    private DialogueFolder() {}

    /// Writes it.
    public static Path write(Path folder, int dialogues, int audioSize, int textSize) {
        return write(folder, dialogues, audioSize, textSize, 2);
    }

    /// The same with another difference between the means of two emotions, in standard deviations.
    public static Path write(Path folder, int dialogues, int audioSize, int textSize, double lean) {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        StringBuilder csv = new StringBuilder("id,emotion,speaker,dialogue,turn\n");
        float[] audio = new float[dialogues * 8 * audioSize];
        float[] text = new float[dialogues * 8 * textSize];
        int row = 0;
        for (int dialogue = 0; dialogue < dialogues; dialogue++) {
            int length = 3 + random.nextInt(6);
            for (int turn = 0; turn < length; turn++, row++) {
                int emotion = random.nextInt(4);
                csv.append("u" + row + "," + (row % 7 == 6 ? "" : EMOTIONS[emotion]) + ",s" + dialogue + turn % 2 + ",d"
                        + dialogue + "," + turn + "\n");
                fill(random, emotion, lean, audio, row * audioSize, audioSize);
                fill(random, emotion, lean, text, row * textSize, textSize);
            }
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("utterances.csv"), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(folder.resolve("audio.npy"), row, audioSize, audio);
        write(folder.resolve("text.npy"), row, textSize, text);
        return folder;
    }

    private static void fill(RandomStream random, int emotion, double lean, float[] values, int from, int size) {
        for (int i = 0; i < size; i++) {
            values[from + i] = (float) (random.nextGaussian() + (i == emotion ? lean : 0));
        }
    }

    private static void write(Path file, int rows, int size, float[] values) {
        Npy.write(file, new int[] {rows, size}, Arrays.copyOf(values, rows * size));
    }
}
