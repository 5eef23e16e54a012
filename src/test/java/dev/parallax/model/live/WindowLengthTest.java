package dev.parallax.model.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.PcmForm;
import dev.parallax.model.EmotionModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How long a window should be, and how much smoothed: the measurement of `docs/listen.md`. It runs where it is told of
/// EMO-DB and of a model that was trained without the speakers 03 and 08:
///
///     mvn test-compile surefire:test -Dtest=WindowLengthTest -Dparallax.recordings=/data/emodb/wav \
///         -Dparallax.model=runs/emodb/best.safetensors
class WindowLengthTest {

    private static final Map<Character, String> EMOTIONS = Map.of(
            'W',
            "anger",
            'L',
            "boredom",
            'E',
            "disgust",
            'A',
            "fear",
            'F',
            "happiness",
            'T',
            "sadness",
            'N',
            "neutral");
    private static final int RATE = 16000;
    private static final int STEP = RATE / 2;
    private static final double[] WINDOWS = {1, 1.5, 2, 3, 4};
    private static final double[] ALPHAS = {1, 0.5, 0.3};

    /// The clips of a speaker, one behind the other.
    ///
    /// @param emotions of each
    /// @param ends     the sample behind each
    private record Speech(List<byte[]> clips, List<String> emotions, List<Integer> ends) {}

    private static Speech speech(Path folder, String speaker) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = new ArrayList<>(
                    all.filter(file -> file.getFileName().toString().startsWith(speaker))
                            .sorted()
                            .toList());
        }
        Collections.shuffle(files, new Random(7));
        Speech speech = new Speech(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int end = 0;
        for (Path file : files) {
            Audio clip = AudioFile.read(file);
            ByteBuffer bytes =
                    ByteBuffer.allocate(Float.BYTES * clip.samples().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(clip.samples());
            speech.clips.add(bytes.array());
            end += clip.samples().length;
            speech.ends.add(end);
            speech.emotions.add(EMOTIONS.get(file.getFileName().toString().charAt(5)));
        }
        return speech;
    }

    /// Answers that name the emotion of the clip at the end of their window.
    private static final class Tally {
        private int all;
        private int right;
        private int last; // in the last half second of a clip
        private int lastRight;

        void add(Speech speech, double seconds, String label) {
            long end = Math.round(seconds * RATE);
            int clip = 0;
            while (speech.ends.get(clip) < end) {
                clip++;
            }
            boolean isRight = label.equals(speech.emotions.get(clip));
            all++;
            right += isRight ? 1 : 0;
            if (end + STEP > speech.ends.get(clip)) {
                last++;
                lastRight += isRight ? 1 : 0;
            }
        }
    }

    @Test
    void windows_ofSpeakersTheModelDoesNotKnow_areMeasured() throws Exception {
        String folder = System.getProperty("parallax.recordings");
        String file = System.getProperty("parallax.model");
        assumeTrue(folder != null && file != null, "no EMO-DB and no model are given");
        try (EmotionModel model = EmotionModel.load(Path.of(file))) {
            List<Speech> speakers = List.of(speech(Path.of(folder), "03"), speech(Path.of(folder), "08"));
            for (double window : WINDOWS) {
                List<List<LiveAnswer>> answers = new ArrayList<>();
                for (Speech speech : speakers) {
                    answers.add(answers(model, speech, window));
                }
                for (double alpha : ALPHAS) {
                    Tally tally = new Tally();
                    for (int i = 0; i < speakers.size(); i++) {
                        count(model.labels().names(), answers.get(i), alpha, speakers.get(i), tally);
                    }
                    assertEquals(answers.stream().mapToInt(List::size).sum(), tally.all);
                    System.out.printf(
                            Locale.ROOT,
                            "window %.1f s, alpha %.1f: %.3f of %d, %.3f of %d at the end of a clip%n",
                            window,
                            alpha,
                            (double) tally.right / tally.all,
                            tally.all,
                            (double) tally.lastRight / tally.last,
                            tally.last);
                }
            }
        }
    }

    private static List<LiveAnswer> answers(EmotionModel model, Speech speech, double window) {
        LiveSettings settings = new LiveSettings(PcmForm.float32(RATE), window, 1 << 24);
        LiveStream stream = new LiveStream(model, settings, 2, (asked, isLast) -> asked.predict());
        List<LiveAnswer> answers = new ArrayList<>();
        speech.clips.forEach(clip -> stream.hear(clip, answers::add));
        return answers;
    }

    private static void count(List<String> labels, List<LiveAnswer> answers, double alpha, Speech speech, Tally tally) {
        double[] smoothed = new double[0];
        for (LiveAnswer answer : answers) {
            List<Double> now = answer.prediction().decision().probabilities();
            double[] before = smoothed;
            smoothed = new double[labels.size()];
            int best = 0;
            for (int c = 0; c < smoothed.length; c++) {
                smoothed[c] = before.length == 0 ? now.get(c) : alpha * now.get(c) + (1 - alpha) * before[c];
                best = smoothed[c] > smoothed[best] ? c : best;
            }
            tally.add(speech, answer.end(), labels.get(best));
        }
    }
}
