package dev.parallax.cli.audit;

import dev.parallax.audit.Replay;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import java.util.Locale;

/// Answers, and what a replay has found of them, as lines and as JSON.
final class AuditText {

    private static final int FAULTS = 10; // that are told

    private AuditText() {}

    /// A decision: `joy, 0.412, not sure`.
    static String decision(Prediction prediction) {
        Answer decision = prediction.decision();
        return decision.label()
                + String.format(Locale.ROOT, ", %.3f", decision.probability())
                + (decision.sure() ? ", sure" : ", not sure");
    }

    /// Tells what a replay has found.
    ///
    /// @param more of the result
    /// @return the exit code
    static int tell(Replay.Report replay, JsonObject more, Console console) {
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
        return replay.isTrue() ? Command.DONE : Command.CHECK_FAILED;
    }
}
