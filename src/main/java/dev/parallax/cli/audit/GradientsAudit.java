package dev.parallax.cli.audit;

import dev.parallax.BadInputException;
import dev.parallax.audit.training.GradientCheck;
import dev.parallax.audit.training.StepCheck;
import dev.parallax.audit.training.TermCheck;
import dev.parallax.audit.training.TrainingCheck;
import dev.parallax.audit.training.UpdateCheck;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Table;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.setup.GradientAudit;
import dev.parallax.train.Workers;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `audit --gradients`: steps of training, from the masks of the inputs to the moved parameters, held against formulas.
final class GradientsAudit {

    static final String OPTION = "gradients";
    private static final List<String> NOT_WITH =
            List.of("audio", "text", "manifest", "dialogue", "out", "replay", "channel");

    private final TrainingCheck check;

    private GradientsAudit(TrainingCheck check) {
        this.check = check;
    }

    static void require(Arguments arguments) {
        for (String other : NOT_WITH) {
            if (arguments.has(other)) {
                throw new BadInputException(
                        "audit: --gradients checks steps of training on a corpus; leave --" + other + " out");
            }
        }
    }

    static int run(Model model, Arguments arguments, Console console) {
        TrainingCheck check;
        try (Workers workers = Computing.workers(arguments)) {
            check = GradientAudit.of(model, Requests.corpus(arguments), workers, console);
        }
        GradientsAudit audit = new GradientsAudit(check);
        audit.table().lines().forEach(console::print);
        console.print("");
        console.print(audit.steps());
        console.print(audit.inputs());
        console.print(audit.loss());
        console.print(audit.forward());
        console.print(audit.gradients());
        console.print(audit.clipping());
        console.print(audit.update());
        audit.leftOut().forEach(console::print);
        console.result(Json.object()
                .with("holds", check.holds())
                .with("settings", check.config().toJson())
                .with("steps", Json.of(check.steps())));
        return check.holds() ? Command.DONE : Command.CHECK_FAILED;
    }

    /// The largest differences of each parameter over the steps.
    private Table table() {
        Table table = new Table(List.of(
                "parameter", "|gradient|", "off, random signs", "off, along it", "clipped", "kept", "moved", "scaled"));
        List<GradientCheck.Checked> first = check.steps().getFirst().gradient().parameters();
        for (int p = 0; p < first.size(); p++) {
            int at = p;
            table.row(
                    first.get(p).name(),
                    List.of(
                            number(first.get(p).norm()),
                            number(largest(step -> gradient(step, at).signs())),
                            number(largest(step -> gradient(step, at).along())),
                            number(largest(step -> moved(step, at).clipped())),
                            number(largest(step -> moved(step, at).kept())),
                            number(largest(step -> moved(step, at).moved())),
                            number(largest(step -> moved(step, at).scaled()))));
        }
        return table;
    }

    private static GradientCheck.Checked gradient(StepCheck step, int parameter) {
        return step.gradient().parameters().get(parameter);
    }

    private static UpdateCheck.Moved moved(StepCheck step, int parameter) {
        return step.update().parameters().get(parameter);
    }

    private String steps() {
        StepCheck first = check.steps().getFirst();
        JsonObject settings = check.config().toJson();
        return "steps:     " + check.steps().size() + ", from step " + (first.number() + 1) + " of epoch "
                + (first.epoch() + 1) + " on, of " + each(step -> Integer.toString(step.batch()))
                + " utterances; settings of the model's record: "
                + Stream.of("loss", "optimizer", "schedule")
                        .map(name -> name + " " + settings.text(name))
                        .collect(Collectors.joining(", "))
                + ", clipNorm " + check.config().clipNorm() + ", weightDecay "
                + check.config().weightDecay();
    }

    /// What of the settings is not in it.
    private List<String> leftOut() {
        JsonObject settings = check.config().toJson();
        int copies =
                settings.has("augmentation") ? settings.object("augmentation").integer("copies") : 0;
        return copies == 0
                ? List.of()
                : List.of("not in it: " + Count.of(copies, "varied copy", "varied copies")
                        + " of each recording: they are made of sound, before there are features");
    }

