package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;

/// Checks of rows of numbers.
public final class Matrices {

    private Matrices() {}

    /// Refuses a row that is not as long as row 0, or holds what is not finite.
    public static void checkRow(String what, double[][] rows, int i) {
        if (rows[i].length != rows[0].length) {
            throw new ShapeException(
                    what + ": row " + i + " has " + rows[i].length + " columns, row 0 has " + rows[0].length);
        }
        for (int j = 0; j < rows[i].length; j++) {
            if (!Double.isFinite(rows[i][j])) {
                throw new BadInputException(
                        what + ": row " + i + ", column " + j + " is " + rows[i][j] + ", expected finite numbers");
            }
        }
    }
}
