package dev.parallax.cli.inspect;

import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.ModelDescription;
import dev.parallax.report.card.ModelCard;
import dev.parallax.setup.EvaluationOutcome;
import dev.parallax.setup.ModelPath;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `card`: the model card of a model, as Markdown and as a page.
public final class CardCommand implements Command {

    private static final String UNKNOWN = "unknown";

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "card",
                        "MODEL --out DIR [OPTIONS]",
                        "the model card: data, scores by class, limits; as Markdown and as a page")
                .words(1)
                .option("out", "DIR", "gets README.md and report.html; new or empty")
                .option(
                        "evaluation",
                        "DIR",
                        "a folder that evaluate --out wrote for this model: its scores by group (--groups sex,speaker) and"
                                + " under other conditions (--robustness) go onto the card")
                .option("name", "NAME", "of the model on the card (default: that of its folder or file)")
                .option(
                        "license",
                        "ID",
                        "the licence under which you publish the model, such as cc-by-4.0 (default: unknown)")
                .model()
                .common()
                .notes(
                        List.of(
                                "README.md begins with the metadata that Hugging Face reads, so that the folder can be published."));
    }

    private static @Nullable JsonObject evaluation(Arguments arguments) {
        Path folder = arguments.path("evaluation");
        return folder == null ? null : Json.parseObject(folder.resolve(EvaluationOutcome.FILE));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path folder = arguments.requiredNewFolder("out", "say where the card goes: --out DIR");
        Path given = arguments.modelWord();
        ModelPath path = ModelPath.ofWord(given);
        ModelDescription model = ModelDescription.of(path.stored(), path.name());
        String name = arguments.text("name", String.valueOf(given.getFileName()).replace(".safetensors", ""));
        ModelCard card = ModelCard.of(name, arguments.text("license", UNKNOWN), model, evaluation(arguments));
        List<Path> files = card.write(folder);
        files.forEach(file -> console.print("card: " + file));
        if (!arguments.has("license")) {
            console.warn("the card says that the licence of the model is unknown: give --license, and mind those of its"
                    + " data");
        }
        console.result(Json.object()
                .with("markdown", files.getFirst().toString())
                .with("page", files.getLast().toString()));
        return DONE;
    }
}
