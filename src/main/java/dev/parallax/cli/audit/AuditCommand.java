package dev.parallax.cli.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.audit.Contributions;
import dev.parallax.audit.Occlusion;
import dev.parallax.audit.Replay;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Version;
import dev.parallax.model.WeightsHash;
import dev.parallax.report.audit.AuditPage;
import dev.parallax.report.page.Fact;
import dev.parallax.setup.ModelPath;
import dev.parallax.trace.TraceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `audit`: answers a recording, a sentence or both, and writes a page and a trace with every step that led to the
/// answer. `audit --replay DIR` checks a trace that was written before.
public final class AuditCommand implements Command {

    private static final int FAULTS = 10; // that are told

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
                .encoders()
                .computing()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path replay = arguments.path("replay");
        Path out = arguments.path("out");
        if (replay != null && (out != null || arguments.has("audio") || arguments.has("text"))) {
            throw new BadInputException("audit: --replay checks what was written; give it with --model alone");
        }
        if (replay == null && !arguments.has("audio") && !arguments.has("text")) {
            throw new BadInputException("audit: give --audio, --text or both, or --replay alone");
        }
        ModelPath path = ModelPath.of(arguments.path("model"));
        TraceFile trace = replay == null ? null : TraceFile.read(replay);
        Path folder = trace == null ? requireNew(arguments) : null;
        try (Backend backend = Computing.backend(arguments, console);
                EmotionModel model = load(path, backend, arguments, console)) {
            return folder == null
                    ? told(Replay.of(Objects.requireNonNull(trace), model, WeightsHash.of(model)), console)
                    : audit(model, path, folder, arguments, console);
        }
    }

    private static Path requireNew(Arguments arguments) {
        Path folder = arguments.requiredPath("out", "say where the page and the trace go: --out DIR");
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInputException("audit: --out " + folder + " is a file; give a folder");
        }
        if (!FolderLock.isEmpty(folder)) {
            throw new BadInputException("audit: --out " + folder + " holds something already; give a new folder");
        }
        return folder;
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

    private int audit(EmotionModel model, ModelPath path, Path folder, Arguments arguments, Console console) {
        AudioArgument audio = AudioArgument.of(arguments);
        String text = arguments.text("text");
        List<Audio> windows = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        JsonObject recording = null;
        if (audio != null) {
            AudioArgument.oneChannel(arguments, "audit");
            AudioSource whole = audio.source(warnings::add);
            SpeechWindows.of(whole, model.config().windowSeconds()).forEach(window -> windows.add(window.read()));
            recording = Json.object()
                    .with("file", String.valueOf(audio.path().getFileName()))
                    .with("sha256", whole.contentHash());
        }
        warnings.forEach(console::warn);
        UtteranceAudit audit = UtteranceAudit.of(model, windows, text);
        audit.prediction().warnings().forEach(console::warn);
        SafeFiles.createFolder(folder);
        String weights = WeightsHash.of(model);
        TraceFile.write(folder, head(model, path, weights, recording, text, audit), audit.trace());
        Replay.Report replay = Replay.of(TraceFile.read(folder), model, weights);
        Path page = new AuditPage(
                        arguments.typed(),
                        facts(model, path, weights, recording, text),
                        audit,
                        model.rules(),
                        Contributions.of(model, audit),
                        Occlusion.of(model, audit),
                        replay)
                .write(folder);
        console.print("decision: " + audit.prediction().decision().label() + ", "
                + String.format(
                        Locale.ROOT, "%.3f", audit.prediction().decision().probability())
                + (audit.prediction().decision().sure() ? ", sure" : ", not sure"));
        console.print("page:     " + page);
        console.print("trace:    " + folder.resolve(TraceFile.STEPS) + ", " + folder.resolve(TraceFile.VALUES) + ", "
                + audit.trace().steps().size() + " steps");
        return told(replay, console);
    }

    private static JsonObject head(
            EmotionModel model,
            ModelPath path,
            String weights,
            @Nullable JsonObject recording,
            @Nullable String text,
            UtteranceAudit audit) {
        Path file = path.file();
        JsonObject of = Json.object().with("name", path.name()).with("weights", weights);
        JsonObject head = Json.object()
                .with("parallax", Version.current())
                .with("backend", model.backend().description())
                .with("model", file == null ? of : of.with("sha256", SafeFiles.sha256(file)))
                .with("labels", model.labels().names());
        head = recording == null ? head : head.with("recording", recording);
        head = text == null ? head : head.with("text", text);
        return head.with("prediction", audit.prediction().toJson());
    }

    private static List<Fact> facts(
            EmotionModel model, ModelPath path, String weights, @Nullable JsonObject recording, @Nullable String text) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Parallax", Version.current()));
        facts.add(new Fact("model", path.name()));
        facts.add(new Fact("weights, SHA-256", weights));
        if (recording != null) {
            facts.add(new Fact("recording", recording.text("file")));
            facts.add(new Fact("recording, SHA-256", recording.text("sha256")));
        }
        if (text != null) {
            facts.add(new Fact("text", text));
        }
        facts.add(new Fact("backend", model.backend().description()));
        return facts;
    }

    private static int told(Replay.Report replay, Console console) {
        double largest = replay.findings().stream()
                .mapToDouble(finding -> finding.difference())
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        long formulas = replay.findings().stream()
                .filter(finding -> !Double.isNaN(finding.difference()))
                .count();
        replay.faults().stream().limit(FAULTS).forEach(fault -> console.print("fault:    " + fault));
        if (replay.faults().size() > FAULTS) {
            console.print("fault:    and " + (replay.faults().size() - FAULTS) + " more");
        }
        console.print(String.format(
                Locale.ROOT,
                "replay:   %s; %d of %d steps by their formula, largest difference %.1e of the largest number",
                replay.isTrue() ? "the trace holds" : "the trace does NOT hold",
                formulas,
                replay.findings().size(),
                largest));
        console.result(Json.object()
                .with("holds", replay.isTrue())
                .with("steps", replay.findings().size())
                .with("byFormula", formulas)
                .with("largestDifference", largest)
                .with("faults", replay.faults()));
        return replay.isTrue() ? DONE : CHECK_FAILED;
    }
}
