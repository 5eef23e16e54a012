package dev.parallax.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What all vector kernels share: the widest vector of this machine and its remainder. Three rules of the family:
///
/// **A value never depends on its position.** Whatever rounds differently from a plain Java expression (a fused
/// multiply-add, [VectorMath]) is done in vectors for the remainder too, with padding; the remainder of plain sums and
/// products is plain Java. And no `reduceLanes(ADD)`: its order is not defined and differs between interpreter and
/// compiler; [#sum] has an order.
///
/// **A vector never passes a method of ours**, neither in nor out: methods take arrays, and a loop calls the Vector
/// API alone. In compiled code a vector is a register only as long as everything it meets is inlined. The methods of
/// the Vector API always are; ours only until the caller has grown to some 18,000 nodes of the compiler's graph, and a
/// vector operation costs hundreds of them. From there on a vector given to a method of ours is an object on the heap,
/// many times slower, and whether that happens depends on what ran before. `VectorSignaturesTest` holds this rule,
/// `VectorAllocationTest` what it is for.
///
/// **A vector that a loop carries is an argument**, `loaded.max(carried)` and not `carried.max(loaded)`: where the
/// loop begins, the compiler knows nothing of its class, so a call on it is inlined only with luck, and without it
/// all of the above holds.
final class Lanes {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /// Floats in a vector.
    static final int COUNT = FLOATS.length();

    private Lanes() {}

    /// `n` rounded up to whole vectors.
    static int padded(int n) {
        return (n + COUNT - 1) / COUNT * COUNT;
    }

    /// Sum of the lanes of a vector that was stored in `lanes`, in double, every fourth together: one chain of
    /// sums would take as long as all the rest of a short row.
    static double sum(float[] lanes) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = 0; i < COUNT; i += 4) { // a vector has 4 lanes or a multiple of that
            sum0 += lanes[i];
            sum1 += lanes[i + 1];
            sum2 += lanes[i + 2];
            sum3 += lanes[i + 3];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
