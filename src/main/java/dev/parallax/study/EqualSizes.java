package dev.parallax.study;

import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import java.util.HashSet;
import java.util.Set;

/// Makes models of different strategies about equally large, so that a study compares how they fuse and not their
/// capacity. Recurrent states and the width of the fusion are scaled by one factor. It is chosen so that the number
/// of trained parameters comes nearest to that of the reference as it is configured. Word vectors do not count, they
/// are the same for all.
final class EqualSizes {

    private static final double RANGE = 4; // factors from 1 / 4 to 4
    private static final int STEPS = 200; // each way

    private EqualSizes() {}

    /// The network of a strategy, scaled; of equally near ones that whose factor is nearest to 1.
    ///
    /// @param plan whose network has the sizes that the reference keeps
    static NetworkConfig of(ModelSpec plan, String strategy) {
        NetworkConfig own = plan.network().withFusion(strategy);
        int target = plan.withNetwork(own.withFusion(StudyDesign.REFERENCE)).size();
        NetworkConfig best = own;
        int distance = Math.abs(plan.withNetwork(own).size() - target);
        Set<NetworkConfig> seen = new HashSet<>();
        for (int i = 1; i <= STEPS; i++) {
            double factor = Math.pow(RANGE, i / (double) STEPS);
            for (NetworkConfig scaled : new NetworkConfig[] {own.scaled(factor), own.scaled(1 / factor)}) {
                int off = seen.add(scaled) ? Math.abs(plan.withNetwork(scaled).size() - target) : distance;
                if (off < distance) {
                    best = scaled;
                    distance = off;
                }
            }
        }
        return best;
    }
}
