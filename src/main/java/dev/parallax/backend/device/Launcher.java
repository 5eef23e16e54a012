package dev.parallax.backend.device;

import dev.parallax.backend.DropoutMask;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// Starts kernels, and has what they need beside their buffers. A call is one line:
/// `launcher.call("softmax").with(columns).with(x, out).groups(rows)`, the arguments in the kernel's order.
final class Launcher {

    private static final int MOST_GROUPS_A_UNIT = 32; // where any number of them is right

    private final Device device;
    private final Staging staging;
    private final Scratch scratch;
    private final IntLists intLists;
    private final Map<String, Kernel> kernels = new HashMap<>();
    private final Call call = new Call();
    private long launches;

    Launcher(Device device, Heap heap, Staging staging) {
        this.device = device;
        this.staging = staging;
        this.scratch = new Scratch(heap);
        this.intLists = new IntLists(heap, staging);
    }

    /// Begins a call; one at a time.
    Call call(String kernel) {
        call.kernel = kernels.computeIfAbsent(kernel, device::kernel);
        call.arguments.clear();
        return call;
    }

    /// Working memory of a kernel call ([Scratch#take]).
    BlockPart[] scratch(int... lengths) {
        return scratch.take(lengths);
    }

    /// Lists on the device ([IntLists#of]).
    BlockPart[] lists(int[]... lists) {
        return intLists.of(lists);
    }

    /// How many groups can run at the same time, at least.
    int units() {
        return device.properties().units();
    }

    /// How many kernels were started.
    long launches() {
        return launches;
    }

    void close() {
        intLists.close();
        scratch.close();
    }

    /// A kernel and its arguments so far.
    final class Call {

        private Kernel kernel = new Kernel("", MemorySegment.NULL, 1);
        private final Arguments arguments = new Arguments();

        Call with(int... values) {
            for (int value : values) {
                arguments.add(value);
            }
            return this;
        }

        Call scalars(float... values) {
            for (float value : values) {
                arguments.add(value);
            }
            return this;
        }

        Call doubles(double value) {
            arguments.add(value);
            return this;
        }

        Call with(Place... places) {
            for (Place place : places) {
                arguments.add(place.block(), place.offset());
            }
            return this;
        }

        /// What a kernel with a mask takes.
        ///
        /// @param utterances its list of utterances, or any other list where it has none
        Call with(DropoutMask mask, Place utterances) {
            return with(mask.seed(), mask.step(), mask.stream(), mask.threshold())
                    .scalars(mask.scale())
                    .with(mask.firstOrdinal(), mask.utterances().length == 0 ? 0 : 1)
                    .with(utterances);
        }

        /// One item an element, or fewer where that is more than the device can run at the same time: for kernels
        /// of which any number of groups is right.
        void elements(long count) {
            long groups = (count + kernel.items() - 1) / kernel.items();
            groups((int) Math.min(groups, (long) MOST_GROUPS_A_UNIT * units()));
        }

        void groups(int x) {
            groups(x, 1, 1);
        }

        /// Starts the kernel, unless there is nothing to do.
        void groups(int x, int y, int z) {
            staging.send();
            if (x > 0 && y > 0 && z > 0) {
                device.launch(kernel, arguments, x, y, z);
                launches++;
            }
        }
    }
}
