package dev.parallax.cli.listen;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.RunRecord;
import dev.parallax.model.document.LiveJson;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.model.live.LiveSettings;
import dev.parallax.model.live.LiveStream;
import dev.parallax.report.Sections;
import dev.parallax.setup.ModelPath;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `listen`: the emotion of what is said into the microphone, twice a second, until it is interrupted.
public final class ListenCommand implements Command {

    private static final long MOST_BYTES = 1L << 30; // of a window

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "listen",
                        "[--model FILE_OR_DIR] [--audio FILE] [--text WORDS] [OPTIONS]",
                        "the emotion of what is said into the microphone, twice a second (docs/listen.md)")
                .option(
                        "model",
                        "FILE_OR_DIR",
                        "a model file, or the folder of a training run (default: starter, the one that comes along)")
                .recording(", which is played in place of the microphone", "left|right|N")
                .flag("fast", "with --audio: not in real time, but as fast as it is answered")
                .option(
                        "text",
                        "WORDS",
                        "what is said, until a line is typed, which takes its place (an empty one: nothing is said)")
                .option(
                        "window",
                        "S",
                        "seconds of sound that an answer hears, 0.5 to 30 (default: " + (int) LiveSettings.WINDOW + ")")
                .encoders()
                .computing()
                .common()
                .notes(
                        List.of(
                                "It ends with the recording, or with Ctrl-C, and then gives the answer to the last window alone;",
                                "the others are smoothed. With --json each answer is one line. Nothing that is heard is kept."));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        boolean isFast = arguments.has("fast");
        AudioArgument audio = audio(arguments);
        ModelPath path = ModelPath.of(arguments.path("model"));
        double window = arguments.number("window", LiveSettings.WINDOW);
        try (SoundInput input = audio == null ? Microphone.open() : new PlayedFile(audio.open(console::warn), isFast);
                Backend backend = Computing.backend(arguments, console)) {
            LiveSettings settings = new LiveSettings(input.form(), window, MOST_BYTES);
            SafeTensors stored = path.stored();
            Model model = path.load(stored, backend, Requests.encoders(arguments), null, console);
            RunRecord record = model.record();
            if (record != null) {
                SyntheticSpeech.ofModel(record.syntheticSpeech()).forEach(console::warn);
            }
            Sections.LIMITS.forEach(console::log);
            PredictionJson json = new PredictionJson(path.name(), model, () -> ModelHashes.of(stored), OptionNames::in);
            LiveDisplay display =
                    new LiveDisplay(console, new LiveJson(json, model.labels().names()));
            TypedWords words = TypedWords.of(arguments.text("text"), isFast || readsStandardInput(audio));
            LiveStream stream = new LiveStream(
                    model,
                    settings,
                    Computing.threads(arguments),
                    (asked, isLast) -> !isLast && input.isBehind() ? null : asked.predict());
            listen(input, stream, words, display, console);
        }
        return DONE;
    }

    private static @Nullable AudioArgument audio(Arguments arguments) {
        AudioArgument audio = AudioArgument.of(arguments);
        for (String option : List.of("fast", "channel")) {
            if (audio == null && arguments.has(option)) {
                throw new BadInputException("listen: --" + option + " is for a recording; give it with --audio");
            }
        }
        if (audio != null) {
            AudioArgument.oneChannel(arguments, "listen");
        }
        return audio;
    }

    private static boolean readsStandardInput(@Nullable AudioArgument audio) {
        return audio != null && audio.path().equals(Path.of("-"));
    }

    private static void listen(
            SoundInput input, LiveStream stream, TypedWords words, LiveDisplay display, Console console) {
        try (Interruption interruption = new Interruption()) {
            for (byte[] heard = input.read(); heard != null; heard = input.read()) {
                stream.say(words.now());
                stream.hear(heard, answer -> display.show(answer, words.typedSince()));
                if (interruption.isThere() || console.isDeaf()) {
                    break;
                }
            }
            stream.say(words.now());
            display.showLast(stream.end());
        }
    }
}
