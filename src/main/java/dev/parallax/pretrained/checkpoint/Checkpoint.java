package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.io.Nearest;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The weights of a pretrained model: named tensors in one file or several, mapped into memory. Nothing
/// is copied until a tensor is asked for, so a checkpoint may be larger than the heap. Immutable, and may
/// be read by several threads. The files must not change until it is closed; what was read before stays
/// valid then.
///
///     try (Checkpoint checkpoint = Checkpoint.open(Path.of("wavlm-base-plus"))) {
///         float[] bias = checkpoint.floats("encoder.layers.0.attention.q_proj.bias");
///     }
///
/// [EncoderWeights] finds an encoder's tensors among the names that files give them.
public final class Checkpoint implements AutoCloseable {

    private final String where;
    private final String description;
    private final Map<String, StoredTensor> tensors;
    private final Arena arena;

    /// @param where       the file with the names, the start of every message
    /// @param description what was read
    /// @param arena       that the tensors' bytes live in, closed with this
    Checkpoint(String where, String description, Map<String, StoredTensor> tensors, Arena arena) {
        this.where = where;
        this.description = description;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.arena = arena;
    }

    /// Opens the weights in a model's folder, the first that is there of `model.safetensors`,
    /// `model.safetensors.index.json` (weights in several files), `pytorch_model.bin`,
    /// `pytorch_model.bin.index.json`, `model.pt` and `emotion2vec_base.pt`; or one of these files, or
    /// one of another name with such an ending.
    ///
    /// @throws BadInputException if there are no weights, or they are damaged, incomplete, contradict
    ///     themselves, or (`.bin`, `.pt`) do more than describe weights; nothing in a file is ever
    ///     executed
    public static Checkpoint open(Path path) {
        return WeightFiles.open(path);
    }

    /// The files that [#open] reads of a model's folder: the one with the weights, or the index and those that it
    /// names.
    ///
    /// @throws BadInputException if there are no weights, or the index is damaged or names a file that is missing
    public static List<Path> files(Path folder) {
        return WeightFiles.files(folder);
    }

    /// Makes a checkpoint whose bytes live in a new arena, or leaves none behind.
    @SuppressWarnings("MustBeClosed") // the checkpoint closes it
    static Checkpoint mapped(Function<Arena, Checkpoint> reader) {
        Arena arena = Arena.ofShared();
        boolean isOpen = false;
        try {
            Checkpoint checkpoint = reader.apply(arena);
            isOpen = true;
            return checkpoint;
        } finally {
            if (!isOpen) {
                arena.close();
            }
        }
    }

    /// What was read and in which format, and which weights beside it were not: `bert/model.safetensors:
    /// safetensors, 62 tensors; not read: pytorch_model.bin`.
    public String describe() {
        return description;
    }

    /// The file with the names of the tensors, for messages.
    String where() {
        return where;
    }

    /// The names of all tensors, in the order of the file.
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /// Whether there is a tensor of this name.
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /// The sizes of a tensor; empty for a single number.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed)
    public int[] shape(String name) {
        return tensor(name).shape().stream().mapToInt(Integer::intValue).toArray();
    }

    /// The type of a tensor's elements.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed)
    public ElementType type(String name) {
        return tensor(name).type();
    }

    /// A copy of the values of a tensor, row-major. `F32`, `F16` and `BF16` are exact; `F64` is rounded
    /// to the nearest float.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed), or it has
    ///     another type
    /// @throws IllegalStateException if this is closed
    public float[] floats(String name) {
        return tensor(name).floats(where + ": tensor " + Quoted.of(name));
    }

    private StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw missing(where, name, tensors.keySet());
        }
        return tensor;
    }

    static BadInputException missing(String where, String name, Collection<String> names) {
        return new BadInputException(
                where + ": no tensor " + Quoted.of(name) + " among its " + names.size() + nearest(name, names));
    }

    private static String nearest(String name, Collection<String> names) {
        return Nearest.hint(name, names.stream().map(Quoted::plain).toList());
    }

    /// Gives the files back; tensors cannot be read any more.
    @Override
    public void close() {
        arena.close();
    }
}
