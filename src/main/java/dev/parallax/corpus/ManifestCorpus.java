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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Anyone's own recordings, listed in a CSV file with a header and the columns `id, audio, text, emotion, speaker,
/// session, dialogue, turn, script, split`. Only one of `audio` and `text` must be there (and `emotion`, to
/// train); paths are relative to the file and may not leave its folder.
public final class ManifestCorpus extends TableCorpus {

    private final @Nullable String marked; // how its speech was made, as the mark of a folder says

    /// @param folders that may have the mark of synthetic speech
    private ManifestCorpus(Path file, ManifestTable table, List<Path> folders) {
        super("manifest", file, table, read(table));
        this.marked = folders.stream()
                .map(SyntheticSpeech::in)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Reads a manifest.
    ///
    /// @throws dev.parallax.BadInputException with the line, when something in it cannot be used
    public static ManifestCorpus open(Path file) {
        return new ManifestCorpus(file, ManifestTable.read(file), List.of(folderOf(file)));
    }

    /// The same, its recordings elsewhere.
    ///
    /// @param root the folder that paths are relative to and may not leave
    public static ManifestCorpus open(Path file, Path root) {
        return new ManifestCorpus(file, ManifestTable.read(file, root), List.of(folderOf(file), root));
    }

    private static Path folderOf(Path file) {
        return file.resolveSibling("");
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

    /// As the table says; else as the mark beside it says, or the one beside its recordings.
    @Override
    public @Nullable String syntheticSpeech() {
        String inTable = super.syntheticSpeech();
        return inTable != null ? inTable : marked;
    }

    @Override
    List<Finding> recordings(VerificationOptions listening) {
        return ClipChecks.of(utterances(), ClipChecks.Expected.NOTHING, listening);
    }
}
