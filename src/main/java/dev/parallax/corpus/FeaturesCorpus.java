package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Utterance;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import dev.parallax.io.Npy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Utterances of dialogues as vectors that other models made: a folder with `utterances.csv`, whose columns are
/// those of a manifest, and `audio.npy`, `text.npy` or both, each [N, D] float32; row i belongs to line i below
/// the header. The column `dialogue` must be filled; an utterance without an emotion is there for its neighbours.
public final class FeaturesCorpus extends TableCorpus {

    static final String TABLE = "utterances.csv";

    private FeaturesCorpus(Path folder, ManifestTable table) {
        super("features", folder, table, read(folder, table));
    }

    /// Reads a folder.
    ///
    /// @throws BadInputException with the line or the row, when something in it cannot be used
    public static FeaturesCorpus open(Path folder) {
        Path table = folder.resolve(TABLE);
        if (!Files.isRegularFile(table)) {
            throw new BadInputException("features:" + folder + ": there is no " + TABLE
                    + " in it; give the folder that holds it, audio.npy and text.npy");
        }
        return new FeaturesCorpus(folder, ManifestTable.read(table));
    }

    /// Each line with its row of vectors, in a dialogue; recordings are passed over.
    private static List<Utterance> read(Path folder, ManifestTable table) {
        table.requireDialogue("");
        table.requireRows();
        Matrices matrices = Matrices.read(folder, table.rows().size());
        Rows rows = new Rows();
        Dialogues dialogues = new Dialogues();
        List<Utterance> utterances = new ArrayList<>();
        for (ManifestTable.Row row : table.rows()) {
            utterances.add(rows.utterance(row, null, matrices.row(utterances.size(), row.where())));
        }
        for (int i = 0; i < utterances.size(); i++) {
            dialogues.check(new Line(utterances.get(i), table.rows().get(i).where()));
        }
        return utterances;
    }

    /// Modalities whose vectors are the same of every utterance; there are no recordings, and the values were checked
    /// when they were read.
    @Override
    List<Finding> recordings(VerificationOptions listening) {
        VectorScaling scaling = VectorScaling.over(utterances().stream()
                .map(utterance -> Objects.requireNonNull(utterance.vectors()))
                .toList());
        List<Finding> findings = new ArrayList<>();
        addDead("audio", scaling.audio(), findings);
        addDead("text", scaling.text(), findings);
        return findings;
    }

    private static void addDead(String modality, @Nullable FeatureScaling scaling, List<Finding> findings) {
        if (scaling == null) {
            return;
        }
        float[] deviation = scaling.deviation();
        for (float each : deviation) {
            if (each != 0) {
                return;
            }
        }
        findings.add(new Finding(
                Severity.WARNING,
                "vector",
                modality + ".npy: all " + deviation.length + " columns are the same in every utterance, so they tell"
                        + " nothing; make the file again, or leave it out"));
    }

    /// `audio.npy`, `text.npy` or both, each [N, D], row i for line i of the table.
    private static final class Matrices {

        private final Path folder;
        private final @Nullable Npy audio;
        private final @Nullable Npy text;

        private Matrices(Path folder, @Nullable Npy audio, @Nullable Npy text) {
            this.folder = folder;
            this.audio = audio;
            this.text = text;
        }

        /// Reads what is there.
        ///
        /// @param rows lines of the table
        /// @throws BadInputException when there is neither file, or one is no matrix of `rows` rows
        static Matrices read(Path folder, int rows) {
            Npy audio = matrix(folder.resolve("audio.npy"), rows);
            Npy text = matrix(folder.resolve("text.npy"), rows);
            if (audio == null && text == null) {
                throw new BadInputException(
                        folder + ": there is neither audio.npy nor text.npy; put one of them there");
            }
            return new Matrices(folder, audio, text);
        }

        private static @Nullable Npy matrix(Path file, int rows) {
            if (!Files.exists(file)) {
                return null;
            }
            Npy matrix = Npy.read(file);
            int[] shape = matrix.shape();
            if (shape.length != 2 || shape[1] == 0) {
                throw new BadInputException(
                        file + ": has shape " + Arrays.toString(shape) + ", expected [utterances, features]");
            }
            if (shape[0] != rows) {
                throw new BadInputException(file + ": has " + shape[0] + " rows, " + TABLE + " has " + rows
                        + " lines below its header; row i must belong to line i");
            }
            return matrix;
        }

        /// The vectors of one row.
        ///
        /// @param row   from 0
        /// @param where the line of the table, for messages
        /// @throws BadInputException when a value is not finite
        Vectors row(int row, String where) {
            return new Vectors(row(audio, "audio.npy", row, where), row(text, "text.npy", row, where));
        }

        private float @Nullable [] row(@Nullable Npy matrix, String name, int row, String where) {
            if (matrix == null) {
                return null;
            }
            int size = matrix.shape()[1];
            float[] values = Arrays.copyOfRange(matrix.values(), row * size, (row + 1) * size);
            for (int column = 0; column < size; column++) {
                if (!Float.isFinite(values[column])) {
                    throw new BadInputException(folder.resolve(name) + " row " + row + ", column " + column
                            + " (from 0; " + where + "): is " + values[column]
                            + "; make that utterance's vector again, or leave it out");
                }
            }
            return values;
        }
    }

    private record Line(Utterance utterance, String where) {}

    /// What the lines of one dialogue must have in common: the same part and session, and turns that are all there
    /// or all missing, each once.
    private static final class Dialogues {

        private final Map<String, Line> first = new HashMap<>();
        private final Map<String, Line> ofTurn = new HashMap<>();

        /// @throws BadInputException when a line does not fit those before it
        void check(Line line) {
            @Nullable String dialogue = line.utterance.dialogue();
            if (dialogue == null) {
                throw new BadInputException(
                        line.where + ": names no dialogue; name one, or give the utterance one of its own");
            }
            Line former = first.putIfAbsent(dialogue, line);
            if (former == null) {
                former = line;
            }
            checkSame("split", line.utterance.split(), former.utterance.split(), line, former);
            checkSame("session", line.utterance.session(), former.utterance.session(), line, former);
            int turn = line.utterance.turn();
            if ((turn < 0) != (former.utterance.turn() < 0)) {
                throw new BadInputException(line.where + ": dialogue \"" + dialogue + "\" has " + turnName(turn)
                        + " here and " + turnName(former.utterance.turn()) + " at " + former.where
                        + "; give all its lines a turn or none");
            }
            Line same = turn < 0 ? null : ofTurn.putIfAbsent(turn + " " + dialogue, line);
            if (same != null) {
                throw new BadInputException(line.where + ": dialogue \"" + dialogue + "\" has turn " + turn
                        + " already at " + same.where + "; number its utterances from 0");
            }
        }

        private static void checkSame(
                String column, @Nullable String here, @Nullable String there, Line line, Line former) {
            if (!Objects.equals(here, there)) {
                throw new BadInputException(
                        line.where + ": dialogue \"" + line.utterance.dialogue() + "\" is in " + column
                                + " " + name(here) + " here and in " + name(there) + " at " + former.where
                                + "; a dialogue is in one " + column);
            }
        }

        private static String name(@Nullable String value) {
            return value == null ? "none" : "\"" + value + "\"";
        }

        private static String turnName(int turn) {
            return turn < 0 ? "no turn" : "turn " + turn;
        }
    }
}
