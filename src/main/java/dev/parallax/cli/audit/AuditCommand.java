package dev.parallax.cli.audit;

import dev.parallax.BadInputException;
import dev.parallax.audit.Replay;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Json;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.setup.GradientAudit;
import dev.parallax.setup.ModelPath;
import dev.parallax.trace.TraceFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// `audit`: answers a recording, a sentence or both, or a dialogue of a manifest, and writes a page and a trace with
/// every step that led to the answer. `audit --replay DIR` checks a trace that was written before.
public final class AuditCommand implements Command {

    private static final String CHECK = "check-attribution";

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "audit",
                        "[--model FILE_OR_DIR] [--audio FILE] [--text WORDS] [--manifest CSV] --out DIR | --replay DIR"
                                + " [OPTIONS]",
                        "an answer step by step, from the samples to the decision, and each step checked")
                .option(
                        "model",
                        "FILE_OR_DIR",
                        "a model file, or the folder of a training run (default: starter, the one that comes along)")
                .recording(" and length", "left|right|N")
                .option("text", "WORDS", "what was said")
                .option(
                        "manifest",
                        "CSV",
                        "for a model of dialogues: the turns, columns id, audio, text, dialogue, turn and speaker")
                .option("dialogue", "ID", "which dialogue of the manifest, where it has several")
                .rooted()
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
                        "checks steps of training instead, on " + GradientAudit.UTTERANCES + " utterances or "
                                + GradientAudit.DIALOGUES + " dialogues of --corpus: masks, hidden modalities, loss,"
                                + " gradient, clipping and optimiser, each computed again in double precision")
                .repeatable("corpus", "KIND:PATH", "of --gradients: a corpus with the model's labels")
                .option("labels", "MAP", "of --gradients: merges and drops emotions, as in training")
                .made()
                .cached()
                .encoders()
                .computing()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        if (arguments.has(GradientsAudit.OPTION)) {
            return gradients(arguments, console);
        }
        Path replay = arguments.path("replay");
        Path manifest = arguments.path("manifest");
        requireOneQuestion(replay, manifest, arguments);
        ModelPath path = ModelPath.of(arguments.path("model"));
        if (replay != null) {
            TraceFile trace = TraceFile.read(replay);
            try (Backend backend = Computing.backend(arguments, console);
                    Model model = load(path, backend, arguments, console)) {
                return AuditText.tell(Replay.of(trace, model), Json.object(), console);
            }
        }
        AuditFolder folder = AuditFolder.of(arguments);
        try (Backend backend = Computing.backend(arguments, console);
                Model model = load(path, backend, arguments, console)) {
            Path file = path.file();
            String hash = file == null ? null : SafeFiles.sha256(file);
            return switch (model) {
                case EmotionModel emotions
                when manifest == null ->
                    new UtteranceReport(emotions, path.name(), hash)
                            .write(folder, arguments.has(CHECK), arguments, console);
                case DialogueModel dialogues
                when manifest != null ->
                    new DialogueReport(dialogues, path.name(), hash)
                            .write(folder, manifest, arguments.has(CHECK), arguments, console);
                case EmotionModel _ ->
                    throw new BadInputException("audit: --model " + path.name()
                            + " is a model of utterances, each by itself; give --audio and --text of one in place of"
                            + " --manifest");
                case DialogueModel _ ->
                    throw new BadInputException("audit: --model " + path.name()
                            + " is a model of dialogues; give the turns of one: --manifest CSV");
            };
        }
    }

    /// Refuses two questions at once, and none.
    private static void requireOneQuestion(@Nullable Path replay, @Nullable Path manifest, Arguments arguments) {
        boolean utterance = arguments.has("audio") || arguments.has("text");
        if (arguments.has("corpus")) {
            throw new BadInputException("audit: --corpus is for --gradients; an answer is of --audio and --text");
        }
        if (replay != null && (arguments.has("out") || utterance || manifest != null || arguments.has(CHECK))) {
            throw new BadInputException("audit: --replay checks what was written; give it with --model alone");
        }
        if (replay == null && utterance == (manifest != null)) {
            throw new BadInputException("audit: give --audio, --text or both, or --manifest alone, or --replay alone");
        }
        if (manifest == null && (arguments.has("dialogue") || arguments.has("root"))) {
            throw new BadInputException("audit: --dialogue and --root are about a manifest; give them with --manifest");
        }
    }

    private static int gradients(Arguments arguments, Console console) {
        GradientsAudit.require(arguments);
        ModelPath path = ModelPath.of(arguments.path("model"));
        try (Backend backend = Computing.backend(arguments, console);
                Model model = load(path, backend, arguments, console)) {
            return GradientsAudit.run(model, arguments, console);
        }
    }

    private static Model load(ModelPath path, Backend backend, Arguments arguments, Console console) {
        return path.load(backend, Requests.encoders(arguments), null, console);
    }
}
