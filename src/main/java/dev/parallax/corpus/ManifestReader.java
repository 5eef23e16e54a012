package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes utterances of the rows of a manifest.
final class ManifestReader {

    private final ManifestTable table;
    private final @Nullable Labels known;
    private final Map<String, Integer> lineOfId = new HashMap<>();

    /// @param known the emotions that may occur, or null for any
    ManifestReader(Path file, @Nullable Labels known) {
        this.known = known;
        this.table = ManifestTable.read(file);
    }

    List<Utterance> read() {
        table.requireAudioOrText();
        table.requireRows();
        List<Utterance> utterances = new ArrayList<>();
        for (ManifestTable.Row row : table.rows()) {
            row.requireAudioOrText();
            Path audio = row.audio();
            utterances.add(utterance(row, audio == null ? null : new FileAudio(audio), null));
        }
        return utterances;
    }

    /// The lines of a features directory: each with its row of vectors, in a dialogue; recordings are passed over.
    List<Utterance> readVectors(Path directory) {
        table.requireDialogue("");
        table.requireRows();
        List<ManifestTable.Row> rows = table.rows();
        FeatureVectors vectors = FeatureVectors.read(directory, rows.size());
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ManifestTable.Row row = rows.get(i);
            utterances.add(utterance(row, null, vectors.row(i, row.where())));
        }
        DialogueChecks.check(utterances, rows);
        return utterances;
    }

    /// What should be known of how the table was read, a line each.
    List<String> notes() {
        return table.notes();
    }

    /// What its writer may not have meant, a line each.
    List<String> warnings() {
        return table.warnings();
    }

    private Utterance utterance(ManifestTable.Row row, @Nullable FileAudio recording, @Nullable Vectors vectors) {
        String id = row.id();
        Integer former = lineOfId.putIfAbsent(id, row.line());
        if (former != null) {
            throw new BadInputException(row.where() + ": id \"" + id + "\" stands already in line " + former
                    + "; give each utterance its own id");
        }
        String emotion = row.emotion();
        if (known != null && emotion != null) {
            known.index(emotion, row.where()); // for its error
        }
        Part part = row.part();
        Origin origin = new Origin(
                row.speaker(),
                row.session(),
                row.dialogue(),
                row.turn(),
                row.script(),
                part == null ? null : part.word());
        return new Utterance(id, recording, row.text(), emotion, origin, vectors, vectors == null ? row.times() : null);
    }
}
