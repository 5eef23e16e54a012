package dev.parallax.backend.device;

import dev.parallax.backend.ConvolutionSizes;

/// Convolution along time: the windows of a group as rows (`native/kernels/sequences.c`), then a product of matrices.
/// The windows take `kernel` times the memory of x, of one group at a time.
record DeviceConvolution(Launcher launcher, DeviceMatrix matrix) {

    void add(ConvolutionSizes sizes, DeviceBuffer x, DeviceBuffer weight, DeviceBuffer out) {
        int rows = sizes.out().total();
        int outputs = sizes.outputsOfGroup();
        int terms = sizes.terms();
        int work = matrix.workspace(rows, outputs, terms);
        BlockPart[] room = launcher.scratch(rows * terms, rows * outputs, work);
        for (int group = 0; group < sizes.groups(); group++) {
            unfold(sizes, group, x, room[0]);
            Place ofGroup = weight(sizes, group, weight);
            if (sizes.groups() == 1) {
                matrix.gemm(rows, outputs, terms, room[0], false, ofGroup, true, true, out, room[2]);
            } else {
                matrix.gemm(rows, outputs, terms, room[0], false, ofGroup, true, false, room[1], room[2]);
                int to = group * outputs;
                matrix.copyColumns("copyColumnsAdd", rows, outputs, room[1], outputs, 0, out, sizes.outputs(), to);
            }
        }
    }

    void inputGradAdd(ConvolutionSizes sizes, DeviceBuffer weight, DeviceBuffer dy, DeviceBuffer dx) {
        int rows = sizes.out().total();
        int outputs = sizes.outputsOfGroup();
        int terms = sizes.terms();
        int work = matrix.workspace(rows, terms, outputs);
        BlockPart[] room = launcher.scratch(rows * terms, rows * outputs, work);
        for (int group = 0; group < sizes.groups(); group++) {
            Place gradient = gradient(sizes, group, dy, room[1]);
            Place ofGroup = weight(sizes, group, weight);
            matrix.gemm(rows, terms, outputs, gradient, false, ofGroup, false, false, room[0], room[2]);
            launcher.call("unfoldGradAdd")
                    .with(sizes.in().count(), sizes.in().total(), sizes.inputs(), group * sizes.inputsOfGroup())
                    .with(sizes.inputsOfGroup(), sizes.kernel(), sizes.stride(), sizes.padding())
                    .with(launcher.lists(sizes.in().starts(), sizes.out().starts()))
                    .with(room[0], dx)
                    .elements((long) sizes.in().total() * sizes.inputsOfGroup());
        }
    }

    void weightGradAdd(ConvolutionSizes sizes, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dWeight) {
        int rows = sizes.out().total();
        int outputs = sizes.outputsOfGroup();
        int terms = sizes.terms();
        int work = matrix.workspace(outputs, terms, rows);
        BlockPart[] room = launcher.scratch(rows * terms, rows * outputs, work);
        for (int group = 0; group < sizes.groups(); group++) {
            unfold(sizes, group, x, room[0]);
            Place gradient = gradient(sizes, group, dy, room[1]);
            Place ofGroup = weight(sizes, group, dWeight);
            matrix.gemm(outputs, terms, rows, gradient, true, room[0], false, true, ofGroup, room[2]);
        }
    }

    private void unfold(ConvolutionSizes sizes, int group, DeviceBuffer x, BlockPart windows) {
        launcher.call("unfold")
                .with(sizes.in().count(), sizes.out().total(), sizes.inputs(), group * sizes.inputsOfGroup())
                .with(sizes.inputsOfGroup(), sizes.kernel(), sizes.stride(), sizes.padding())
                .with(launcher.lists(sizes.in().starts(), sizes.out().starts()))
                .with(x, windows)
                .elements((long) sizes.out().total() * sizes.terms());
    }

    /// The weights of a group, [outputs, terms].
    private static Place weight(ConvolutionSizes sizes, int group, DeviceBuffer weight) {
        return new BlockPart(weight.block(), weight.offset() + group * sizes.outputsOfGroup() * sizes.terms());
    }

    /// The columns of a group in the gradient of the result, [rows, outputs]: a copy, where there are others.
    private Place gradient(ConvolutionSizes sizes, int group, DeviceBuffer dy, BlockPart room) {
        if (sizes.groups() == 1) {
            return dy;
        }
        int outputs = sizes.outputsOfGroup();
        int rows = sizes.out().total();
        matrix.copyColumns("copyColumns", rows, outputs, dy, sizes.outputs(), group * outputs, room, outputs, 0);
        return room;
    }
}
