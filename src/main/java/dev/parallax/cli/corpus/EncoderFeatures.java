package dev.parallax.cli.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.io.Blanks;
import dev.parallax.io.Count;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.Npy;
import dev.parallax.io.SafeTensors;
import dev.parallax.pretrained.EncoderCache;
import dev.parallax.pretrained.EncoderFolders;
import dev.parallax.pretrained.FrozenStates;
import dev.parallax.pretrained.SentenceModules;
import dev.parallax.pretrained.SentencePooling;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// `features --encoder`: the states of a pretrained encoder for a recording or a text. A row is a frame of 20 ms, or
/// a token; there is one layer more than transformer blocks, and layer 0 is before the first. Pooled, there is one row
/// for the whole.
final class EncoderFeatures {

    private static final String ALL = "all";
    private static final String POOLED = "pooled";

    private final Path folder;
    private final String layer; // a number, or one of these

    private EncoderFeatures(Path folder, String layer) {
        this.folder = folder;
        this.layer = layer;
    }

    /// What `--encoder` and `--layer` ask for.
    static EncoderFeatures of(Arguments arguments, Console console) {
        String layer = arguments.text("layer", ALL);
        if (!layer.equals(ALL) && !layer.equals(POOLED) && !layer.matches("\\d{1,4}")) {
            throw new BadInputException(
                    "features: --layer " + layer + " is neither a number from 0, nor " + ALL + ", nor " + POOLED);
        }
        Path folder = EncoderCache.find(Objects.requireNonNull(arguments.path("encoder")), console::log);
        return new EncoderFeatures(folder, layer);
    }

    void run(Arguments arguments, Path out, String suffix, Console console) {
        if (suffix.equals(".csv") && layer.equals(ALL)) {
            throw new BadInputException(
                    "features: --out " + out + ": a CSV has one layer; choose it with --layer N, or write .npy");
        }
        EncoderKind kind = EncoderKind.of(SentenceModules.encoder(folder));
        if (kind == EncoderKind.SPEECH && arguments.has("text")) {
            throw new BadInputException("features: " + folder + " is an encoder of speech; give --audio, not --text");
        }
        if (kind == EncoderKind.TEXT && arguments.has("audio")) {
            throw new BadInputException("features: " + folder + " is an encoder of text; give --text, not --audio");
        }
        console.log("weights: " + EncoderFolders.describeWeights(folder));
        SentencePooling pooling = layer.equals(POOLED) ? SentencePooling.of(folder) : SentencePooling.MEAN;
        FrozenStates all;
        try (Backend backend = Computing.backend(arguments, console)) {
            all = backend.onThreads(
                    Computing.threads(arguments),
                    some -> kind == EncoderKind.TEXT
                            ? FrozenStates.ofText(folder, text(arguments), some, console::warn)
                            : FrozenStates.ofRecording(folder, samples(arguments, console), some));
        }
        FrozenStates states = chosen(all, pooling);
        write(states, out, suffix);
        String unit = kind == EncoderKind.TEXT ? "token" : "frame";
        String rows = layer.equals(POOLED) ? "row" : unit;
        String layers = switch (layer) {
            case ALL -> Count.of(states.layers().size(), "layer");
            case POOLED -> "pooled";
            default -> "layer " + layer;
        };
        console.print(out + ": " + layers + ", " + Count.of(states.rows(), rows) + " of "
                + Count.of(states.width(), "feature"));
        console.result(Json.object()
                .with("out", out.toString())
                .with("encoder", folder.toString())
                .with("layers", states.layers().size())
                .with(rows + "s", states.rows())
                .with("size", states.width()));
    }

    private FrozenStates chosen(FrozenStates all, SentencePooling pooling) {
        if (layer.equals(ALL)) {
            return all;
        }
        if (layer.equals(POOLED)) {
            return all.pooled(pooling);
        }
        int number = Integer.parseInt(layer);
        if (number >= all.layers().size()) {
            throw new BadInputException("features: --layer " + layer + ": " + folder + " has the layers 0 to "
                    + (all.layers().size() - 1));
        }
        return all.layer(number);
    }

    private static String text(Arguments arguments) {
        String text = arguments.required("text", "give what was said: --text \"so glad you came\"");
        if (Blanks.strip(text).isEmpty()) {
            throw new BadInputException("features: --text is empty; write what was said: --text \"so glad you came\"");
        }
        return text;
    }

    private static float[] samples(Arguments arguments, Console console) {
        arguments.required("audio", "give the recording: --audio clip.wav");
        AudioArgument recording = Objects.requireNonNull(AudioArgument.of(arguments));
        AudioArgument.oneChannel(arguments, "features");
        Audio audio;
        try (AudioFile file = recording.open(console::warn)) {
            audio = file.readAll();
        }
        if (audio.sampleRate() == SpeechEncoder.RATE) {
            return audio.samples();
        }
        console.warn("resampled from " + audio.sampleRate() + " to " + SpeechEncoder.RATE + " Hz for the encoder");
        return Resampler.of(audio.sampleRate(), SpeechEncoder.RATE)
                .resample(audio.samples(), Computing.threads(arguments));
    }

    private static void write(FrozenStates states, Path out, String suffix) {
        int[] shape = states.layers().size() == 1
                ? new int[] {states.rows(), states.width()}
                : new int[] {states.layers().size(), states.rows(), states.width()};
        switch (suffix) {
            case ".npy" -> Npy.write(out, shape, states.together());
            case ".csv" -> {
                List<String> columns = new ArrayList<>();
                for (int column = 0; column < states.width(); column++) {
                    columns.add("state" + column);
                }
                Csv.write(out, columns, rows(states));
            }
            default ->
                new SafeTensors.Builder()
                        .floats("states", shape, states.together())
                        .write(out);
        }
    }

    private static List<List<String>> rows(FrozenStates states) {
        float[] values = states.together();
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < states.rows(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < states.width(); column++) {
                cells.add(Float.toString(values[row * states.width() + column]));
            }
            rows.add(cells);
        }
        return rows;
    }
}
