package dev.parallax.setup;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pooling;
import dev.parallax.train.TrainingConfig;

/// The sizes of the demo: small enough for four models within three minutes on two cores (`bin/parallax demo`).
///
/// @param corpus   the training data
/// @param features what is taken of a recording
/// @param network  the network to train
/// @param training how
public record DemoSettings(
        SyntheticSettings corpus, FeatureConfig features, NetworkConfig network, TrainingConfig training) {

    /// Utterances: so many that the scores of the test part, a quarter, are known to two hundredths.
    private static final int SIZE = 2000;

    /// The demo as it is without options.
    ///
    /// @param seed of the corpus and of training
    public static DemoSettings standard(long seed) {
        EncoderConfig audio =
                new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.LSTM, 32, 1, true, 4, 0.2, 0.1, Pooling.MEAN);
        EncoderConfig text =
                new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.NONE, 32, 1, true, 4, 0.2, 0.1, Pooling.MEAN);
        return new DemoSettings(
                SyntheticSettings.defaults(seed).withSize(SIZE),
                ModelConfig.features("speech"),
                new NetworkConfig(audio, text, 32, "late-add", 64),
                TrainingConfig.STANDARD
                        .withSeed(seed)
                        .with("epochs", 20)
                        .with("patience", 20)
                        .with("learningRate", 3e-3)
                        .with("warmUp", 1.0)
                        .with("balance", 0.0)
                        .with("smoothing", 0.05));
    }
}
