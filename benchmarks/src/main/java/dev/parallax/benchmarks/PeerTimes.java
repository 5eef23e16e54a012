package dev.parallax.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Seconds of a peer's epochs.
///
/// @param packed with packed sequences; may be empty
/// @param padded over the padding; may be empty
record PeerTimes(Peer peer, List<Double> packed, List<Double> padded) {

    PeerTimes(Peer peer) {
        this(peer, new ArrayList<>(), new ArrayList<>());
    }

    /// Times one more epoch, unless the peer is missing.
    ///
    /// @param mode `packed` or `padded`
    void add(Workload workload, int threads, String mode) {
        if (peer.isThere()) {
            List<Double> times = mode.equals("packed") ? packed : padded;
            peer.epoch(workload, threads, mode).ifPresent(times::add);
        }
    }
}
