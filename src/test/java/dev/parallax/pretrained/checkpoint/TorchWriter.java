package dev.parallax.pretrained.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes a state dict as `torch.save` does, in both layouts.
public final class TorchWriter {

    /// A storage's class in PyTorch and its number of elements.
    private record Stored(String type, long count) {}

    private record Named(String name, String key, long offset, List<Long> sizes, List<Long> stride) {}

    private final Map<String, Stored> storages = new LinkedHashMap<>();
    private final Map<String, byte[]> data = new LinkedHashMap<>();
    private final List<Named> tensors = new ArrayList<>();
    private boolean isWrapped;

    /// The weights of a file in the legacy layout, under "model".
    public static byte[] legacyCopy(Path file) {
        TorchWriter writer = new TorchWriter();
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            for (String name : checkpoint.names()) {
                String key = Integer.toString(writer.storages.size());
                long[] sizes =
                        Arrays.stream(checkpoint.shape(name)).asLongStream().toArray();
                long[] stride = new long[sizes.length];
                for (int axis = sizes.length - 1, step = 1; axis >= 0; axis--) {
                    stride[axis] = step;
                    step *= (int) sizes[axis];
                }
                writer.floats(key, checkpoint.floats(name)).tensor(name, key, 0, sizes, stride);
            }
        }
        return writer.wrapped().legacy();
    }

    TorchWriter storage(String key, String type, int elementBytes, byte[] bytes) {
        storages.put(key, new Stored(type, bytes.length / elementBytes));
        data.put(key, bytes);
        return this;
    }

    TorchWriter floats(String key, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return storage(key, "FloatStorage", 4, bytes.array());
    }

    TorchWriter tensor(String name, String key, long offset, long[] sizes, long[] stride) {
        tensors.add(new Named(name, key, offset, boxed(sizes), boxed(stride)));
        return this;
    }

    TorchWriter vector(String name, String key) {
        long count = stored(key).count;
        return tensor(name, key, 0, new long[] {count}, new long[] {1});
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private Stored stored(String key) {
        return Objects.requireNonNull(storages.get(key));
    }

    /// Puts the state dict under "model", beside other things.
    TorchWriter wrapped() {
        isWrapped = true;
        return this;
    }

    byte[] pickle() {
        PickleWriter out = PickleWriter.start();
        if (isWrapped) {
            out.op(PickleOpcode.EMPTY_DICT)
                    .op(PickleOpcode.MARK)
                    .text("epoch")
                    .whole(70_000)
                    .text("model");
        }
        out.orderedDict().op(PickleOpcode.BINPUT, 0).op(PickleOpcode.MARK);
        for (Named tensor : tensors) {
            Stored storage = stored(tensor.key);
            long[] sizes = tensor.sizes.stream().mapToLong(Long::longValue).toArray();
            long[] stride = tensor.stride.stream().mapToLong(Long::longValue).toArray();
            out.text(tensor.name).tensor(storage.type, tensor.key, storage.count, tensor.offset, sizes, stride);
        }
        out.op(PickleOpcode.SETITEMS);
        out.op(PickleOpcode.EMPTY_DICT).text("_metadata").orderedDict().op(PickleOpcode.SETITEM);
        out.op(PickleOpcode.BUILD);
        if (isWrapped) {
            out.op(PickleOpcode.SETITEMS);
        }
        return out.stop();
    }

    ZipWriter zip() {
        ZipWriter zip = new ZipWriter().entry("archive/data.pkl", pickle());
        data.forEach((key, bytes) -> zip.entry("archive/data/" + key, bytes));
        return zip.entry("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }

    byte[] zipped() {
        return zip().toBytes();
    }

    byte[] legacy() {
        return legacy(storages.keySet());
    }

    /// The legacy layout with some of the storages alone.
    byte[] legacy(Collection<String> present) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] magic = HexFormat.of().parseHex("6cfc9c46f9206aa85019");
        out.writeBytes(PickleWriter.start()
                .op(PickleOpcode.LONG1, magic.length)
                .raw(magic)
                .stop());
        out.writeBytes(PickleWriter.start().whole(1001).stop());
        out.writeBytes(PickleWriter.start()
                .op(PickleOpcode.EMPTY_DICT)
                .text("little_endian")
                .op(PickleOpcode.NEWTRUE)
                .op(PickleOpcode.SETITEM)
                .stop());
        out.writeBytes(pickle());
        PickleWriter keys = PickleWriter.start().op(PickleOpcode.EMPTY_LIST);
        if (present.size() == 1) {
            present.forEach(keys::text);
            keys.op(PickleOpcode.APPEND);
        } else {
            keys.op(PickleOpcode.MARK);
            present.forEach(keys::text);
            keys.op(PickleOpcode.APPENDS);
        }
        out.writeBytes(keys.stop());
        present.forEach(key -> {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(stored(key).count)
                    .array());
            out.writeBytes(data.getOrDefault(key, new byte[0]));
        });
        return out.toByteArray();
    }
}
