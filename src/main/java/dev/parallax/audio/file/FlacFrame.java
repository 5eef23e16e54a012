package dev.parallax.audio.file;

import java.util.Arrays;

/// Decodes FLAC frames (RFC 9639, section 9): each channel is predicted from its own past, and the error of the
/// prediction is stored in Rice codes. All is integer arithmetic, exact to the bit. An instance decodes one frame at
/// a time.
final class FlacFrame {

    /// Coefficients of the fixed predictors of order 0 to 4, of the latest sample first.
    private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private static final int CHECKSUM_BYTES = 2;
    private static final int LEFT_SIDE = 8;
    private static final int SIDE_RIGHT = 9;
    private static final int MID_SIDE = 10;

    private final FlacHeader stream;
    private long[][] channels = {};
    private BitReader bits = new BitReader(new byte[0], 0);

    FlacFrame(FlacHeader stream) {
        this.stream = stream;
    }

    /// Decodes a frame.
    ///
    /// @param frame whole; what follows it is not looked at
    /// @param out   [channels, block size]
    /// @return bytes of the frame with the checksum of two bytes at its end
    /// @throws IllegalStateException     when it holds what the format does not allow
    /// @throws IndexOutOfBoundsException when it ends too early
    int decode(byte[] frame, FlacFrameHeader header, float[][] out) {
        int count = header.assignment() < LEFT_SIDE ? header.assignment() + 1 : 2;
        int depth = header.bits() == 0 ? stream.bits() : header.bits();
        if (count != stream.channels() || depth != stream.bits()) {
            throw new IllegalStateException("channels or bits change within the file");
        }
        if (channels.length != count || channels[0].length < header.blockSize()) {
            channels = new long[count][header.blockSize()];
        }
        bits = new BitReader(frame, header.length());
        for (int c = 0; c < count; c++) {
            boolean side = c == 0
                    ? header.assignment() == SIDE_RIGHT
                    : header.assignment() == LEFT_SIDE || header.assignment() == MID_SIDE;
            subframe(channels[c], header.blockSize(), side ? depth + 1 : depth);
        }
        decorrelate(header.assignment(), header.blockSize());
        double scale = 1.0 / (1L << (depth - 1));
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < header.blockSize(); i++) {
                out[c][i] = (float) (channels[c][i] * scale);
            }
        }
        return bits.bytes() + CHECKSUM_BYTES;
    }

    /// Two channels are stored as one of them and their difference, or as their mean and difference.
    private void decorrelate(int assignment, int size) {
        if (assignment < LEFT_SIDE) {
            return;
        }
        long[] a = channels[0];
        long[] b = channels[1];
        for (int i = 0; i < size; i++) {
            switch (assignment) {
                case LEFT_SIDE -> b[i] = a[i] - b[i];
                case SIDE_RIGHT -> a[i] = a[i] + b[i];
                default -> {
                    long mid = a[i] << 1 | (b[i] & 1);
                    long side = b[i];
                    a[i] = (mid + side) >> 1;
                    b[i] = (mid - side) >> 1;
                }
            }
        }
    }

    private void subframe(long[] x, int size, int depth) {
        if (bits.read(1) != 0) {
            throw new IllegalStateException("a reserved bit is set");
        }
        int type = (int) bits.read(6);
        int wasted = bits.read(1) == 0 ? 0 : bits.unary() + 1;
        int kept = depth - wasted;
        if (kept < 1) {
            throw new IllegalStateException("no bits are left of a sample");
        }
        if (type == 0) {
            Arrays.fill(x, 0, size, bits.signed(kept));
        } else if (type == 1) {
            verbatim(x, size, kept);
        } else if (type >= 8 && type <= 12) {
            verbatim(x, Math.min(type - 8, size), kept);
            residual(x, size, type - 8);
            predict(x, size, FIXED[type - 8], 0);
        } else if (type >= 32) {
            linear(x, size, type - 31, kept);
        } else {
            throw new IllegalStateException("a reserved kind of prediction");
        }
        for (int i = 0; wasted > 0 && i < size; i++) {
            x[i] <<= wasted;
        }
    }

    private void verbatim(long[] x, int count, int depth) {
        for (int i = 0; i < count; i++) {
            x[i] = bits.signed(depth);
        }
    }

    private void linear(long[] x, int size, int order, int depth) {
        verbatim(x, Math.min(order, size), depth);
        int precision = (int) bits.read(4) + 1;
        int shift = (int) bits.signed(5);
        if (precision == 16 || shift < 0) {
            throw new IllegalStateException("a reserved precision of prediction");
        }
        int[] coefficients = new int[order];
        for (int k = 0; k < order; k++) {
            coefficients[k] = (int) bits.signed(precision);
        }
        residual(x, size, order);
        predict(x, size, coefficients, shift);
    }

    /// x\[i\] += (Σ_k coefficient\[k\] x\[i-1-k\]) >> shift.
    private static void predict(long[] x, int size, int[] coefficients, int shift) {
        int order = coefficients.length;
        for (int i = order; i < size; i++) {
            long sum = 0;
            for (int k = 0; k < order; k++) {
                sum += coefficients[k] * x[i - 1 - k];
            }
            x[i] += sum >> shift;
        }
    }

    /// The error of the prediction, in partitions that each have a parameter of their own: quotient in unary,
    /// remainder in `parameter` bits, signs folded (0, -1, 1, -2, ...).
    private void residual(long[] x, int size, int order) {
        int method = (int) bits.read(2);
        int partitionOrder = (int) bits.read(4);
        if (method > 1 || size >> partitionOrder << partitionOrder != size || size >> partitionOrder < order) {
            throw new IllegalStateException("a reserved way of coding");
        }
        int parameterBits = method == 0 ? 4 : 5;
        int escape = (1 << parameterBits) - 1;
        int at = order;
        for (int partition = 0; partition < 1 << partitionOrder; partition++) {
            int end = (partition + 1) * (size >> partitionOrder);
            int parameter = (int) bits.read(parameterBits);
            int raw = parameter == escape ? (int) bits.read(5) : 0;
            for (; at < end; at++) {
                if (parameter == escape) {
                    x[at] = raw == 0 ? 0 : bits.signed(raw);
                } else {
                    long folded = (long) bits.unary() << parameter | bits.read(parameter);
                    x[at] = folded >>> 1 ^ -(folded & 1);
                }
            }
        }
    }
}
