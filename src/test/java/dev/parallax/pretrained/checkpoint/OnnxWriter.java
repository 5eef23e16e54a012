package dev.parallax.pretrained.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes protobuf fields, and with them an ONNX graph.
final class OnnxWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    OnnxWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    OnnxWriter number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    OnnxWriter bytes(int field, byte[] bytes) {
        varint(((long) field << 3) | 2).varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    OnnxWriter text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /// Adds an initializer to a graph.
    OnnxWriter initializer(String name, int type, byte[] raw, long... sizes) {
        OnnxWriter tensor = new OnnxWriter();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        return bytes(5, tensor.number(2, type).text(8, name).bytes(9, raw).toBytes());
    }

    /// Adds a node to a graph.
    OnnxWriter node(String name, String... inputs) {
        OnnxWriter node = new OnnxWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        return bytes(1, node.text(2, name + "_output").text(3, name).toBytes());
    }

    /// This graph as a file.
    byte[] model() {
        return new OnnxWriter()
                .number(1, 7)
                .text(2, "pytorch")
                .bytes(7, toBytes())
                .toBytes();
    }
}
