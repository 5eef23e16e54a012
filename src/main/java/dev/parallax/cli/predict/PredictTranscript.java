package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.io.Count;
import dev.parallax.io.Csv;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.Model;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.model.document.TalkJson;
import dev.parallax.model.document.TalkWarnings;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.model.turns.TurnTable;
import dev.parallax.report.talk.TalkPage;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.Remarks;
import dev.parallax.transcript.SpokenTurn;
import dev.parallax.transcript.Transcript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `predict --transcript`: an answer for each turn of a talk, from its stretch of the recording and its words. A turn
/// that cannot be answered has the reason in its place.
final class PredictTranscript {

    private static final List<String> OTHERS = List.of("text", "times", "segments", "manifest", "root", "as-trained");

    private final Path file;
    private final Transcript transcript;
    private final @Nullable AudioArgument audio;
    private final @Nullable Path out;
    private final boolean csv;
    private final String command;

    private PredictTranscript(Path file, Transcript transcript, @Nullable AudioArgument audio, Arguments arguments) {
        this.file = file;
        this.transcript = transcript;
        this.audio = audio;
        this.out = arguments.newFolder("out");
        this.csv = arguments.has("csv");
        this.command = arguments.typed();
    }

    /// What the arguments ask of a transcript, which is read here.
    ///
    /// @throws BadInputException when they ask another thing too, or it cannot be read
    static PredictTranscript of(Path file, Arguments arguments) {
        for (String other : OTHERS) {
            if (arguments.has(other)) {
                throw new BadInputException("predict: --" + other
                        + " is not for --transcript, which says itself what is said and when; leave it out");
            }
        }
        if (file.toString().equals("-")) {
            throw new BadInputException(
                    "predict: --transcript is read from a file, not from standard input; save it first");
        }
        if (arguments.has("csv") && arguments.has("json")) {
            throw new BadInputException("predict: --csv and --json are two forms of one result; give one of them");
        }
        AudioArgument audio = AudioArgument.of(arguments);
        if (audio != null) {
            AudioArgument.oneChannel(arguments, "predict --transcript");
        } else if (arguments.has("channel")) {
            throw new BadInputException("predict: --channel is one of a recording; give it with --audio");
        }
        Transcript transcript = Transcript.read(file);
        if (audio != null) {
            transcript.requireTimes(file.toString());
        }
        return new PredictTranscript(file, transcript, audio, arguments);
    }

    /// Whether a model's encoders read all turns in less time than the vector backend takes to start. That of a model
    /// without encoders has the backend that answers a short recording, and so the same bits.
    boolean isQuick(ModelPath model, double quick) {
        return transcript.turns().stream()
                .map(SpokenTurn::text)
                .max(Comparator.comparingInt(String::length))
                .map(longest -> transcript.turns().size() * model.encoderWork(audio != null, longest) < quick)
                .orElse(false);
    }

    /// Answers and prints.
    ///
    /// @return the exit code
    int run(Model model, PredictionJson json, Arguments arguments, Console console) {
        transcript.notes().forEach(note -> console.log("transcript: " + note));
        console.log("transcript: " + transcript.format() + ", "
                + Count.of(transcript.turns().size(), "turn"));
        List<String> warnings = new ArrayList<>();
        if (audio != null && !model.readsAudio()) {
            warnings.add(HeardRecording.NOT_HEARD);
        }
        int threads = Computing.threads(arguments);
        AnsweredTalk talk;
        try (AudioFile recording = audio == null ? null : audio.open(warnings::add)) {
            talk = answers(model, recording, threads, console);
            warnings.addAll(TalkWarnings.of(talk));
            print(model, json, talk, warnings, console); // before the page, which a full disk may prevent
            if (out != null) {
                console.log(
                        "page: " + page(model, json, talk, recording, warnings).write(out));
            }
        }
        long failed =
                talk.turns().stream().filter(turn -> turn.prediction() == null).count();
        if (failed > 0) {
            console.log(failed + " of " + Count.of(talk.turns().size(), "turn") + " could not be answered; "
                    + (failed == 1 ? "its line says why" : "their lines say why"));
        }
        return failed > 0 ? Command.CHECK_FAILED : Command.DONE;
    }

    private AnsweredTalk answers(Model model, @Nullable AudioFile recording, int threads, Console console) {
        try (Remarks.Progress progress =
                console.progress("turns", transcript.turns().size())) {
            return AnsweredTalk.of(model, recording, transcript, threads, progress::advance);
        }
    }

    private TalkPage page(
            Model model, PredictionJson json, AnsweredTalk talk, @Nullable AudioFile recording, List<String> warnings) {
        return new TalkPage(
                command,
                json.name(),
                audio == null ? file.toString() : audio.path().toString(),
                transcript,
                talk,
                model.labels().names(),
                recording,
                model.pretrainedEncoders(),
                OptionNames.in(warnings));
    }

    private void print(Model model, PredictionJson json, AnsweredTalk talk, List<String> warnings, Console console) {
        if (console.isJson()) {
            console.result(new TalkJson(json, model.labels().names())
                    .of(transcript, talk, audio == null ? null : audio.hash(), SafeFiles.sha256(file), warnings));
            return;
        }
        warnings.forEach(console::warn);
        if (csv) {
            TurnTable table = new TurnTable(model.labels().names(), talk);
            StringBuilder lines = new StringBuilder(Csv.line(table.header()));
            table.rows().forEach(row -> lines.append(Csv.line(row)));
            console.csv(lines.toString());
        } else {
            console.print(new TalkText(talk).lines());
        }
    }
}
