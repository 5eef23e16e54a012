package dev.parallax.cli.study;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Loss;
import dev.parallax.report.page.Drawing;
import dev.parallax.report.study.CeilingCheck;
import dev.parallax.setup.Study;
import dev.parallax.setup.StudyOutcome;
import dev.parallax.setup.request.GroupsRequest;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.setup.request.TriedSetting;
import dev.parallax.study.BaselineChoice;
import dev.parallax.study.StudyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `study`: every way to fuse, under the losses that are named, over folds and seeds, with intervals and tests.
public final class StudyCommand implements Command {

    private static final List<Loss> LOSSES = List.of(Loss.values());
    private static final List<BaselineChoice> BASELINES = List.of(BaselineChoice.values());
    private static final List<String> SIZES = List.of("equal", "as-set");

    private final StudyRun.@Nullable Cluster cluster;

    /// On this machine.
    public StudyCommand() {
        this(null);
    }

    /// @param cluster other machines, which compute the cells; or null
    public StudyCommand(StudyRun.@Nullable Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Syntax syntax() {
        List<String> notes = new ArrayList<>(List.of(
                "What is finished is kept: the same command goes on where it was stopped. Audio and text alone, and",
                "decision-mean, -product and -stack of them, are in every study.",
                "",
                "strategies:"));
        Fusions.all()
                .forEach(strategy ->
                        notes.add(String.format(Locale.ROOT, "  %-18s %s", strategy.name(), strategy.formula())));
        return new Syntax("study", "--corpus KIND:PATH [OPTIONS] --out DIR", "which way to fuse audio and text helps")
                .repeatable("corpus", "KIND:PATH", "what to study: " + String.join(", ", Corpora.KINDS))
                .option("out", "DIR", "gets report.html, results.json, results.csv, timing.json and a file a cell")
                .option(
                        "level",
                        "NAME",
                        "utterance; or dialogue: each utterance with its neighbours (default: utterance)")
                .option("fusions", "LIST", "names as below, or all (default: all)")
                .option(
                        "losses",
                        "LIST",
                        "fused: the single loss; perspective: the perspective loss; " + Requests.OTHER_LOSSES
                                + " (default: fused,perspective)")
                .option(
                        "seeds",
                        "N",
                        "how many repetitions of everything, not which seeds (default: " + StudyRequest.SEEDS + ")")
                .option(
                        "folds",
                        "NAME",
                        "a protocol: " + String.join(", ", UtteranceSplitter.PROTOCOLS) + "; of dialogues: "
                                + String.join(", ", DialogueSplitter.PROTOCOLS) + " (default: the corpus's split)")
                .option(
                        "sizes",
                        "NAME",
                        "equal: strategies have about as many parameters as late-add; as-set: the widths that are set"
                                + " (default: equal)")
                .option(
                        "groups",
                        "FILE.csv:COLUMN,COLUMN",
                        "groups of test utterances that are scored by themselves, by columns of a table that has a column"
                                + " id too")
                .repeatable(
                        "tune",
                        "KEY=A,B",
                        "every cell tries these values of a setting, and its validation part chooses; features=A,B tries"
                                + " presets of features; of several settings all combinations are tried")
                .option(
                        "tune-by",
                        "NAME",
                        "a protocol as of --folds: an inner rotation over the training and validation parts of each fold"
                                + " chooses, once for all seeds (default: the validation part chooses)")
                .option(
                        "baselines",
                        "NAME",
                        "what needs no network: none; majority: the most frequent class; linear: that and linear models"
                                + " (default: linear)")
                .reading()
                .leavingOut()
                .made()
                .option(
                        "labels",
                        "MAP",
                        "merges and drops emotions: anger=angry|annoyed,neutral keeps two classes; or the name of a class"
                                + " set (corpus --help lists them)")
                .option("modalities", "LIST", "audio,text")
                .option("features", "PRESET", "what is taken of a recording, as in train (default: speech)")
                .flag("causal", "of dialogues: no answer depends on later turns")
                .flag("speakers", "of dialogues: the model is told who speaks, the first, the second, ...")
                .option("seed", "N", "the first seed (default: see training.seed)")
                .option("split-seed", "N", "of what is drawn of the folds (default: the first seed)")
                .rooted()
                .cached()
                .computing()
                .preset()
                .configurable()
                .common()
                .notes(notes);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        long start = System.nanoTime();
        Path out = arguments.requiredPath("out", "say where the study goes: --out runs/study");
        StudyRequest request = request(out, arguments);
        StudyOutcome outcome;
        try (Backend backend = Computing.backend(arguments, console)) {
            outcome = Study.run(request, backend, Computing.threads(arguments), console, cluster);
        }
        StudyWriter writer = new StudyWriter(arguments, outcome);
        double seconds = (System.nanoTime() - start) / 1e9;
        Path page = writer.report(seconds).write(out);
        console.print(writer.lines());
        console.print("");
        console.print("report: " + page);
        Drawing.obstacle().ifPresent(console::warn);
        console.print(String.format(Locale.ROOT, "time:   %.0f s", (System.nanoTime() - start) / 1e9));
        console.result(outcome.toJson().with("report", page.toString()));
        return writer.checks().stream().anyMatch(CeilingCheck::leaks) ? CHECK_FAILED : DONE;
    }

    /// The study that arguments ask for.
    ///
    /// @param out its folder
    public static StudyRequest request(Path out, Arguments arguments) {
        List<String> losses = arguments.list("losses");
        String baselines = arguments.text("baselines", BaselineChoice.LINEAR.word());
        String sizes = arguments.text("sizes", SIZES.getFirst());
        return new StudyRequest(
                Requests.corpus(arguments),
                Requests.model(arguments),
                arguments.list("fusions"),
                losses.isEmpty()
                        ? StudyRequest.LOSSES
                        : losses.stream()
                                .map(loss -> Arguments.choice("losses", loss, LOSSES, Loss::word))
                                .toList(),
                seeds(arguments),
                arguments.text("folds"),
                Arguments.choice("sizes", sizes, SIZES, Function.identity()).equals(SIZES.getFirst()),
                arguments.texts("tune").stream().map(StudyCommand::tried).toList(),
                arguments.text("tune-by"),
                arguments.has("split-seed") ? (Long) arguments.whole("split-seed", 0) : null,
                Arguments.choice("baselines", baselines, BASELINES, BaselineChoice::word),
                groups(arguments.text("groups")),
                out);
    }

    private static @Nullable GroupsRequest groups(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new BadInputException("--groups " + text + ": write --groups FILE.csv:COLUMN,COLUMN");
        }
        return new GroupsRequest(Path.of(text.substring(0, colon)), Requests.between(text.substring(colon + 1)));
    }

    /// How many repetitions; a list of seeds is refused with what it may have meant.
    private static int seeds(Arguments arguments) {
        List<String> words = arguments.list("seeds");
        if (words.size() > 1) {
            throw new BadInputException("study: --seeds " + String.join(",", words)
                    + ": it is the number of repetitions, not a list of seeds; write --seeds " + words.size()
                    + " --seed " + words.getFirst() + ", which takes " + words.size() + " seeds from "
                    + words.getFirst() + " on");
        }
        return arguments.count("seeds", StudyRequest.SEEDS);
    }

    private static TriedSetting tried(String text) {
        Setting setting = Requests.setting("tune", "KEY=VALUE,VALUE", text);
        return new TriedSetting(setting.key(), Requests.between(setting.value()));
    }
}
