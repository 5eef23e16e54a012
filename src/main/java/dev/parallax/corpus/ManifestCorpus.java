package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.corpus.verify.ClipChecks;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Anyone's own recordings, listed in a CSV file with a header and the columns `id, audio, text, emotion, speaker,
/// session, dialogue, turn, script, split`. Only one of `audio` and `text` must be there (and `emotion`, to
/// train); paths are relative to the file and may not leave its folder.
public final class ManifestCorpus extends TableCorpus {

    private final @Nullable Path folder;

    private ManifestCorpus(Path file, ManifestTable table) {
        super("manifest", file, table, read(table));
        this.folder = file.toAbsolutePath().getParent();
    }

    /// Reads a manifest.
    ///
    /// @throws dev.parallax.BadInputException with the line, when something in it cannot be used
    public static ManifestCorpus open(Path file) {
        return new ManifestCorpus(file, ManifestTable.read(file));
    }

    /// The same, its recordings elsewhere.
    ///
    /// @param root the folder that paths are relative to and may not leave
    public static ManifestCorpus open(Path file, Path root) {
        return new ManifestCorpus(file, ManifestTable.read(file, root));
    }

    private static List<Utterance> read(ManifestTable table) {
        table.requireAudioOrText();
        table.requireRows();
        Rows rows = new Rows();
        List<Utterance> utterances = new ArrayList<>();
        for (ManifestTable.Row row : table.rows()) {
            row.requireAudioOrText();
            Path audio = row.audio();
            utterances.add(rows.utterance(row, audio == null ? null : new FileAudio(audio), null));
        }
        return utterances;
    }

    /// As the mark beside the manifest says.
    @Override
    public @Nullable String syntheticSpeech() {
        return folder == null ? null : SyntheticSpeech.in(folder);
    }

    /// Also how its speech was made, where nobody spoke it.
    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(super.notes());
        String speech = syntheticSpeech();
        if (speech != null) {
            notes.add(speech + ": its accuracies say nothing about people's voices");
        }
        return notes;
    }

    @Override
    List<Finding> recordings(VerificationOptions listening) {
        return ClipChecks.of(utterances(), ClipChecks.Expected.NOTHING, listening);
    }
}
