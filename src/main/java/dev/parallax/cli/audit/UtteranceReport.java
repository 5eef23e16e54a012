package dev.parallax.cli.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.AuditedUtterance;
import dev.parallax.audit.Contributions;
import dev.parallax.audit.Replay;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.audit.attribution.Summary;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.report.audit.AuditPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The audit of a recording, a sentence or both.
///
/// @param name      of the model
/// @param modelHash of its file, or null
record UtteranceReport(
        EmotionModel model, String name, @Nullable String modelHash) {

    /// Answers, and writes page and trace.
    ///
    /// @param check whether the attribution is checked too
    /// @return the exit code
    int write(AuditFolder folder, boolean check, Arguments arguments, Console console) {
        AudioArgument audio = AudioArgument.of(arguments);
        List<Audio> windows = new ArrayList<>();
        String recording = null;
        String recordingHash = null;
        if (audio != null && !model.readsAudio()) {
            console.warn(HeardRecording.NOT_HEARD);
        } else if (audio != null) {
            AudioArgument.oneChannel(arguments, "audit");
            AudioSource whole = audio.source(console::warn);
            SpeechWindows.of(whole, model.config().windowSeconds()).forEach(window -> windows.add(window.read()));
            recording = String.valueOf(audio.path().getFileName());
            recordingHash = whole.contentHash();
        }
        UtteranceAudit audit = UtteranceAudit.of(model, windows, arguments.text("text"));
        audit.prediction().warnings().forEach(console::warn);
        AuditSubject subject = AuditSubject.of(
                model, name, modelHash, null, List.of(AuditedUtterance.of(recording, recordingHash, audit)));
        Replay.Report replay = folder.write(model, subject, audit);
        Explanation explanation = Explanation.of(model, audit, check);
        JsonObject attribution = explanation.toJson();
        folder.write(attribution);
        Path page = new AuditPage(
                        arguments.typed(),
                        subject,
                        audit,
                        model.rules(),
                        Contributions.of(model, audit),
                        explanation,
                        replay)
                .write(folder.path());
        console.print("decision: " + AuditText.decision(audit.prediction()));
        Summary.of(explanation).forEach(sentence -> console.print("why:      " + sentence));
        Summary.checks(explanation).forEach(sentence -> console.print("checked:  " + sentence));
        folder.tell(page, audit, console);
        return AuditText.tell(replay, Json.object().with("attribution", attribution), console);
    }
}
