package dev.parallax.backend;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What all vector kernels share: the widest vector of this machine, its remainder, and the fused multiply-add.
///
/// The rule of the family: a value never depends on its position. Whatever rounds differently from a plain Java
/// expression (a fused multiply-add, [VectorMath]) is done in vectors for the remainder too, with
/// padding; the remainder of plain sums and products is plain Java. And no `reduceLanes(ADD)`: its order is not defined
/// and differs between interpreter and compiler; [#sum] has an order.
final class Lanes {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /// Floats in a vector.
    static final int COUNT = FLOATS.length();

    /// Whether the processor multiplies and adds in one instruction. Without one, Java computes a fused multiply-add
    /// through `BigDecimal`, a thousand times slower, so [#multiplyAdd] rounds twice there instead.
    static final boolean FUSED = isFused();

    private Lanes() {}

    private static boolean isFused() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return flags != null && Boolean.parseBoolean(flags.getVMOption("UseFMA").getValue());
    }

    /// a · b + c.
    static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
        return FUSED ? a.lanewise(VectorOperators.FMA, b, c) : a.mul(b).add(c);
    }

    static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(FLOATS, from, at);
    }

    /// `n` rounded up to whole vectors.
    static int padded(int n) {
        return (n + COUNT - 1) / COUNT * COUNT;
    }

    /// Sum of the lanes, from the first to the last, in double.
    ///
    /// @param room for one vector
    static double sum(FloatVector lanes, float[] room) {
        lanes.intoArray(room, 0);
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += room[i];
        }
        return sum;
    }
}
