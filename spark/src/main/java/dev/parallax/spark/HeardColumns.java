package dev.parallax.spark;

import dev.parallax.audio.speech.RecordingMeasures;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.domain.HeardWindow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// A recording that was heard, on its way to the others of its speaker: features, not sound, pass the network.
final class HeardColumns {

    private static final ArrayType LINES = DataTypes.createArrayType(DataTypes.StringType, false);

    private static final StructType WINDOW = new StructType()
            .add("features", DataTypes.BinaryType)
            .add("statistics", DataTypes.BinaryType)
            .add("measures", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add("doubts", LINES)
            .add("warnings", LINES);

    static final StructType SCHEMA = new StructType()
            .add("warnings", LINES)
            .add("windows", DataTypes.createArrayType(WINDOW, false))
            .add("whole", DataTypes.BooleanType);

    private HeardColumns() {}

    /// A recording as columns.
    static Row row(HeardRecording heard) {
        List<Row> windows = new ArrayList<>();
        for (HeardWindow window : heard.windows()) {
            windows.add(RowFactory.create(
                    TurnColumns.bytes(window.features()),
                    TurnColumns.bytes(window.statistics()),
                    numbers(window.measures()).toArray(),
                    window.doubts().toArray(),
                    window.warnings().toArray()));
        }
        return RowFactory.create(heard.warnings().toArray(), windows.toArray(), heard.whole());
    }

    /// What [#row] wrote.
    static HeardRecording of(Row row) {
        List<HeardWindow> windows = new ArrayList<>();
        for (Row window : row.<Row>getList(1)) {
            windows.add(new HeardWindow(
                    TurnColumns.floats((byte[]) window.get(0)),
                    TurnColumns.floats((byte[]) window.get(1)),
                    measures(window.getList(2)),
                    window.getList(3),
                    window.getList(4)));
        }
        return new HeardRecording(row.getList(0), windows, row.getBoolean(2));
    }

    private static List<Double> numbers(RecordingMeasures measures) {
        return List.of(
                measures.seconds(),
                measures.speechSeconds(),
                measures.activeLevelDb(),
                measures.peak(),
                measures.fullScaleShare(),
                measures.offset(),
                measures.bandwidthHz(),
                measures.snrDb());
    }

    private static RecordingMeasures measures(List<Double> of) {
        return new RecordingMeasures(
                of.get(0), of.get(1), of.get(2), of.get(3), of.get(4), of.get(5), of.get(6), of.get(7));
    }
}
