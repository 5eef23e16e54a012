package dev.parallax.cli.audit;

import dev.parallax.BadInputException;
import dev.parallax.audit.GradientCheck;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Table;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.setup.GradientAudit;
import dev.parallax.train.Workers;
import java.util.List;
import java.util.Locale;

/// `audit --gradients`: the gradient of a training step, held against the loss itself.
final class GradientsAudit {

    static final String OPTION = "gradients";
    private static final List<String> NOT_WITH =
            List.of("audio", "text", "manifest", "dialogue", "out", "replay", "channel");

    private GradientsAudit() {}

    static void require(Arguments arguments) {
        for (String other : NOT_WITH) {
            if (arguments.has(other)) {
                throw new BadInputException(
                        "audit: --gradients checks a step of training on a corpus; leave --" + other + " out");
            }
        }
    }

    static int run(EmotionModel model, Arguments arguments, Console console) {
        GradientCheck check;
        try (Workers workers = Computing.workers(arguments)) {
            check = GradientAudit.of(model, Requests.corpus(arguments), workers, console);
        }
        Table table = new Table(List.of("parameter", "|gradient|", "off, random signs", "off, along it"));
        for (GradientCheck.Checked each : check.parameters()) {
            table.row(each.name(), List.of(number(each.norm()), number(each.signs()), number(each.along())));
        }
        table.lines().forEach(console::print);
        console.print("");
        console.print(String.format(
                Locale.ROOT,
                "forward:   loss %.6f, %d operations, largest difference from their formulas %.1e of the largest number",
                check.loss(),
                check.steps(),
                check.forward()));
        console.print(String.format(
                Locale.ROOT,
                "gradients: %s; largest difference %.1e of a gradient's norm, bound %.0e",
                check.holds() ? "they are those of the loss" : "they are NOT those of the loss",
                check.parameters().stream()
                        .mapToDouble(each -> Math.max(each.signs(), each.along()))
                        .max()
                        .orElse(0),
                GradientCheck.BOUND));
        console.result(Json.object()
                .with("holds", check.holds())
                .with("loss", check.loss())
                .with("forward", check.forward())
                .with("parameters", Json.of(check.parameters())));
        return check.holds() ? Command.DONE : Command.CHECK_FAILED;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2e", value);
    }
}
