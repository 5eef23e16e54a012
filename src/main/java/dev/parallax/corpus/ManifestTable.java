package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Csv;
import dev.parallax.io.Nearest;
import dev.parallax.io.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The table of utterances that people write: what each row says, whoever asks. A corpus reads all of it before
/// anything else happens; a prediction answers row by row, and what is wrong with one row is told there.
public final class ManifestTable {

    /// The columns that are understood; others are passed over.
    static final List<String> COLUMNS = List.of(
            "id",
            "audio",
            "text",
            "emotion",
            "speaker",
            "session",
            "dialogue",
            "turn",
            "script",
            "split",
            "times",
            SyntheticSpeech.COLUMN);

    /// What others call these columns; of each name, letters and digits in lower case.
    private static final Map<String, List<String>> OTHER_NAMES = Map.of(
            "id", List.of("utteranceid", "uttid", "name", "index"),
            "audio",
                    List.of(
                            "file",
                            "path",
                            "wav",
                            "filename",
                            "filepath",
                            "audiofile",
                            "audiopath",
                            "wavfile",
                            "wavpath",
                            "audiofilename",
                            "recording",
                            "clip",
                            "sound"),
            "text",
                    List.of(
                            "transcript",
                            "transcription",
                            "transcripts",
                            "sentence",
                            "sentences",
                            "utterance",
                            "words",
                            "content"),
            "emotion", List.of("label", "labels", "emotionlabel", "emotions", "class", "category", "target", "emo"),
            "speaker", List.of("speakerid", "spk", "spkid", "actor", "actorid", "subject"),
            "session", List.of("sessionid"),
            "dialogue", List.of("dialog", "dialogueid", "dialogid", "conversation", "conversationid"),
            "turn", List.of("turnid", "turnnumber"),
            "split", List.of("part", "subset", "partition", "set"),
            "times", List.of("wordtimes", "spans"));

    private final Csv csv;
    private final Path file;
    private final @Nullable Path root; // that was given
    private final Path folder; // of the recordings
    private final List<Row> rows;

    private ManifestTable(Path file, Csv csv, @Nullable Path root) {
        this.csv = csv;
        this.file = file;
        this.root = root;
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path beside = parent == null ? Path.of("/") : parent;
        this.folder = root == null ? beside : root.toAbsolutePath().normalize();
        this.rows = csv.rows().stream().map(Row::new).toList();
    }

    /// Reads a file.
    ///
    /// @throws BadInputException when it is no table
    public static ManifestTable read(Path file) {
        return new ManifestTable(file, Csv.read(file), null);
    }

    /// Reads a file whose recordings lie elsewhere.
    ///
    /// @param root the folder that paths are relative to and may not leave
    /// @throws BadInputException also when there is no such folder
    public static ManifestTable read(Path file, Path root) {
        requireFolder(root);
        return new ManifestTable(file, Csv.read(file), root);
    }

    private static void requireFolder(Path root) {
        if (!Files.isDirectory(root)) {
            throw new BadInputException("‹root " + root + "›: there is no such folder; give the one that the paths of"
                    + " the manifest begin at");
        }
    }

    /// The same, but a row with too many or too few cells, or with what is no text, says so when it is asked for any.
    ///
    /// @param root the folder of its recordings, null for its own
    public static ManifestTable readRowByRow(Path file, @Nullable Path root) {
        if (root != null) {
            requireFolder(root);
        }
        return new ManifestTable(file, Csv.readWithFaults(file), root);
    }

    /// Refuses a table of nothing but a header.
    void requireRows() {
        if (rows.isEmpty()) {
            throw new BadInputException(file + ": there is no line below the header; add one per utterance");
        }
    }

    /// The rows that hold anything.
    public List<Row> rows() {
        return rows;
    }

    /// How the speech of its rows was made that no person spoke, one line; null where people speak in all.
    @Nullable
    String syntheticSpeech() {
        List<String> made = rows.stream()
                .map(Row::synthesis)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return made.isEmpty() ? null : String.join("; ", made);
    }

    /// What should be known of how the table was read, one line each.
    public List<String> notes() {
        return notes(List.of());
    }

