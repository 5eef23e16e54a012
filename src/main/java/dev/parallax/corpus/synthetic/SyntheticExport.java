package dev.parallax.corpus.synthetic;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/// Writes the embedded corpus to a folder: `wav/ID.wav` (16-bit PCM, the very samples that [SyntheticCorpus] makes),
/// `manifest.csv` with the columns of a manifest corpus, and `corpus.json`, which marks it as not spoken. The manifest
/// comes last: a folder that has one is complete.
public final class SyntheticExport {

    /// The columns of the manifest.
    public static final List<String> COLUMNS =
            List.of("id", "audio", "text", "emotion", "speaker", "dialogue", "turn", "split", SyntheticSpeech.COLUMN);

    private SyntheticExport() {}

    /// Writes all utterances.
    ///
    /// @param folder made if missing; must not hold a manifest already
    /// @param done   called after each utterance with the number written
    /// @return the manifest
    /// @throws BadInputException when the folder has a manifest or cannot be written
    public static Path write(SyntheticCorpus corpus, Path folder, IntConsumer done) {
        Path manifest = folder.resolve("manifest.csv");
        if (Files.exists(manifest)) {
            throw new BadInputException(manifest + ": exists already; give another folder or remove it");
        }
        SafeFiles.createFolder(folder.resolve("wav"));
        List<List<String>> rows = new ArrayList<>();
        for (Utterance utterance : corpus.utterances()) {
            String audio = "wav/" + utterance.id() + ".wav";
            WavWriter.PCM_16.write(
                    folder.resolve(audio),
                    Objects.requireNonNull(utterance.audio()).read());
            rows.add(row(utterance, audio));
            done.accept(rows.size());
        }
        SyntheticSpeech.mark(
                folder,
                SyntheticSpeech.BY_RULES,
                Json.object()
                        .with("settings", RecordJson.of(SyntheticSettings.class).write(corpus.settings())));
        Csv.write(manifest, COLUMNS, rows);
        return manifest;
    }

    private static List<String> row(Utterance utterance, String audio) {
        return List.of(
                utterance.id(),
                audio,
                Objects.requireNonNull(utterance.text()),
                Objects.requireNonNull(utterance.emotion()),
                Objects.requireNonNull(utterance.speaker()),
                "",
                "",
                Objects.requireNonNull(utterance.split()),
                SyntheticSpeech.BY_RULES);
    }
}
