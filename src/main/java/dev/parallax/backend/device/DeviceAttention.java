package dev.parallax.backend.device;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;

/// Attention in tiles: `native/kernels/attention.c`.
record DeviceAttention(Launcher launcher) {

    private static final int TILE = 16; // queries or keys
    private static final int GROUP_COLUMNS = 64;

    private static int tiles(Offsets offsets) {
        return (offsets.longest() + TILE - 1) / TILE;
    }

    private static int columnGroups(AttentionSizes sizes) {
        return (sizes.headWidth() + GROUP_COLUMNS - 1) / GROUP_COLUMNS;
    }

    /// Begins a call with what all tiled kernels take: sizes, where sequences begin, q, k, v, the mask and the bias.
    private Launcher.Call tiled(
            String kernel,
            int tiles,
            AttentionSizes sizes,
            DeviceBuffer q,
            DeviceBuffer k,
            DeviceBuffer v,
            DevicePositionBias bias,
            DropoutMask mask) {
        BlockPart[] lists =
                launcher.lists(sizes.queries().starts(), sizes.keys().starts(), mask.utterances());
        return launcher.call(kernel)
                .with(tiles, sizes.width(), sizes.heads(), sizes.causal() ? 1 : 0)
                .scalars(sizes.scale())
                .with(lists[0], lists[1])
                .with(q, k, v)
                .with(mask, lists[2])
                .with(bias.reach(), bias.free())
                .with(bias.table(), bias.gate());
    }

    void forward(
            AttentionSizes sizes,
            DeviceBuffer q,
            DeviceBuffer k,
            DeviceBuffer v,
            DevicePositionBias bias,
            DropoutMask mask,
            DeviceBuffer logSumExp,
            DeviceBuffer out) {
        int tiles = tiles(sizes.queries());
        tiled("attention", tiles, sizes, q, k, v, bias, mask)
                .with(logSumExp, out)
                .groups(tiles * sizes.queries().count(), sizes.heads(), columnGroups(sizes));
    }

    void gradAdd(
            AttentionSizes sizes,
            DeviceBuffer q,
            DeviceBuffer k,
            DeviceBuffer v,
            DevicePositionBias bias,
            DropoutMask mask,
            DeviceBuffer logSumExp,
            DeviceBuffer out,
            DeviceBuffer dOut,
            DeviceBuffer dq,
            DeviceBuffer dk,
            DeviceBuffer dv) {
        int rows = sizes.queries().total();
        boolean together = dk.overlaps(dv); // one kernel writes both, and takes them for two
        int gates = bias.reach() >= 0 ? rows * sizes.heads() : 0;
        BlockPart[] work = launcher.scratch(rows * sizes.heads(), together ? dv.length() : 0, gates);
        BlockPart dots = work[0];
        launcher.call("attentionDots")
                .with(rows, sizes.width(), sizes.heads())
                .with(out, dOut, dots)
                .elements((long) rows * sizes.heads());
        int queryTiles = tiles(sizes.queries());
        tiled("attentionGradQueries", queryTiles, sizes, q, k, v, bias, mask)
                .with(logSumExp, dots, dOut, dq, work[2])
                .groups(queryTiles * sizes.queries().count(), sizes.heads(), columnGroups(sizes));
        if (together) {
            launcher.call("fill").with(dv.length()).scalars(0).with(work[1]).elements(dv.length());
        }
        int keyTiles = tiles(sizes.keys());
        tiled("attentionGradKeys", keyTiles, sizes, q, k, v, bias, mask)
                .with(logSumExp, dots, dOut, dk, together ? work[1] : dv)
                .groups(keyTiles * sizes.keys().count(), sizes.heads(), columnGroups(sizes));
        if (together) {
            launcher.call("add").with(dv.length()).with(dv, work[1], dv).elements(dv.length());
        }
        if (gates > 0) {
            launcher.call("add")
                    .with(gates)
                    .with(bias.dGate(), work[2], bias.dGate())
                    .elements(gates);
            tableGradAdd(sizes, q, k, v, bias, mask, logSumExp, dots, dOut);
        }
    }

    private void tableGradAdd(
            AttentionSizes sizes,
            DeviceBuffer q,
            DeviceBuffer k,
            DeviceBuffer v,
            DevicePositionBias bias,
            DropoutMask mask,
            DeviceBuffer logSumExp,
            BlockPart dots,
            DeviceBuffer dOut) {
        BlockPart[] lists = launcher.lists(sizes.queries().starts(), mask.utterances());
        int longest = sizes.queries().longest();
        launcher.call("attentionGradTable")
                .with(sizes.queries().count(), longest, sizes.width(), sizes.heads(), sizes.causal() ? 1 : 0)
                .scalars(sizes.scale())
                .with(lists[0])
                .with(q, k, v)
                .with(mask, lists[1])
                .with(bias.reach(), bias.free())
                .with(bias.table(), bias.gate())
                .with(logSumExp, dots, dOut, bias.dTable())
                .elements((2L * longest - 1) * sizes.heads());
    }

    void weights(AttentionSizes sizes, DeviceBuffer q, DeviceBuffer k, DeviceBuffer out) {
        launcher.call("attentionWeights")
                .with(sizes.queries().count(), sizes.width(), sizes.heads(), sizes.causal() ? 1 : 0)
                .scalars(sizes.scale())
                .with(launcher.lists(sizes.queries().starts(), sizes.keys().starts()))
                .with(q, k, out)
                .groups(sizes.queries().total());
    }
}
