package dev.parallax.spark;

import dev.parallax.data.Vectors;
import dev.parallax.model.ReadTurn;
import dev.parallax.model.domain.Doubts;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// A turn that was heard and read, on its way to the others of its dialogue: vectors, not sound, pass the network.
///
/// @param row       of the table, without its sound
/// @param read      as the network of dialogues takes it, or null
/// @param audioHash of its recording, or null
/// @param error     why it cannot be read, or null
record TurnColumns(
        ManifestRow row,
        @Nullable ReadTurn read,
        @Nullable String audioHash,
        @Nullable String error) {

    private static final ArrayType LINES = DataTypes.createArrayType(DataTypes.StringType, false);

    static final StructType SCHEMA = ManifestRow.NAMES
            .add("place", DataTypes.IntegerType)
            .add("heard", DataTypes.BinaryType)
            .add("said", DataTypes.BinaryType)
            .add("warnings", LINES)
            .add("soundDoubts", LINES)
            .add("textDoubts", LINES)
            .add("audioHash", DataTypes.StringType)
            .add("error", DataTypes.StringType);

    /// The key of what is answered together: the dialogue, or the row itself.
    static String unit(Row row) {
        return row.isNullAt(5) ? "row " + row.getLong(0) : "dialogue " + row.getString(5);
    }

    /// A turn as columns.
    ///
    /// @param place in its dialogue
    static Row row(ManifestRow of, int place, ReadTurn read, @Nullable String audioHash) {
        return row(
                of,
                place,
                bytes(read.vectors().audio()),
                bytes(read.vectors().text()),
                read.warnings().toArray(),
                read.doubts().sound().toArray(),
                read.doubts().text().toArray(),
                audioHash,
                null);
    }

    /// A turn that cannot be read.
    static Row unreadable(ManifestRow of, int place, String error) {
        return row(of, place, null, null, null, null, null, null, error);
    }

    private static Row row(ManifestRow of, @Nullable Object... more) {
        Object[] all = new Object[SCHEMA.length()];
        Object[] first = {
            of.row(), of.name(), of.audio(), of.text(), of.speaker(), of.dialogue(), of.turnText(),
        };
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return RowFactory.create(all);
    }

    /// The row of the table in what [#row(ManifestRow, int, ReadTurn, String)] wrote.
    static ManifestRow plain(Row row) {
        return new ManifestRow(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                null,
                row.getString(3),
                row.getString(4),
                null,
                row.getString(5),
                row.getString(6),
                null,
                null);
    }

    /// What [#row(ManifestRow, int, ReadTurn, String)] wrote.
    ///
    /// @param plain its row of the table
    static TurnColumns of(ManifestRow plain, Row row) {
        String error = row.getString(14);
        ReadTurn read = error != null
                ? null
                : new ReadTurn(
                        new Vectors(floats((byte[]) row.get(8)), floats((byte[]) row.get(9))),
                        plain.speaker(),
                        row.getList(10),
                        new Doubts(row.getList(11), row.getList(12)));
        return new TurnColumns(plain, read, row.getString(13), error);
    }

    /// It as the network of dialogues takes it.
    ReadTurn turn() {
        return Objects.requireNonNull(read, "turns that cannot be read are refused before");
    }

    static byte @Nullable [] bytes(float @Nullable [] values) {
        if (values == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static float @Nullable [] floats(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