    /// The same where some columns are asked for that are not read otherwise.
    ///
    /// @param asked their names in lower case
    List<String> notes(List<String> asked) {
        List<String> notes = new ArrayList<>(csv.notes());
        for (String column : csv.header()) {
            String name = column.toLowerCase(Locale.ROOT);
            if (COLUMNS.contains(name)) {
                if (!column.equals(name)) {
                    notes.add("column \"" + column + "\" is read as \"" + name + "\"");
                }
            } else if (!column.isEmpty() && !asked.contains(name)) {
                String meant = meant(column);
                notes.add("column \"" + column + "\" is not read"
                        + (meant == null ? Nearest.hint(column, missing()) : "; did you mean \"" + meant + "\"?"));
            }
        }
        return notes;
    }

    /// The columns that are not understood, their names in lower case: of each the values by the ids of the rows,
    /// without empty ones.
    Map<String, Map<String, String>> furtherColumns() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (String column : csv.header()) {
            String name = column.toLowerCase(Locale.ROOT);
            if (!column.isEmpty() && !COLUMNS.contains(name)) {
                Map<String, String> values = new HashMap<>();
                for (Row row : rows) {
                    String value = row.cell(column);
                    if (value != null) {
                        values.put(row.id(), value);
                    }
                }
                all.put(name, values);
            }
        }
        return all;
    }

    /// What its writer may not have meant, one line each.
    public List<String> warnings() {
        return csv.warnings();
    }

    /// Refuses a table in which nothing can be heard or read.
    public void requireAudioOrText() {
        if (!csv.has("audio") && !csv.has("text")) {
            throw lacks("no column \"audio\" and no column \"text\"", "; name one of them so");
        }
    }

    /// Refuses a table that names no dialogues.
    ///
    /// @param why what they are needed for, or nothing
    public void requireDialogue(String why) {
        if (!csv.has("dialogue")) {
            throw lacks(why + "no column \"dialogue\"", "; say which dialogue each utterance is from");
        }
    }

    private BadInputException lacks(String what, String remedy) {
        List<String> renamings = new ArrayList<>();
        for (String column : csv.header()) {
            String meant = meant(column);
            if (meant != null) {
                renamings.add("\"" + column + "\" \"" + meant + "\"");
            }
        }
        return new BadInputException(csv.whereHeader() + ": there is " + what + ", only " + csv.header()
                + (renamings.isEmpty() ? remedy : "; call the column " + String.join(", ", renamings)));
    }

    private List<String> missing() {
        return COLUMNS.stream().filter(column -> !csv.has(column)).toList();
    }

    /// The column that another name stands for, where the table does not have it, or null.
    private @Nullable String meant(String column) {
        String plain = column.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
        return missing().stream()
                .filter(each -> plain.equals(each)
                        || OTHER_NAMES.getOrDefault(each, List.of()).contains(plain))
                .findFirst()
                .orElse(null);
    }

    /// The column that holds the emotions under another name, or null where one holds them or none does.
    @Nullable
    String otherNameOfEmotion() {
        return csv.header().stream()
                .filter(column -> "emotion".equals(meant(column)))
                .findFirst()
                .orElse(null);
    }

    /// One row. What a cell holds is looked at when it is asked for, so that a fault is told with the row.
    public final class Row {

        private final Csv.Row cells;

        private Row(Csv.Row cells) {
            this.cells = cells;
        }

        /// `train.csv line 17`, the start of a message.
        public String where() {
            return cells.where();
        }

        /// The line on which it begins, from 1 with the header.
        public int line() {
            return cells.line();
        }

        /// Whether its cells can be read.
        public boolean isSound() {
            return cells.isSound();
        }

        /// Whether it has an id of its own.
        public boolean hasId() {
            return isSound() && cell("id") != null;
        }

        /// What it is called: its id, else its recording, else its line.
        public String id() {
            if (!isSound()) {
                return "line-" + line();
            }
            String id = cell("id");
            String audio = cell("audio");
            return id != null ? id : audio != null ? audio : "line-" + line();
        }

        /// The file of its recording, which lies in the folder of the table or the one given, or null where there
        /// is none.
        ///
        /// @throws BadInputException when it leaves that folder or is no path
        public @Nullable Path audio() {
            String audio = cell("audio");
            return audio == null ? null : inside(audio);
        }

        /// The words, or null where there are none.
        public @Nullable String text() {
            return cell("text");
        }

        /// The emotion, or null where it is not known.
        ///
        /// @throws BadInputException when it holds characters that cannot be seen
        public @Nullable String emotion() {
            String emotion = cell("emotion");
            if (emotion != null && !Printable.isPrintable(emotion)) {
                throw new BadInputException(where() + ": emotion \"" + Printable.escaped(emotion)
                        + "\" holds a character that cannot be seen, escaped here; write it without");
            }
            return emotion;
        }

        /// Who speaks, or null where it is not known.
        public @Nullable String speaker() {
            return cell("speaker");
        }

        /// The recording session, or null where it is not known.
        public @Nullable String session() {
            return cell("session");
        }

        /// The conversation that it is from, or null where it is not known.
        public @Nullable String dialogue() {
            return cell("dialogue");
        }

        /// Its place in the dialogue, from 0; -1 where it is not known.
        public int turn() {
            String turn = cell("turn");
            if (turn == null) {
                return -1;
            }
            if (!turn.matches("\\d{1,9}")) {
                throw new BadInputException(where() + ": turn \"" + turn + "\" is not a whole number from 0");
            }
            return Integer.parseInt(turn);
        }

        /// The text or the scene that is played, or null where it is not known.
        public @Nullable String script() {
            return cell("script");
        }

        /// The part of the split that it is in, or null where the table does not say.
        public @Nullable Part part() {
            String split = cell("split");
            return split == null ? null : Part.parse(split, where());
        }

        /// How the speech was made, or null where a person spoke.
        private @Nullable String synthesis() {
            return cell(SyntheticSpeech.COLUMN);
        }

        /// When each word is spoken, or null where it is not known.
        ///
        /// @throws BadInputException also when the text or the recording is not there
        public @Nullable WordTimes times() {
            String times = cell("times");
            String text = text();
            if (times == null) {
                return null;
            }
            if (text == null || cell("audio") == null) {
                throw new BadInputException(where() + ": there are times of words, and no "
                        + (text == null ? "text" : "audio") + " that they are times of; give both");
            }
            return WordTimes.parse(times, text, where());
        }

        /// Refuses a row in which nothing can be heard or read.
        public void requireAudioOrText() {
            if (cell("audio") == null && text() == null) {
                throw new BadInputException(where()
                        + (!csv.has("audio")
                                ? ": the text is empty; write what was said"
                                : !csv.has("text")
                                        ? ": the audio is empty; name the recording"
                                        : ": there is neither audio nor text; give one of them"));
            }
        }

        private @Nullable String cell(String column) {
            String value = csv.has(column) ? cells.get(column) : "";
            return value.isEmpty() ? null : value;
        }

        /// The path of a recording, which must lie in the folder of the table, also after its links are
        /// followed: a table from elsewhere must not make anyone read other files of theirs. A missing file is
        /// found only when it is read, so that checking a corpus lists all that are missing.
        private Path inside(String audio) {
            try {
                Path given = Path.of(audio);
                Path path = folder.resolve(given).normalize();
                boolean leaves = given.isAbsolute() || !path.startsWith(folder);
                if (leaves || (Files.exists(path) && !path.toRealPath().startsWith(folder.toRealPath()))) {
                    String remedy = root == null
                            ? " leaves the manifest's folder " + folder + "; put the recordings beside the manifest and"
                                    + " write paths relative to it, or say with ‹root DIR› where they lie"
                            : " leaves the folder " + folder + " of ‹root›; write paths relative to it";
                    throw new BadInputException(where() + ": audio \"" + audio + "\"" + remedy);
                }
                return path;
            } catch (InvalidPathException e) {
                throw new BadInputException(where() + ": audio \"" + audio + "\" is no path: " + e.getReason(), e);
            } catch (IOException e) {
                throw new BadInputException(
                        where() + ": audio \"" + audio + "\" cannot be resolved: " + e.getMessage(), e);
            }
        }
    }
}
