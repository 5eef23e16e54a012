package dev.parallax.study;

import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import java.util.HashSet;
import java.util.Set;

/// Makes models of different strategies about equally large, so that a study compares how they fuse and not their
/// capacity. Recurrent states and the width of the fusion are scaled by one factor. It is chosen so that the number
/// of trained parameters comes nearest to that of the reference as it is configured. Word vectors do not count, they
/// are the same for all.
///
/// Where the nearest misses by more than [#TOLERANCE], smaller factors are tried, down to a width of one feature a head
/// of the encoder. The largest one that comes within it is taken: a strategy as wide as the size allows. So it is where
/// no state can be scaled, as with functionals, and whatever a fusion has comes on top of two perspectives that stay.
/// Where none comes within it, the nearest of all is taken, and [#excess] says by how much it misses.
final class EqualSizes {

    /// The share of the reference's size up to which sizes count as equal.
    static final double TOLERANCE = 0.05;

    private static final double RANGE = 4; // factors from 1 / 4 to 4
    private static final int STEPS = 200; // each way
    private static final int FURTHER = 4 * STEPS; // down to 1 / 1024 of the width

    private final ModelSpec plan;
    private final NetworkConfig own;
    private final int target;
    private final Set<NetworkConfig> seen = new HashSet<>();
    private NetworkConfig best;
    private int distance;

    private EqualSizes(ModelSpec plan, String strategy) {
        this.plan = plan;
        this.own = plan.network().withFusion(strategy);
        this.target = plan.withNetwork(own.withFusion(StudyDesign.REFERENCE)).size();
        this.best = own;
        this.distance = Math.abs(plan.withNetwork(own).size() - target);
    }

    /// The network of a strategy, scaled; of equally near ones that whose factor is nearest to 1.
    ///
    /// @param plan whose network has the sizes that the reference keeps
    static NetworkConfig of(ModelSpec plan, String strategy) {
        EqualSizes sizes = new EqualSizes(plan, strategy);
        for (int i = 1; i <= STEPS; i++) {
            double factor = Math.pow(RANGE, i / (double) STEPS);
            sizes.consider(sizes.own.scaled(factor));
            sizes.consider(sizes.own.scaled(1 / factor));
        }
        for (int i = STEPS + 1; i <= STEPS + FURTHER && !sizes.isNear(); i++) {
            sizes.consider(sizes.own.scaledFinely(Math.pow(RANGE, -i / (double) STEPS)));
        }
        return sizes.best;
    }

    private void consider(NetworkConfig scaled) {
        int off = seen.add(scaled) ? Math.abs(plan.withNetwork(scaled).size() - target) : distance;
        if (off < distance) {
            best = scaled;
            distance = off;
        }
    }

    private boolean isNear() {
        return distance <= TOLERANCE * target;
    }

    /// By which share of the reference's size a network is larger; below 0 where it is smaller.
    ///
    /// @param plan    whose network has the sizes that the reference keeps
    /// @param network of a strategy
    static double excess(ModelSpec plan, NetworkConfig network) {
        int target = plan.withNetwork(plan.network().withFusion(StudyDesign.REFERENCE))
                .size();
        return plan.withNetwork(network).size() / (double) target - 1;
    }
}
