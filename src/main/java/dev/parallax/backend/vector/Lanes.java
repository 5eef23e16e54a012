package dev.parallax.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What all vector kernels share: the widest vector of this machine. A lane is the place of one number in a vector;
/// the remainder of an array is what is left after its whole vectors. Three rules of the family:
///
/// **A value never depends on its position.** Some operations round differently from a plain Java expression: a
/// fused multiply-add, which rounds once, and [VectorMath]. They are done in vectors for the remainder too, with
/// padding. The remainder of plain sums and products is plain Java. And no `reduceLanes(ADD)`: its order is not
/// defined and differs between interpreter and compiler; [#sum] has an order.
///
/// **A vector never passes a method of ours**, neither in nor out: methods take arrays, and a loop calls the Vector
/// API alone. In compiled code a vector is a register only as long as every method that it meets is inlined. C2, the
/// JVM's optimising compiler, always inlines the methods of the Vector API. It inlines ours only until the caller
/// has grown to some 18,000 nodes of its graph, and a vector operation takes hundreds of them. From there on a
/// vector that is passed to a method of ours is an object on the heap, many times slower. Whether that happens
/// depends on what ran before. `VectorSignaturesTest` holds this rule, `VectorAllocationTest` its purpose.
///
/// **A vector that a loop carries is an argument**, `loaded.max(carried)` and not `carried.max(loaded)`. Where the
/// loop begins, C2 does not know the class of the carried vector, so it may not inline a call on it. Then the vector
/// is an object, as above.
final class Lanes {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /// Floats per vector.
    static final int COUNT = FLOATS.length();

    private Lanes() {}

    /// `n` rounded up to whole vectors.
    static int padded(int n) {
        return (n + COUNT - 1) / COUNT * COUNT;
    }

    /// Sum of the lanes of a vector that was stored in `lanes`, in double. It has four partial sums, since a single
    /// chain of sums would take as long as all the rest of a short row.
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
