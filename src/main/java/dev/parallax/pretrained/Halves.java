package dev.parallax.pretrained;

import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// States as a network reads them: layers side by side, rounded to half precision (IEEE 754 binary16). So they take
/// half the room in a cache and are the same whether they come from there or were just computed. The rounding is at
/// most 2^-11 of a value; values beyond 65504 become 65504.
final class Halves {

    /// Raised when the same encoder comes to give other numbers, so that no cache returns old ones.
    private static final int VERSION = 1;

    private static final float LARGEST = 65504;

    private Halves() {}

    /// What identifies the states of an encoder.
    static String digest(EncoderInput input) {
        String text = VERSION + " " + input.hash() + " " + input.frozenLayers();
        return SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param states of all layers of the encoder, each at least `rows` rows
    /// @return [rows, columns of the input]
    static float[] sideBySide(List<float[]> states, EncoderInput input, int rows) {
        int width = input.width();
        int columns = input.columns();
        float[] all = new float[rows * columns];
        for (int i = 0; i < input.frozenLayers().size(); i++) {
            float[] layer = states.get(input.frozenLayers().get(i));
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < width; column++) {
                    all[row * columns + i * width + column] = rounded(layer[row * width + column]);
                }
            }
        }
        return all;
    }

    private static float rounded(float value) {
        float limited = Math.max(-LARGEST, Math.min(LARGEST, value));
        return Float.float16ToFloat(Float.floatToFloat16(limited));
    }
}
