package dev.parallax.cli.inspect;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.command.Table;
import dev.parallax.corpus.split.Part;
import dev.parallax.io.Json;
import dev.parallax.io.JsonDifference;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.setup.ModelComparison;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `diff`: how two models differ, in configuration, data, split, weights, and what they decide; or two answers of
/// `predict --json`.
public final class DiffCommand implements Command {

    private static final String ALL = "all";
    private static final int SHOWN = 20;

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "diff",
                        "A B [--corpus KIND:PATH] [OPTIONS]",
                        "how two models differ: settings, data, split, weights, and decisions on a corpus")
                .words(2)
                .repeatable("corpus", "KIND:PATH", "asks both models what they decide on its utterances")
                .option("labels", "MAP", "merges and drops emotions, or names a class set, as in training")
                .option(
                        "split",
                        "PART",
                        "of the corpus: test, of the split that each model carries, or all (default: test)")
                .flag("allow-seen", "ask also about what a model was trained on or chosen by; the result says so")
                .made()
                .rooted()
                .cached()
                .computing()
                .common()
                .notes(List.of(
                        "A and B are model files, folders of training runs, or starter; or two JSON documents, such as",
                        "predict --json prints, of which every field that differs is shown.",
                        "The exit code is 0 where they are the same, 1 where they differ."));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        List<String> words = arguments.words();
        if (words.size() < 2) {
            throw new BadInputException("diff: which two? Give two models, or two JSON documents of predict --json");
        }
        Path first = Path.of(words.get(0));
        Path second = Path.of(words.get(1));
        if (isJson(first) != isJson(second)) {
            throw new BadInputException("diff: " + (isJson(first) ? first : second)
                    + " is a JSON document and the other is not; give two of a kind");
        }
        if (isJson(first)) {
            return documents(first, second, console);
        }
        return models(ModelPath.ofWord(first), ModelPath.ofWord(second), first, second, arguments, console);
    }

    /// By its name, or by its first bytes: those of a model file are the length of its header, whose last bytes are 0.
    private static boolean isJson(Path file) {
        return file.toString().endsWith(".json") || (Files.isRegularFile(file) && beginsLikeJson(file));
    }

    private static boolean beginsLikeJson(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(Long.BYTES);
            return first.length > 1 && first[0] == '{' && first[first.length - 1] != 0;
        } catch (IOException e) {
            throw SafeFiles.unreadable(file.toString(), e);
        }
    }

    private static int documents(Path first, Path second, Console console) {
        List<JsonDifference> differences = JsonDifference.between(Json.parseObject(first), Json.parseObject(second));
        differences.forEach(difference -> console.print(difference.line()));
        if (differences.isEmpty()) {
            console.print("the same in every field");
        }
        console.result(Json.object().with("same", differences.isEmpty()).with("fields", Json.of(differences)));
        return differences.isEmpty() ? DONE : CHECK_FAILED;
    }

    private static int models(ModelPath a, ModelPath b, Path first, Path second, Arguments arguments, Console console) {
        ModelDifference difference = ModelDifference.between(a, b);
        if (arguments.has("corpus") && !difference.hasSameLabels()) {
            throw new BadInputException("diff: " + a.name() + " and " + b.name()
                    + " have other labels, so their decisions" + " cannot be compared; leave --corpus out");
        }
        console.print(difference.lines());
        JsonObject result = difference.toJson();
        if (arguments.has("corpus")) {
            try (Backend backend = Computing.backend(arguments, console);
                    Workers workers = Computing.workers(arguments)) {
                ModelComparison decisions =
                        ModelComparison.of(request(first, arguments), second, backend, workers, console);
                print(decisions, console);
                result = result.with("decisions", Json.of(decisions));
            }
        } else if (!difference.isSameFile()) {
            console.print("");
            console.print("--corpus KIND:PATH compares their decisions");
        }
        console.result(result);
        return difference.isSameFile() ? DONE : CHECK_FAILED;
    }

    private static EvaluationRequest request(Path first, Arguments arguments) {
        String word = Arguments.choice(
                "split", arguments.text("split", Part.TEST.word()), List.of(Part.TEST.word(), ALL), text -> text);
        return new EvaluationRequest(
                first,
                Requests.corpus(arguments),
                word.equals(ALL) ? null : Part.TEST,
                arguments.has("allow-seen"),
                Requests.encoders(arguments));
    }

    private static void print(ModelComparison decisions, Console console) {
        console.print("");
        console.print("decisions on " + decisions.utterances() + " utterances that both answer");
        Table table = new Table(List.of("", "right", "accuracy", "unweighted acc"));
        table.row(
                "A", row(decisions, decisions.firstRight(), decisions.speakers().first()));
        table.row(
                "B",
                row(decisions, decisions.secondRight(), decisions.speakers().second()));
        table.lines().forEach(line -> console.print("  " + line));
        console.print(String.format(
                Locale.ROOT,
                "  only A is right %d times, only B %d: McNemar's exact p %.3g, utterances taken as independent",
                decisions.mcNemar().onlyFirst(),
                decisions.mcNemar().onlySecond(),
                decisions.mcNemar().p()));
        console.print(String.format(
                Locale.ROOT,
                "  unweighted accuracies, whole speakers swapped: p %.3g (%d speakers and utterances without one, least p %.2g)",
                decisions.speakers().p(),
                decisions.speakers().clusters(),
                decisions.speakers().smallestP()));
        console.print("  they differ on " + decisions.differing().size() + " utterances");
        for (ModelComparison.Differing each :
                decisions.differing().stream().limit(SHOWN).toList()) {
            console.print("    " + each.id() + ": " + each.truth() + "; A " + each.first() + ", B " + each.second());
        }
        if (decisions.differing().size() > SHOWN) {
            console.print("    and " + (decisions.differing().size() - SHOWN) + " more (--json has all)");
        }
        decisions.notes().forEach(console::warn);
    }

    private static List<String> row(ModelComparison decisions, int right, double unweighted) {
        return List.of(
                Integer.toString(right),
                Table.number((double) right / decisions.utterances()),
                Table.number(unweighted));
    }
}
