package dev.parallax.cli.audit;

import dev.parallax.audit.Audit;
import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.EncoderSteps;
import dev.parallax.audit.Replay;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.Model;
import dev.parallax.trace.TraceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The new folder that an audit is written into.
record AuditFolder(Path path) {

    private static final String ATTRIBUTION = "attribution.json";

    /// That of `--out`.
    ///
    /// @throws dev.parallax.BadInputException when it holds something already
    static AuditFolder of(Arguments arguments) {
        return new AuditFolder(arguments.requiredNewFolder("out", "say where the page and the trace go: --out DIR"));
    }

    /// Writes a trace, and checks it as it stands there.
    Replay.Report write(Model model, AuditSubject subject, Audit audit) {
        SafeFiles.createFolder(path);
        TraceFile.write(path, subject.toJson(), audit.trace());
        return Replay.of(TraceFile.read(path), model);
    }

    /// Writes what the answers hang on.
    void write(JsonObject attribution) {
        SafeFiles.write(path.resolve(ATTRIBUTION), attribution.toIndentedText().getBytes(StandardCharsets.UTF_8));
    }

    /// Tells where all is, and what is not in it.
    void tell(Path page, Audit audit, Console console) {
        long leftOut = EncoderSteps.leftOut(audit.trace());
        if (leftOut > 0) {
            console.warn(
                    "the own steps of a pretrained encoder, " + leftOut + " numbers, are not in the trace, which has"
                            + " room for " + EncoderSteps.LIMIT + "; give a shorter recording or text to follow them");
        }
        console.print("page:     " + page);
        console.print("trace:    " + path.resolve(TraceFile.STEPS) + ", " + path.resolve(TraceFile.VALUES) + ", "
                + audit.trace().steps().size() + " steps");
    }
}