    private String inputs() {
        long masked = sum(step -> step.inputs().maskedValues());
        long hiddenAudio = sum(step -> step.inputs().hiddenAudio());
        long hiddenText = sum(step -> step.inputs().hiddenText());
        long wrong = sum(step -> step.inputs().wrong());
        String changed = masked + hiddenAudio + hiddenText == 0
                ? "nothing is masked or hidden under these settings"
                : String.format(
                        Locale.ROOT,
                        "masks on %d of %d recordings, %d of %d numbers; hidden: audio of %d, text of %d utterances",
                        sum(step -> step.inputs().masked()),
                        sum(step -> step.inputs().recordings()),
                        masked,
                        sum(step -> step.inputs().values()),
                        hiddenAudio,
                        hiddenText);
        return "inputs:    " + changed + "; "
                + (wrong == 0
                        ? "every number is what the settings say, to the bit"
                        : Count.of(wrong, "number is", "numbers are") + " NOT what the settings say");
    }

    private String loss() {
        return String.format(
                Locale.ROOT,
                "loss:      %s, of %s fused, %s audio and %s text terms; largest difference from its formula %.1e, bound"
                        + " %.0e",
                each(step -> String.format(Locale.ROOT, "%.6f", step.terms().loss())),
                each(step -> Integer.toString(step.terms().fused())),
                each(step -> Integer.toString(step.terms().audio())),
                each(step -> Integer.toString(step.terms().text())),
                largest(step -> step.terms().off()),
                TermCheck.BOUND);
    }

    private String forward() {
        return String.format(
                Locale.ROOT,
                "forward:   %d operations, largest difference from their formulas %.1e of the largest number",
                check.steps().getFirst().gradient().steps(),
                largest(step -> step.gradient().forward()));
    }

    private String gradients() {
        boolean holds = check.steps().stream().allMatch(step -> step.gradient().holds());
        return String.format(
                Locale.ROOT,
                "gradients: they are %s of the loss; largest difference %.1e of a gradient's norm, bound %.0e",
                holds ? "those" : "NOT those",
                largest(step -> step.gradient().parameters().stream()
                        .mapToDouble(each -> Math.max(each.signs(), each.along()))
                        .max()
                        .orElse(0)),
                GradientCheck.BOUND);
    }

    private String clipping() {
        return String.format(
                Locale.ROOT,
                "clipping:  times %s; largest difference %.1e of a gradient's norm, bound %.0e",
                each(step -> String.format(Locale.ROOT, "%.4g", step.update().clipping())),
                largest(step -> largest(step, UpdateCheck.Moved::clipped)),
                UpdateCheck.CLIPPED_BOUND);
    }

    private String update() {
        boolean holds = check.steps().stream().allMatch(step -> step.update().holds());
        return String.format(
                Locale.ROOT,
                "update:    rates %s; the parameters are %s of the formulas; largest difference of what the optimiser"
                        + " keeps %.1e, bound %.0e, of a parameter's numbers %.1e, bound %.0e, of its size %.1e, bound"
                        + " %.0e",
                each(step -> number(step.update().rate())),
                holds ? "those" : "NOT those",
                largest(step -> largest(step, UpdateCheck.Moved::kept)),
                UpdateCheck.KEPT_BOUND,
                largest(step -> largest(step, UpdateCheck.Moved::moved)),
                UpdateCheck.MOVED_BOUND,
                largest(step -> largest(step, UpdateCheck.Moved::scaled)),
                UpdateCheck.SCALED_BOUND);
    }

    private static double largest(StepCheck step, ToDoubleFunction<UpdateCheck.Moved> difference) {
        return step.update().parameters().stream().mapToDouble(difference).max().orElse(0);
    }

    private double largest(ToDoubleFunction<StepCheck> difference) {
        return check.steps().stream().mapToDouble(difference).max().orElse(0);
    }

    private long sum(ToDoubleFunction<StepCheck> count) {
        return (long) check.steps().stream().mapToDouble(count).sum();
    }

    /// What is said of each step, step after step.
    private String each(Function<StepCheck, String> said) {
        return check.steps().stream().map(said).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2e", value);
    }
}
