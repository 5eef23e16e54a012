package dev.parallax.pretrained.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes a pickle instruction by instruction, honest or not.
final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static PickleWriter start() {
        return new PickleWriter().op(PickleOpcode.PROTO, 2);
    }

    /// An instruction and the bytes that follow it.
    PickleWriter op(PickleOpcode opcode, int... bytes) {
        out.write(opcode.code());
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    PickleWriter op32(PickleOpcode opcode, int argument) {
        return op(opcode).raw(littleEndian(argument));
    }

    PickleWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleWriter global(String module, String name) {
        return op(PickleOpcode.GLOBAL).raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PickleWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return op32(PickleOpcode.BINUNICODE, bytes.length).raw(bytes);
    }

    /// A whole number in the shortest way, as Python does.
    PickleWriter whole(long value) {
        if (value >= 0 && value < 1 << 8) {
            return op(PickleOpcode.BININT1, (int) value);
        }
        if (value >= 0 && value < 1 << 16) {
            return op(PickleOpcode.BININT2, (int) value & 0xFF, (int) value >> 8);
        }
        if (value == (int) value) {
            return op32(PickleOpcode.BININT, (int) value);
        }
        return op(PickleOpcode.LONG1, 8)
                .raw(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    PickleWriter wholes(long... values) {
        op(PickleOpcode.MARK);
        for (long value : values) {
            whole(value);
        }
        return op(PickleOpcode.TUPLE);
    }

    PickleWriter orderedDict() {
        return global("collections", "OrderedDict").op(PickleOpcode.EMPTY_TUPLE).op(PickleOpcode.REDUCE);
    }

    /// The persistent id of a storage, `torch.FloatStorage` for instance.
    PickleWriter storage(String type, String key, long count) {
        return op(PickleOpcode.MARK)
                .text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .whole(count)
                .op(PickleOpcode.TUPLE)
                .op(PickleOpcode.BINPERSID);
    }

    PickleWriter tensor(String type, String key, long count, long offset, long[] sizes, long[] stride) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op(PickleOpcode.MARK)
                .storage(type, key, count)
                .whole(offset)
                .wholes(sizes)
                .wholes(stride)
                .op(PickleOpcode.NEWFALSE)
                .orderedDict()
                .op(PickleOpcode.TUPLE)
                .op(PickleOpcode.REDUCE);
    }

    /// The bytes up to here, with the instruction that ends them.
    byte[] stop() {
        op(PickleOpcode.STOP);
        return out.toByteArray();
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
