package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.eval.baseline.Pca;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.report.plot.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Utterance vectors in the plane in which they differ most: their first two principal components. Fitted without
/// labels, for plots only.
///
/// @param first  share of all variance along the first component
/// @param second that along the second
/// @param points of each utterance, along the first component and the second
public record Projection(double first, double second, List<Point> points) {

    public Projection {
        points = List.copyOf(points);
    }

    /// The projection of vectors, or null where there are fewer than three or they are all the same.
    ///
    /// @param vectors as many as there are utterances
    static @Nullable Projection of(List<float[]> vectors) {
        if (vectors.size() < 3 || vectors.getFirst().length < 2) {
            return null;
        }
        double[][] rows = new double[vectors.size()][vectors.getFirst().length];
        boolean differ = false;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = vectors.get(i)[j];
                differ |= rows[i][j] != rows[0][j];
            }
        }
        if (!differ) {
            return null;
        }
        Pca pca = Pca.fit(rows, 2);
        List<Point> points = Arrays.stream(pca.project(rows))
                .map(row -> new Point(row[0], row[1]))
                .toList();
        return new Projection(pca.share(0), pca.share(1), points);
    }

    JsonObject toJson() {
        List<Json> rows = new ArrayList<>();
        for (Point point : points) {
            rows.add(Json.array(List.of(rounded(point.x()), rounded(point.y()))));
        }
        return Json.object().with("first", first).with("second", second).with("points", Json.array(rows));
    }

    /// As many digits as a picture needs, and a float has.
    private static Json rounded(double value) {
        return new Json.Real(Double.parseDouble(Float.toString((float) value)));
    }

    /// What [#toJson] wrote.
    static Projection fromJson(JsonObject json) {
        List<Point> points = new ArrayList<>();
        for (Json item : json.array("points").items()) {
            double[] row = item instanceof JsonArray numbers ? numbers.numbers() : new double[0];
            if (row.length != 2) {
                throw new BadInputException(json.where() + ": " + item.toText() + " is no point, expected [x, y]");
            }
            points.add(new Point(row[0], row[1]));
        }
        return new Projection(json.number("first"), json.number("second"), points);
    }
}
