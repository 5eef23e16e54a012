package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.command.Table;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Blanks;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Prediction;
import dev.parallax.model.RunRecord;
import dev.parallax.model.Turn;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.setup.ModelPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `predict`: the emotion of one utterance, of every line of a manifest, or of every turn of a transcript.
public final class PredictCommand implements Command {

    private static final Set<String> STANDARD_INPUT = Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
    private static final long KEPT_BYTES = 64 << 20;
    private static final double QUICK = 5e8; // multiply-adds
    private static final long SHORT_CLIP = 4 << 20; // bytes: two minutes at 16 kHz and 16 bits

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "predict",
                        "[--model FILE_OR_DIR] [--audio FILE] [--text WORDS] [--transcript FILE] [--manifest CSV]"
                                + " [OPTIONS]",
                        "the emotion of a recording, a sentence, or both, from each perspective")
                .option(
                        "model",
                        "FILE_OR_DIR",
                        "a model file, or the folder of a training run (default: starter, the one that comes along)")
                .recording(" and length", "left|right|N|each")
                .option("text", "WORDS", "what was said")
                .option(
                        "times",
                        "SPANS",
                        "when each word was said, such as \"0.12-0.40 0.40-0.81\" [s]; for models that fuse the inputs")
                .flag("segments", "of a long recording: an answer for each stretch of speech, found by its energy")
                .option(
                        "transcript",
                        "FILE",
                        "who said what, and when, in the recording: an answer for each turn; SubRip, WebVTT, JSON of"
                                + " Whisper or whisperX, STM, CTM, TextGrid, ELAN, or a line a turn (docs/transcripts.md)")
                .flag("csv", "with --transcript: print a table, one row a turn")
                .option(
                        "out",
                        "DIR",
                        "with --transcript: a new folder for a page with the talk, its sound and its answers")
                .option(
                        "manifest",
                        "CSV",
                        "many utterances: columns id, audio, text, for a model of dialogues also dialogue, turn and"
                                + " speaker; gives JSON Lines, one a row; a row that cannot be answered is a line with"
                                + " \"error\", and the exit code is 1")
                .encoders()
                .rooted()
                .flag(
                        "as-trained",
                        "with --manifest: features stay as in training, also of speakers (column speaker) with recordings"
                                + " enough to adapt to")
                .computing()
                .common();
    }

    /// What is to be answered: a recording, a text or both; the rows of a manifest; or a transcript.
    private record Question(
            @Nullable AudioArgument audio,
            @Nullable String text,
            @Nullable Path manifest,
            @Nullable PredictTranscript transcript) {

        /// The question that the arguments ask.
        ///
        /// @throws BadInputException when they ask none, or two
        static Question of(Arguments arguments) {
            Path transcript = arguments.path("transcript");
            if (transcript != null) {
                return new Question(null, null, null, PredictTranscript.of(transcript, arguments));
            }
            for (String option : List.of("csv", "out")) {
                if (arguments.has(option)) {
                    throw new BadInputException(
                            "predict: --" + option + " is for the turns of a talk; give it with --transcript");
                }
            }
            AudioArgument audio = AudioArgument.of(arguments);
            String text = arguments.text("text");
            Path manifest = arguments.path("manifest");
            if (manifest == null ? audio == null && text == null : audio != null || text != null) {
                throw new BadInputException(
                        "predict: give --audio, --text or both, or --transcript, or --manifest alone");
            }
            if (text != null && audio == null && Blanks.strip(text).isEmpty()) {
                throw new BadInputException(
                        "predict: --text is empty; write what was said: --text \"so glad you came\"");
            }
            if (arguments.has("root") && manifest == null) {
                throw new BadInputException(
                        "predict: --root says where the recordings of a manifest lie; give it with --manifest");
            }
            if (arguments.has("channel") && audio == null && manifest == null) {
                throw new BadInputException("predict: --channel is one of a recording; give it with --audio");
            }
            if (manifest != null && STANDARD_INPUT.contains(manifest.toString())) {
                throw new BadInputException(
                        "predict: --manifest " + manifest + ": a manifest is not read from standard input,"
                                + " since its recordings are named relative to its folder; save it as a file beside them");
            }
            return new Question(audio, text, manifest, null);
        }

        /// Whether a model answers in less time than the vector backend takes to start.
        boolean isQuick(ModelPath model) {
            if (transcript != null) {
                return transcript.isQuick(model, QUICK);
            }
            boolean isShort = manifest == null && (audio == null || audio.bytes() < SHORT_CLIP);
            return isShort && model.encoderWork(audio != null, text) < QUICK;
        }
    }

    @Override
    public int run(Arguments arguments, Console console) {
        ModelPath file = ModelPath.of(arguments.path("model"));
        Question question = Question.of(arguments);
        try (Backend backend = backend(arguments, question, file, console)) {
            SafeTensors stored = file.stored();
            Supplier<ModelHashes> hashes = hashes(stored, file, console);
            Model model = file.load(stored, backend, Requests.encoders(arguments), states(console), console);
            return answer(
                    question,
                    model,
                    new PredictionJson(file.name(), model, hashes, OptionNames::in),
                    arguments,
                    console);
        }
    }

    /// Computed beside the answer where they will be printed; else read again where they are asked for after all, so
    /// that the file does not stay in memory.
    private static Supplier<ModelHashes> hashes(SafeTensors stored, ModelPath file, Console console) {
        return console.isJson()
                ? CompletableFuture.supplyAsync(() -> ModelHashes.of(stored))::join
                : () -> ModelHashes.of(file.stored());
    }

    private static int answer(
            Question question, Model model, PredictionJson json, Arguments arguments, Console console) {
        AudioArgument audio = question.audio;
        String text = question.text;
        Path manifest = question.manifest;
        RunRecord record = model.record();
        if (record != null) {
            SyntheticSpeech.ofModel(record.syntheticSpeech()).forEach(console::warn);
        }
        if (question.transcript != null) {
            return question.transcript.run(model, json, arguments, console);
        }
        if (arguments.has("segments")) {
            if (audio == null || text != null) {
                throw new BadInputException(
                        "predict: --segments goes with --audio alone; whose words --text would be" + " is not known");
            }
            new PredictSegments(model, json).run(audio, Computing.threads(arguments), console);
            return DONE;
        }
        if (manifest != null) {
            Channel channel = AudioArgument.oneChannel(arguments, "predict --manifest");
            boolean adapt = !arguments.has("as-trained");
            int threads = Computing.threads(arguments);
            return PredictManifest.of(model, json, manifest, arguments.path("root"), channel, adapt, threads, console)
                    .run(threads);
        }
        if (audio != null && audio.channel() == null) {
            if (text != null) {
                throw new BadInputException("predict: --channel each goes with --audio alone; whose words --text would"
                        + " be is not known");
            }
            new PredictChannels(model, json).run(audio, Computing.threads(arguments), console);
            return DONE;
        }
        Prediction prediction = switch (model) {
            case EmotionModel emotions ->
                predict(emotions, audio, text, times(arguments, audio, text), Computing.threads(arguments));
            case DialogueModel dialogues -> alone(dialogues, audio, text, Computing.threads(arguments), console);
        };
        if (console.isJson()) {
            console.result(json.of(prediction, audio == null ? null : audio.hash(), text));
        } else {
            prediction.warnings().forEach(console::warn);
            console.print(table(prediction));
            console.print("decision: " + said(prediction));
        }
        return DONE;
    }

    /// The chosen backend; by default for what is computed soon the scalar one, since it starts faster. `predict` of
    /// the
    /// demo's example took 0.5 to 0.6 s with `--backend scalar` and 1.0 s with `--backend vector`; a sentence of 65
    /// letters that MiniLM reads 1.0 and 1.3 s, one of 263 both 1.5 s.
    private static Backend backend(Arguments arguments, Question question, ModelPath model, Console console) {
        return arguments.has("backend") || !question.isQuick(model)
                ? Computing.backend(arguments, console)
                : Backends.choose("scalar", console::log);
    }

    /// States of texts are kept while the command runs: each line of a manifest is read more than once.
    private static KeptFeatures states(Console console) {
        return new KeptFeatures(null, KEPT_BYTES, console::warn);
    }

    private static @Nullable WordTimes times(
            Arguments arguments, @Nullable AudioArgument audio, @Nullable String text) {
        String times = arguments.text("times");
        if (times != null && (audio == null || text == null)) {
            throw new BadInputException("predict: --times are those of the words of --text in --audio; give both");
        }
        return times == null || text == null ? null : WordTimes.parse(times, text, "--times");
    }

    private static Prediction predict(
            EmotionModel model,
            @Nullable AudioArgument audio,
            @Nullable String text,
            @Nullable WordTimes times,
            int threads) {
        if (audio == null) {
            return model.predict(null, text, null, threads);
        }
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = audio.open(warnings::add)) {
            return model.predict(model.hear(file, warnings, threads), text, times, threads);
        }
    }

    /// The answer of a model of dialogues to an utterance without neighbours.
    private static Prediction alone(
            DialogueModel model, @Nullable AudioArgument audio, @Nullable String text, int threads, Console console) {
        AudioSource recording = audio == null ? null : audio.source(console::warn);
        return model.predict(List.of(new Turn(recording, text, null)), threads).getFirst();
    }

    /// The decision in words: how sure it is, and whether the perspectives disagree.
    public static String said(Prediction prediction) {
        Answer decision = prediction.decision();
        String said = decision.sure() ? decision.label() : "not sure; most likely " + decision.label();
        Answer audio = prediction.audio();
        Answer text = prediction.text();
        return audio != null && text != null && prediction.disagreement()
                ? said + " (the perspectives disagree: audio says " + audio.label() + ", text " + text.label() + ")"
                : said;
    }

    /// The decision in words, where other windows may have made another class the most likely: that is not sure.
    public static String said(Prediction prediction, String likeliest) {
        return likeliest.equals(prediction.decision().label())
                ? said(prediction)
                : "not sure; most likely " + likeliest;
    }

    /// The probabilities, one row per perspective.
    public static List<String> table(Prediction prediction) {
        List<String> header = new ArrayList<>();
        header.add("");
        header.addAll(prediction.labels());
        Table table = new Table(header);
        addTo(table, "fused", prediction.fused());
        addTo(table, "audio", prediction.audio());
        addTo(table, "text", prediction.text());
        return table.lines();
    }

    private static void addTo(Table table, String name, @Nullable Answer answer) {
        if (answer != null) {
            table.row(name, answer.probabilities().stream().map(Table::number).toList());
        }
    }
}
