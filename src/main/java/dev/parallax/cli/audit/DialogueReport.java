package dev.parallax.cli.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.AuditedUtterance;
import dev.parallax.audit.DialogueAudit;
import dev.parallax.audit.HeardTurn;
import dev.parallax.audit.Replay;
import dev.parallax.audit.attribution.DialogueExplanation;
import dev.parallax.audit.attribution.DialogueSummary;
import dev.parallax.audit.attribution.TurnOcclusion;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.predict.AudioArgument;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.report.audit.DialoguePage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The audit of a dialogue of a manifest.
///
/// @param name      of the model
/// @param modelHash of its file, or null
record DialogueReport(
        DialogueModel model, String name, @Nullable String modelHash) {

    /// Answers, and writes page and trace.
    ///
    /// @param manifest with its columns id, audio, text, dialogue, turn, speaker
    /// @param check    whether the attribution is checked too
    /// @return the exit code
    int write(AuditFolder folder, Path manifest, boolean check, Arguments arguments, Console console) {
        ManifestDialogue dialogue =
                ManifestDialogue.of(manifest, arguments.path("root"), arguments.text("dialogue"), console);
        Channel channel = AudioArgument.oneChannel(arguments, "audit --manifest");
        List<@Nullable FileAudio> recordings = new ArrayList<>();
        List<HeardTurn> turns = new ArrayList<>();
        for (ManifestTable.Row row : dialogue.rows()) {
            FileAudio recording = recording(row, channel);
            recordings.add(recording);
            turns.add(new HeardTurn(windows(recording), row.text(), row.speaker()));
        }
        DialogueAudit audit = DialogueAudit.of(model, turns);
        List<AuditedUtterance> utterances = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            utterances.add(utterance(dialogue.rows().get(i), recordings.get(i), audit, i));
        }
        AuditSubject subject = AuditSubject.of(model, name, modelHash, dialogue.id(), utterances);
        Replay.Report replay = folder.write(model, subject, audit);
        DialogueExplanation explanation = DialogueExplanation.of(model, audit, check);
        JsonObject attribution = explanation.toJson();
        folder.write(attribution);
        Path page = new DialoguePage(
                        arguments.typed(), subject, audit, model.rules(), model.context(), explanation, replay)
                .write(folder.path());
        for (int i = 0; i < turns.size(); i++) {
            tell(i, audit, explanation, console);
        }
        DialogueSummary.checks(explanation).forEach(sentence -> console.print("checked:  " + sentence));
        folder.tell(page, audit, console);
        return AuditText.tell(replay, Json.object().with("attribution", attribution), console);
    }

    /// The recording of a row, or null where there is none or the model does not listen.
    private @Nullable FileAudio recording(ManifestTable.Row row, Channel channel) {
        EmotionModel first = model.first();
        Path audio = row.audio();
        return audio == null || first == null || !first.readsAudio() ? null : new FileAudio(audio, channel);
    }

    private List<Audio> windows(@Nullable AudioSource recording) {
        EmotionModel first = model.first();
        return recording == null || first == null
                ? List.of()
                : SpeechWindows.of(recording, first.config().windowSeconds()).stream()
                        .map(AudioSource::read)
                        .toList();
    }

    private static AuditedUtterance utterance(
            ManifestTable.Row row, @Nullable FileAudio recording, DialogueAudit audit, int turn) {
        return new AuditedUtterance(
                row.id(),
                row.speaker(),
                recording == null ? null : String.valueOf(recording.path().getFileName()),
                recording == null ? null : recording.contentHash(),
                row.text(),
                audit.predictions().get(turn).toJson());
    }

    private static void tell(int turn, DialogueAudit audit, DialogueExplanation explanation, Console console) {
        TurnOcclusion occlusion = explanation.occlusion();
        audit.predictions()
                .get(turn)
                .warnings()
                .forEach(warning -> console.warn("turn " + (turn + 1) + ": " + warning));
        int strongest = occlusion.strongest(turn);
        String neighbour = strongest < 0
                ? ""
                : String.format(
                        Locale.ROOT, "; %+.3f without turn %d", occlusion.change(turn, strongest), strongest + 1);
        console.print(String.format(Locale.ROOT, "%-10s", "turn " + (turn + 1) + ":")
                + AuditText.decision(audit.predictions().get(turn))
                + neighbour);
        DialogueSummary.of(explanation, turn).forEach(sentence -> console.print("          " + sentence));
    }
}
