package dev.parallax.model.attention;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.Segment;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.model.EmotionModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The equal stretches into which a window of a recording is cut, and the rows of a model that lie in each.
public final class Stretches {

    /// How many a window has.
    public static final int COUNT = 20;

    private Stretches() {}

    /// The stretch in which each place lies.
    ///
    /// @param places in the window, in [0, 1)
    public static int[] owners(double[] places) {
        return Arrays.stream(places)
                .mapToInt(place -> Math.min(COUNT - 1, (int) (place * COUNT)))
                .toArray();
    }

    /// Where the middle of each row lies in the window, in [0, 1). Rows have equal shares of what is heard, which is
    /// the window without the silence that was cut.
    public static double[] places(EmotionModel model, Audio window, int rows) {
        List<Segment> heard = List.of(new Segment(0, window.samples().length));
        long length = window.samples().length;
        if (model.encoders().audio() == null) {
            FeatureConfig config = model.config().features();
            Audio resampled = window.sampleRate() == config.sampleRate()
                    ? window
                    : new Audio(
                            Resampler.of(window.sampleRate(), config.sampleRate())
                                    .resample(window.samples(), 1),
                            config.sampleRate());
            heard = new ArrayList<>(config.speech().kept(resampled));
            length = resampled.samples().length;
        }
        long total = heard.stream().mapToLong(Segment::length).sum();
        double[] places = new double[rows];
        int at = 0;
        long before = 0; // heard, in the segments before `at`
        for (int row = 0; row < rows; row++) {
            double middle = (row + 0.5) / rows * total;
            while (at < heard.size() - 1 && middle >= before + heard.get(at).length()) {
                before += heard.get(at).length();
                at++;
            }
            places[row] = (heard.get(at).start() + middle - before) / length;
        }
        return places;
    }
}
