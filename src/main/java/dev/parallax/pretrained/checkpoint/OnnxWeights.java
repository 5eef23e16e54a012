package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.io.SafeFiles;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The weights in an ONNX file that PyTorch exported from an encoder, under the encoder's own names. It
/// is enough for all-MiniLM-L6-v2 as it is published in Maven artifacts, and no general reader: the graph
/// is not looked at but for the names of its matrix products.
///
/// The export keeps the names of biases, LayerNorms and embeddings. The weight of a linear layer becomes
/// the right factor of a MatMul, transposed to [in, out], under a name without meaning
/// (`onnx::MatMul_885`). The node tells what it was: `/encoder/layer.0/attention/self/query/MatMul` is
/// `encoder.layer.0.attention.self.query.weight`.
///
/// Source of the fields' numbers: onnx.proto of ONNX (ModelProto.7 graph; GraphProto.1 node, .5
/// initializer; NodeProto.1 input, .3 name; TensorProto.1 dims, .2 data_type, .8 name, .9 raw_data).
public final class OnnxWeights {

    private static final int MAX_TEXT = 4096; // bytes of a name
    private static final int MAX_AXES = 16;
    private static final String PRODUCT = "/MatMul";
    private static final int FACTORS = 2;

    private final String where;
    private final Map<String, StoredTensor> initializers = new LinkedHashMap<>();
    private final List<Product> products = new ArrayList<>();

    /// A matrix product: the name of its node, and its right factor.
    private record Product(String node, String factor) {}

    private OnnxWeights(String where) {
        this.where = where;
    }

    /// Opens the weights of a file, whose hash the caller has compared.
    ///
    /// @throws BadInputException if it is not an ONNX file, is damaged, or keeps weights in a way
    ///     that is not known here
    public static Checkpoint open(Path file) {
        return Checkpoint.mapped(arena -> {
            Map<String, StoredTensor> tensors = tensors(SafeFiles.map(file, arena), file.toString());
            String description = file + ": ONNX, " + tensors.size() + " tensors";
            return new Checkpoint(file.toString(), description, tensors, arena);
        });
    }

    static Map<String, StoredTensor> tensors(MemorySegment file, String where) {
        OnnxWeights weights = new OnnxWeights(where);
        ProtobufMessage model = new ProtobufMessage(file, where);
        while (model.next()) {
            if (model.number() == 7) {
                weights.readGraph(model.bytes());
            }
        }
        if (weights.initializers.isEmpty()) {
            throw new BadInputException(where + ": has no weights; expected an ONNX file");
        }
        return weights.named();
    }

    /// The factors of matrix products under the names of their layers, transposed; all others as they
    /// are.
    private Map<String, StoredTensor> named() {
        Map<String, StoredTensor> named = new LinkedHashMap<>();
        Set<String> factors = new HashSet<>();
        for (Product product : products) {
            StoredTensor weight = initializers.get(product.factor);
            if (weight != null && weight.shape().size() == 2) {
                factors.add(product.factor);
                add(named, layer(product.node) + ".weight", weight.transposed());
            }
        }
        initializers.forEach((name, tensor) -> {
            if (!factors.contains(name)) {
                add(named, name, tensor);
            }
        });
        return named;
    }

    private void add(Map<String, StoredTensor> tensors, String name, StoredTensor tensor) {
        if (tensors.put(name, tensor) != null) {
            throw new BadInputException(where + ": has two tensors " + Quoted.of(name) + ", which is not supported");
        }
    }

    /// `/encoder/layer.0/output/dense/MatMul` -> `encoder.layer.0.output.dense`
    private static String layer(String node) {
        return node.substring(1, node.length() - PRODUCT.length()).replace('/', '.');
    }

    private void readGraph(MemorySegment bytes) {
        ProtobufMessage graph = new ProtobufMessage(bytes, where);
        while (graph.next()) {
            switch (graph.number()) {
                case 1 -> readNode(graph.bytes());
                case 5 -> readInitializer(graph.bytes());
                default -> {}
            }
        }
    }

    private void readNode(MemorySegment bytes) {
        ProtobufMessage node = new ProtobufMessage(bytes, where);
        List<String> inputs = new ArrayList<>();
        String name = "";
        while (node.next()) {
            switch (node.number()) {
                case 1 -> {
                    if (inputs.size() <= FACTORS) { // one too many is enough to know that it is no product
                        inputs.add(node.text(MAX_TEXT));
                    }
                }
                case 3 -> name = node.text(MAX_TEXT);
                default -> {}
            }
        }
        boolean isInLayer = name.startsWith("/") && name.endsWith(PRODUCT) && name.length() > PRODUCT.length() + 1;
        if (isInLayer && inputs.size() == FACTORS) {
            products.add(new Product(name, inputs.getLast()));
        }
    }

    private void readInitializer(MemorySegment bytes) {
        ProtobufMessage tensor = new ProtobufMessage(bytes, where);
        List<Long> sizes = new ArrayList<>();
        long type = 0;
        String name = "";
        MemorySegment data = null;
        while (tensor.next()) {
            switch (tensor.number()) {
                case 1 -> readSizes(tensor, sizes);
                case 2 -> type = tensor.value();
                case 8 -> name = tensor.text(MAX_TEXT);
                case 9 -> data = tensor.bytes();
                default -> {}
            }
        }
        add(initializers, name, tensor(name, type, sizes, data));
    }

    /// One size, or all in one field (packed).
    private void readSizes(ProtobufMessage tensor, List<Long> sizes) {
        if (!tensor.isBytes()) {
            sizes.add(tensor.value());
        } else {
            ByteCursor packed = new ByteCursor(tensor.bytes(), where);
            while (packed.remaining() > 0 && sizes.size() <= MAX_AXES) {
                sizes.add(ProtobufMessage.varint(packed));
            }
        }
        if (sizes.size() > MAX_AXES) {
            throw new BadInputException(where + ": a tensor has more than " + MAX_AXES + " sizes");
        }
    }

    private StoredTensor tensor(String name, long code, List<Long> sizes, @Nullable MemorySegment data) {
        ElementType type = type(code);
        String what = where + ": tensor " + Quoted.of(name);
        if (type == null || data == null) {
            throw new BadInputException(what + ": its values are not in the file in a way that is known here (type "
                    + code + ", raw data " + (data == null ? "missing" : "there") + ")");
        }
        long bytes = type.bytes();
        for (long size : sizes) {
            if (size < 0 || size > Integer.MAX_VALUE || (size > 0 && bytes > data.byteSize() / size)) {
                throw new BadInputException(
                        what + ": sizes " + sizes + " do not fit its " + data.byteSize() + " bytes");
            }
            bytes *= size;
        }
        if (bytes != data.byteSize()) {
            throw new BadInputException(what + ": sizes " + sizes + " do not fit its " + data.byteSize() + " bytes");
        }
        return StoredTensor.whole(type, sizes.stream().map(Long::intValue).toList(), data);
    }

    /// The type of a `TensorProto.DataType`, or null.
    private static @Nullable ElementType type(long code) {
        return switch (code == (int) code ? (int) code : 0) {
            case 1 -> ElementType.F32;
            case 2 -> ElementType.U8;
            case 3 -> ElementType.I8;
            case 6 -> ElementType.I32;
            case 7 -> ElementType.I64;
            case 9 -> ElementType.BOOL;
            case 10 -> ElementType.F16;
            case 11 -> ElementType.F64;
            case 16 -> ElementType.BF16;
            default -> null;
        };
    }
}
