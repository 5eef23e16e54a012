package dev.parallax.study;

import dev.parallax.eval.baseline.Pca;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Utterance vectors in the plane in which they differ most: their first two principal components. Fitted without
/// labels and for looking only.
///
/// @param first  share of all variance along the first component
/// @param second that along the second
/// @param points of each utterance, (x, y)
public record Projection(double first, double second, List<double[]> points) {

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
        return new Projection(pca.share(0), pca.share(1), List.of(pca.project(rows)));
    }

    JsonObject toJson() {
        List<Json> rows = new ArrayList<>();
        for (double[] point : points) {
            rows.add(Json.array(List.of(rounded(point[0]), rounded(point[1]))));
        }
        return Json.object().with("first", first).with("second", second).with("points", Json.array(rows));
    }

    /// As many digits as a picture needs, and a float has.
    private static Json rounded(double value) {
        return new Json.Real(Double.parseDouble(Float.toString((float) value)));
    }

    /// What [#toJson] wrote.
    static Projection fromJson(JsonObject json) {
        List<double[]> points = new ArrayList<>();
        for (Json item : json.array("points").items()) {
            points.add(item instanceof JsonArray row ? row.numbers() : new double[2]);
        }
        return new Projection(json.number("first"), json.number("second"), points);
    }
}
