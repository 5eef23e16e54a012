package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Blanks;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// One row of a table of utterances, as [ManifestReader] brings every table into one form.
///
/// @param row      a number that no other row of the table has; it grows with the place in a file
/// @param id       what it is called, or null
/// @param audio    where its recording is, or the name of the one in `content`; or null
/// @param content  the bytes of the recording, or null
/// @param text     the words, or null
/// @param speaker  who speaks, or null
/// @param emotion  its label, or null
/// @param dialogue that it is from, or null
/// @param turnText its place in the dialogue as the table has it, or null
/// @param timeText when each word is spoken, as the table has it, or null
/// @param fault    why the row cannot be read, or null
record ManifestRow(
        long row,
        @Nullable String id,
        @Nullable String audio,
        byte @Nullable [] content,
        @Nullable String text,
        @Nullable String speaker,
        @Nullable String emotion,
        @Nullable String dialogue,
        @Nullable String turnText,
        @Nullable String timeText,
        @Nullable String fault) {

    /// The columns of the form, in the order of the record.
    static final StructType SCHEMA = new StructType()
            .add("row", DataTypes.LongType, false)
            .add("id", DataTypes.StringType)
            .add("audio", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("text", DataTypes.StringType)
            .add("speaker", DataTypes.StringType)
            .add("emotion", DataTypes.StringType)
            .add("dialogue", DataTypes.StringType)
            .add("turn", DataTypes.StringType)
            .add("times", DataTypes.StringType)
            .add("fault", DataTypes.StringType);

    /// The columns by which what is made of a row says which row it was.
    static final StructType NAMES = new StructType()
            .add("row", DataTypes.LongType)
            .add("id", DataTypes.StringType)
            .add("audio", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("speaker", DataTypes.StringType)
            .add("dialogue", DataTypes.StringType)
            .add("turn", DataTypes.StringType);

    /// The row whose first columns are those of [#SCHEMA]. Of one that cannot be read, cells may stand in wrong
    /// columns: whose turn of which dialogue it is, is not known.
    static ManifestRow of(Row row) {
        String fault = row.getString(10);
        boolean isSound = fault == null;
        return new ManifestRow(
                row.getLong(0),
                cell(row, 1),
                cell(row, 2),
                (byte[]) row.get(3),
                cell(row, 4),
                isSound ? cell(row, 5) : null,
                cell(row, 6),
                isSound ? cell(row, 7) : null,
                isSound ? cell(row, 8) : null,
                cell(row, 9),
                fault);
    }

    /// Its columns, without the sound; whether there is one is still told.
    @Nullable
    Object[] cells() {
        return new @Nullable Object[] {
            row,
            id,
            audio,
            content == null ? null : new byte[0],
            text,
            speaker,
            emotion,
            dialogue,
            turnText,
            timeText,
            fault,
        };
    }

    /// A cell without the blanks at its edges, which a manifest of one machine does not have either.
    private static @Nullable String cell(Row row, int column) {
        String value = row.getString(column);
        String stripped = value == null ? "" : Blanks.strip(value);
        return stripped.isEmpty() ? null : stripped;
    }

    /// What it is called: its id, else its recording, else its number.
    String name() {
        return id != null ? id : audio != null ? audio : "row-" + row;
    }

    /// `row clip-17`, or `row 17` of one without a name: the start of a message.
    String where() {
        return "row " + (id == null && audio == null ? row : name());
    }

    /// Whether it has a recording.
    boolean hasAudio() {
        return audio != null || content != null;
    }

    /// Refuses a row that could not be read, or in which nothing can be heard or read.
    void requireUsable() {
        if (fault != null) {
            throw new BadInputException(where() + ": the table has a row that cannot be read: " + fault);
        }
        if (!hasAudio() && text == null) {
            throw new BadInputException(where() + ": there is neither audio nor text; give one of them");
        }
    }

    /// Its place in the dialogue, from 0; -1 where it is not known.
    ///
    /// @throws BadInputException when it is no such number
    int turn() {
        if (turnText == null) {
            return -1;
        }
        if (!turnText.matches("\\d{1,9}")) {
            throw new BadInputException(where() + ": turn \"" + turnText + "\" is not a whole number from 0");
        }
        return Integer.parseInt(turnText);
    }

    /// When each word is spoken, or null where it is not known.
    ///
    /// @throws BadInputException also when the text or the recording is not there
    @Nullable
    WordTimes times() {
        if (timeText == null) {
            return null;
        }
        if (text == null || !hasAudio()) {
            throw new BadInputException(where() + ": there are times of words, and no "
                    + (text == null ? "text" : "audio") + " that they are times of; give both");
        }
        return WordTimes.parse(timeText, text, where());
    }
}
