package dev.parallax.cli.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.Contributions;
import dev.parallax.audit.Replay;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.audit.attribution.Summary;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.report.audit.AuditPage;
import dev.parallax.setup.GradientAudit;
import dev.parallax.setup.ModelPath;
import dev.parallax.trace.TraceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `audit`: answers a recording, a sentence or both, and writes a page and a trace with every step that led to the
/// answer. `audit --replay DIR` checks a trace that was written before.
public final class AuditCommand implements Command {

    private static final int FAULTS = 10; // that are told
    private static final String CHECK = "check-attribution";
    private static final String ATTRIBUTION = "attribution.json";

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "audit",
                        "[--model FILE_OR_DIR] [--audio FILE] [--text WORDS] --out DIR | --replay DIR [OPTIONS]",
                        "an answer step by step, from the samples to the decision, and each step checked")
                .option(
                        "model",
                        "FILE_OR_DIR",
                        "a model file, or the folder of a training run (default: starter, the one that comes along)")
                .recording(" and length", "left|right|N")
                .option("text", "WORDS", "what was said")
                .option("out", "DIR", "a new folder for the page and the trace")
                .option(
                        "replay",
                        "DIR",
                        "a folder that audit has written: its trace is checked, step by step, against the model; the exit"
                                + " code is 1 where it does not hold")
                .flag(
                        CHECK,
                        "also checks what the answer hangs on: weights made random layer by layer, the most important"
                                + " parts taken away first; takes up to three times as long")
                .flag(
                        GradientsAudit.OPTION,
                        "checks a step of training instead, on " + GradientAudit.BATCH + " utterances of --corpus:"
                                + " every gradient against the loss, computed again in double precision")
                .repeatable("corpus", "KIND:PATH", "of --gradients: a corpus with the model's labels")
                .option("labels", "MAP", "of --gradients: merges and drops emotions, as in training")
                .made()
                .rooted()
                .cached()
                .encoders()
                .computing()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path replay = arguments.path("replay");
        Path out = arguments.path("out");
        if (arguments.has(GradientsAudit.OPTION)) {
            return gradients(arguments, console);
        }
        if (arguments.has("corpus")) {
            throw new BadInputException("audit: --corpus is for --gradients; an answer is of --audio and --text");
        }
        if (replay != null
                && (out != null || arguments.has("audio") || arguments.has("text") || arguments.has(CHECK))) {
            throw new BadInputException("audit: --replay checks what was written; give it with --model alone");
        }
        if (replay == null && !arguments.has("audio") && !arguments.has("text")) {
            throw new BadInputException("audit: give --audio, --text or both, or --replay alone");
        }
        ModelPath path = ModelPath.of(arguments.path("model"));
        if (replay != null) {
            TraceFile trace = TraceFile.read(replay);
            try (Backend backend = Computing.backend(arguments, console);
                    EmotionModel model = load(path, backend, arguments, console)) {
                return told(Replay.of(trace, model), Json.object(), console);
            }
        }
        Path folder = arguments.requiredNewFolder("out", "say where the page and the trace go: --out DIR");
        try (Backend backend = Computing.backend(arguments, console);
                EmotionModel model = load(path, backend, arguments, console)) {
            return audit(model, path, folder, arguments, console);
        }
    }

    private static int gradients(Arguments arguments, Console console) {
        GradientsAudit.require(arguments);
        try (Backend backend = Computing.backend(arguments, console);
                EmotionModel model = load(ModelPath.of(arguments.path("model")), backend, arguments, console)) {
            return GradientsAudit.run(model, arguments, console);
        }
    }

    private static EmotionModel load(ModelPath path, Backend backend, Arguments arguments, Console console) {
        Model model = path.load(backend, Requests.encoders(arguments), null, console);
        if (model instanceof EmotionModel emotions) {
            return emotions;
        }
        model.close();
        throw new BadInputException("audit: --model " + path.name()
                + " is a model of dialogues, whose answers cannot be" + " followed yet; give a model of utterances");
    }

    private static int audit(EmotionModel model, ModelPath path, Path folder, Arguments arguments, Console console) {
        AudioArgument audio = AudioArgument.of(arguments);
        List<Audio> windows = new ArrayList<>();
        String recording = null;
        String recordingHash = null;
        if (audio != null && !model.readsAudio()) {
            console.warn("this model does not listen; the audio is passed over");
        } else if (audio != null) {
            AudioArgument.oneChannel(arguments, "audit");
            AudioSource whole = audio.source(console::warn);
            SpeechWindows.of(whole, model.config().windowSeconds()).forEach(window -> windows.add(window.read()));
            recording = String.valueOf(audio.path().getFileName());
            recordingHash = whole.contentHash();
        }
        UtteranceAudit audit = UtteranceAudit.of(model, windows, arguments.text("text"));
        audit.prediction().warnings().forEach(console::warn);
        Path file = path.file();
        String modelHash = file == null ? null : SafeFiles.sha256(file);
        AuditSubject subject = AuditSubject.of(model, path.name(), modelHash, recording, recordingHash, audit);
        SafeFiles.createFolder(folder);
        TraceFile.write(folder, subject.toJson(), audit.trace());
        Replay.Report replay = Replay.of(TraceFile.read(folder), model);
        Explanation explanation = Explanation.of(model, audit, arguments.has(CHECK));
        JsonObject attribution = explanation.toJson();
        SafeFiles.write(
                folder.resolve(ATTRIBUTION), attribution.toIndentedText().getBytes(StandardCharsets.UTF_8));
        Path page = new AuditPage(
                        arguments.typed(),
                        subject,
                        audit,
                        model.rules(),
                        Contributions.of(model, audit),
                        explanation,
                        replay)
                .write(folder);
        console.print("decision: " + audit.prediction().decision().label() + ", "
                + String.format(
                        Locale.ROOT, "%.3f", audit.prediction().decision().probability())
                + (audit.prediction().decision().sure() ? ", sure" : ", not sure"));
        Summary.of(explanation).forEach(sentence -> console.print("why:      " + sentence));
        Summary.checks(explanation).forEach(sentence -> console.print("checked:  " + sentence));
        console.print("page:     " + page);
        console.print("trace:    " + folder.resolve(TraceFile.STEPS) + ", " + folder.resolve(TraceFile.VALUES) + ", "
                + audit.trace().steps().size() + " steps");
        return told(replay, Json.object().with("attribution", attribution), console);
    }

    /// @param more of the result
    private static int told(Replay.Report replay, JsonObject more, Console console) {
        replay.faults().stream().limit(FAULTS).forEach(fault -> console.print("fault:    " + fault));
        if (replay.faults().size() > FAULTS) {
            console.print("fault:    and " + (replay.faults().size() - FAULTS) + " more");
        }
        console.print(String.format(
                Locale.ROOT,
                "replay:   %s; %d of %d steps by their formula, largest difference %.1e of the largest number",
                replay.isTrue() ? "the trace holds" : "the trace does NOT hold",
                replay.byFormula(),
                replay.findings().size(),
                replay.largest()));
        console.result(Json.object()
                .with("holds", replay.isTrue())
                .with("steps", replay.findings().size())
                .with("byFormula", replay.byFormula())
                .with("largestDifference", replay.largest())
                .with("faults", replay.faults())
                .with(more));
        return replay.isTrue() ? DONE : CHECK_FAILED;
    }
}
