package dev.parallax.cli.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.io.Count;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.Npy;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.NetworkConfig;
import dev.parallax.setup.RunSettings;
import dev.parallax.setup.request.Level;
import dev.parallax.train.TrainingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// `features`: the features of a recording as a file.
public final class FeaturesCommand implements Command {

    private static final List<String> SUFFIXES = List.of(".npy", ".csv", ".safetensors");

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "features",
                        "--audio FILE [--features PRESET | --encoder DIR] --out FILE [OPTIONS]",
                        "the features of a recording as .npy, .csv or .safetensors, or the states of a pretrained encoder")
                .recording("", "left|right|N")
                .option("features", "PRESET", String.join(", ", FeatureConfig.presets()) + " (default: speech)")
                .option("out", "FILE", "written; its suffix says how: " + String.join(", ", SUFFIXES))
                .option(
                        "encoder",
                        "DIR",
                        "the folder of a pretrained encoder, of speech or, with --text, of text, whose states are written")
                .option(
                        "layer",
                        "N|all|pooled",
                        "which of its states: 0 is before the first block; pooled: one row for the whole (default: all)")
                .option("text", "TEXT", "what was said, for an encoder of text")
                .configurable()
                .computing()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path out = arguments.requiredPath("out", "say where to: --out clip.npy");
        String name = String.valueOf(out.getFileName());
        String suffix = SUFFIXES.stream()
                .filter(name::endsWith)
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "features: --out " + out + " ends in none of " + SUFFIXES + "; choose one of them"));
        if (arguments.has("encoder")) {
            for (String other : List.of("features", "set", "config")) {
                if (arguments.has(other)) {
                    throw new BadInputException(
                            "features: --" + other + " is for features of ours; leave it out beside" + " --encoder");
                }
            }
            EncoderFeatures.of(arguments, console).run(arguments, out, suffix, console);
            return DONE;
        }
        for (String other : List.of("layer", "text", "backend")) {
            if (arguments.has(other)) {
                throw new BadInputException("features: --" + other + " needs --encoder DIR");
            }
        }
        arguments.required("audio", "give the recording: --audio clip.wav");
        AudioArgument recording = Objects.requireNonNull(AudioArgument.of(arguments));
        AudioArgument.oneChannel(arguments, "features");
        FeatureConfig preset = FeatureConfig.preset(arguments.text("features", "speech"));
        FeatureConfig config = new RunSettings(preset, NetworkConfig.STANDARD, TrainingConfig.STANDARD)
                .with(Requests.settings(arguments), Level.UTTERANCE)
                .features();
        Features features = new FeatureExtractor(config)
                .extract(read(recording, console), console::warn, Computing.threads(arguments));
        write(features, config, out, suffix);
        console.print(out + ": " + features.frames()
                + (config.utteranceLevel() ? " row" : features.frames() == 1 ? " frame" : " frames") + " of "
                + Count.of(features.size(), "feature"));
        console.result(Json.object()
                .with("out", out.toString())
                .with("frames", features.frames())
                .with("size", features.size())
                .with("columns", features.columns())
                .with("settings", config.toJson()));
        return DONE;
    }

    private static Audio read(AudioArgument recording, Console console) {
        try (AudioFile file = recording.open(console::warn)) {
            return file.readAll();
        }
    }

    private static void write(Features features, FeatureConfig config, Path out, String suffix) {
        int[] shape = {features.frames(), features.size()};
        switch (suffix) {
            case ".npy" -> Npy.write(out, shape, features.values());
            case ".csv" -> Csv.write(out, features.columns(), rows(features));
            default ->
                new SafeTensors.Builder()
                        .metadata("settings", config.toJson().toText())
                        .metadata("columns", String.join(",", features.columns()))
                        .floats("features", shape, features.values())
                        .write(out);
        }
    }

    private static List<List<String>> rows(Features features) {
        List<List<String>> rows = new ArrayList<>();
        for (int frame = 0; frame < features.frames(); frame++) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < features.size(); column++) {
                row.add(Float.toString(features.at(frame, column)));
            }
            rows.add(row);
        }
        return rows;
    }
}
