package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.FileAudio;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Csv;
import dev.parallax.io.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a manifest. Each cell is trimmed; an empty one is one that is not there.
final class ManifestReader {

    /// The columns that are understood; others are passed over.
    static final List<String> COLUMNS = List.of(
            "id", "audio", "text", "emotion", "speaker", "session", "dialogue", "turn", "script", "split", "times");

    private final Csv csv;
    private final Path file;
    private final Path folder;
    private final @Nullable Labels known;
    private final Map<String, Integer> lineOfId = new HashMap<>();

    /// @param known the emotions that may occur, or null for any
    ManifestReader(Path file, @Nullable Labels known) {
        this.known = known;
        this.csv = Csv.read(file);
        this.file = file;
        Path parent = file.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? Path.of("/") : parent;
    }

    List<Utterance> read() {
        if (!csv.has("audio") && !csv.has("text")) {
            throw new BadInputException(file + " line 1: there is no column \"audio\" and no column \"text\", only "
                    + csv.header() + "; name one of them so");
        }
        requireLines();
        List<Utterance> utterances = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            utterances.add(utterance(row));
        }
        return utterances;
    }

    /// The lines of a features directory: each with its row of vectors, in a dialogue; recordings are passed over.
    List<Utterance> readVectors(Path directory) {
        if (!csv.has("dialogue")) {
            throw new BadInputException(file + " line 1: there is no column \"dialogue\", only " + csv.header()
                    + "; say which dialogue each utterance is from");
        }
        requireLines();
        List<Csv.Row> rows = csv.rows();
        FeatureVectors vectors = FeatureVectors.read(directory, rows.size());
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Csv.Row row = rows.get(i);
            utterances.add(utterance(row, null, vectors.row(i, row.where())));
        }
        DialogueChecks.check(utterances, rows);
        return utterances;
    }

    private void requireLines() {
        if (csv.rows().isEmpty()) {
            throw new BadInputException(file + ": there is no line below the header; add one per utterance");
        }
    }

    /// What should be known about the columns, a line each.
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (String column : csv.header()) {
            if (!COLUMNS.contains(column)) {
                notes.add("column \"" + column + "\" is not read" + Nearest.hint(column, COLUMNS));
            }
        }
        return notes;
    }

    private Utterance utterance(Csv.Row row) {
        String audio = cell(row, "audio");
        String text = cell(row, "text");
        if (audio == null && text == null) {
            throw new BadInputException(row.where() + ": there is neither audio nor text; give one of them");
        }
        return utterance(row, audio == null ? null : new FileAudio(inside(audio, row.where())), null);
    }

    private Utterance utterance(Csv.Row row, @Nullable FileAudio recording, @Nullable Vectors vectors) {
        String audio = cell(row, "audio");
        String id = cell(row, "id");
        if (id == null) {
            id = audio != null ? audio : "line-" + row.line();
        }
        Integer former = lineOfId.putIfAbsent(id, row.line());
        if (former != null) {
            throw new BadInputException(row.where() + ": id \"" + id + "\" stands already in line " + former
                    + "; give each utterance its own id");
        }
        String emotion = cell(row, "emotion");
        if (known != null && emotion != null) {
            known.index(emotion, row.where()); // for its error
        }
        String split = cell(row, "split");
        String text = cell(row, "text");
        String times = cell(row, "times");
        if (times != null && (text == null || recording == null)) {
            throw new BadInputException(row.where() + ": there are times of words, and no "
                    + (text == null ? "text" : "audio") + " that they are times of; give both");
        }
        return new Utterance(
                id,
                recording,
                text,
                emotion,
                new Origin(
                        cell(row, "speaker"),
                        cell(row, "session"),
                        cell(row, "dialogue"),
                        turn(cell(row, "turn"), row.where()),
                        cell(row, "script"),
                        split == null ? null : Part.parse(split, row.where()).word()),
                vectors,
                times == null || text == null ? null : WordTimes.parse(times, text, row.where()));
    }

    private @Nullable String cell(Csv.Row row, String column) {
        String value = csv.has(column) ? row.get(column).strip() : "";
        return value.isEmpty() ? null : value;
    }

    private static int turn(@Nullable String text, String where) {
        if (text == null) {
            return -1;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new BadInputException(where + ": turn \"" + text + "\" is not a whole number from 0");
        }
        return Integer.parseInt(text);
    }

    /// The path of a recording, which must lie in the folder of the manifest, also after its links are
    /// followed: a manifest from elsewhere must not make anyone read other files of theirs. A missing file is
    /// found only when it is read, so that checking a corpus lists all that are missing.
    private Path inside(String audio, String where) {
        try {
            Path given = Path.of(audio);
            Path path = folder.resolve(given).normalize();
            boolean leaves = given.isAbsolute() || !path.startsWith(folder);
            if (leaves || (Files.exists(path) && !path.toRealPath().startsWith(folder.toRealPath()))) {
                throw new BadInputException(where + ": audio \"" + audio + "\" leaves the manifest's folder " + folder
                        + "; put the recordings beside the manifest and write paths relative to it");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new BadInputException(where + ": audio \"" + audio + "\" is no path: " + e.getReason(), e);
        } catch (IOException e) {
            throw new BadInputException(where + ": audio \"" + audio + "\" cannot be resolved: " + e.getMessage(), e);
        }
    }
}
