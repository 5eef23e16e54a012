package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticExportTest {

    private static final SyntheticCorpus CORPUS =
            new SyntheticCorpus(SyntheticSettings.defaults(21).withSize(40));

    @Test
    void write_readBack_everyCellAndEverySampleAreTheSame(@TempDir Path folder) {
        List<Integer> progress = new ArrayList<>();
        Csv manifest = Csv.read(SyntheticExport.write(CORPUS, folder.resolve("new"), progress::add));
        assertEquals(SyntheticExport.COLUMNS, manifest.header());
        assertEquals(40, manifest.rows().size());
        assertEquals(SyntheticSpeech.BY_RULES, SyntheticSpeech.in(folder.resolve("new")));
        assertEquals(IntStream.rangeClosed(1, 40).boxed().toList(), progress);
        for (int i = 0; i < 40; i++) {
            Csv.Row row = manifest.rows().get(i);
            Utterance utterance = CORPUS.utterances().get(i);
            assertEquals(utterance.id(), row.get("id"));
            assertEquals(utterance.text(), row.get("text"));
            assertEquals(utterance.emotion(), row.get("emotion"));
            assertEquals(utterance.speaker(), row.get("speaker"));
            assertEquals(utterance.split(), row.get("split"));
            Audio written = AudioFile.read(folder.resolve("new").resolve(row.get("audio")));
            Audio made = Objects.requireNonNull(utterance.audio()).read();
            assertEquals(made.sampleRate(), written.sampleRate());
            assertArrayEquals(made.samples(), written.samples());
        }
    }

    @Test
    void write_folderWithAManifest_isRefused(@TempDir Path folder) {
        SyntheticExport.write(CORPUS, folder, n -> {});
        String message = String.valueOf(
                assertThrows(BadInputException.class, () -> SyntheticExport.write(CORPUS, folder, n -> {}))
                        .getMessage());
        assertEquals(folder.resolve("manifest.csv") + ": exists already; give another folder or remove it", message);
    }
}
