package dev.parallax.audit;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import org.jspecify.annotations.Nullable;

/// An utterance that was audited, alone or as a turn of a dialogue.
///
/// @param id            its name in a manifest, or null
/// @param speaker       who speaks, or null where it is not known
/// @param recording     the name of its file, or null
/// @param recordingHash SHA-256 of its bytes, in hex, or null
/// @param text          the words, or null
/// @param prediction    the answer, as `predict --json` gives it
public record AuditedUtterance(
        @Nullable String id,
        @Nullable String speaker,
        @Nullable String recording,
        @Nullable String recordingHash,
        @Nullable String text,
        JsonObject prediction) {

    static final RecordJson<AuditedUtterance> JSON =
            RecordJson.of(AuditedUtterance.class).nullable("id", "speaker", "recording", "recordingHash", "text");

    /// One that stands alone.
    ///
    /// @param recording     the name of the recording, or null
    /// @param recordingHash of it, or null
    public static AuditedUtterance of(
            @Nullable String recording, @Nullable String recordingHash, UtteranceAudit audit) {
        return new AuditedUtterance(
                null,
                null,
                recording,
                recordingHash,
                audit.text(),
                audit.prediction().toJson());
    }
}
