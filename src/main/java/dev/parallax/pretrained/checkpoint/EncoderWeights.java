package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The tensors of a checkpoint that belong to its encoder, under the same names whatever the file calls
/// them: those of Hugging Face's transformers without the prefix of the model's class
/// (`encoder.layer.0.output.LayerNorm.weight`). `TensorNames` says what varies. It reads from the
/// checkpoint, which must stay open.
public final class EncoderWeights {

    private static final int SHOWN = 4;

    private final Checkpoint checkpoint;
    private final String prefix;
    private final Map<String, String> inFile = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    private EncoderWeights(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.prefix = TensorNames.prefix(checkpoint.names());
    }

    /// Finds the encoder in a checkpoint.
    ///
    /// @throws BadInputException if two tensors would have the same name
    public static EncoderWeights of(Checkpoint checkpoint) {
        EncoderWeights weights = new EncoderWeights(checkpoint);
        checkpoint.names().forEach(weights::sort);
        return weights;
    }

    private void sort(String name) {
        if (!TensorNames.isOfEncoder(name, prefix)) {
            ignored.add(name);
            return;
        }
        String canonical = TensorNames.canonical(name.substring(prefix.length()));
        String before = inFile.put(canonical, name);
        if (before != null) {
            throw new BadInputException(checkpoint.where() + ": " + Quoted.of(before) + " and " + Quoted.of(name)
                    + " are both " + Quoted.of(canonical) + "; a file must have one of them");
        }
    }

    /// What was read ([Checkpoint#describe]), and the first tensors of those that are not the encoder's.
    ///
    /// @throws BadInputException as [Checkpoint#open]
    public static String describe(Path folder) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            List<String> others = of(checkpoint).ignored;
            String first = others.stream().limit(SHOWN).map(Quoted::plain).collect(Collectors.joining(", "));
            return checkpoint.describe()
                    + (others.isEmpty() ? "" : "; " + others.size() + " are not the encoder's and not read: " + first)
                    + (others.size() > SHOWN ? ", ..." : "");
        }
    }

    /// Which file they are in, for messages.
    public String where() {
        return checkpoint.where();
    }

    /// What the file puts before the names of the encoder, such as `bert.`, or nothing.
    public String prefix() {
        return prefix;
    }

    /// The names of the encoder's tensors, in the order of the file.
    public List<String> names() {
        return List.copyOf(inFile.keySet());
    }

    /// The tensors that are not the encoder's, under their names in the file: heads, a decoder, buffers.
    public List<String> ignored() {
        return List.copyOf(ignored);
    }

    /// Whether the encoder has a tensor of this name.
    public boolean contains(String name) {
        return inFile.containsKey(name);
    }

    /// The sizes of a tensor; empty for a single number.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed)
    public int[] shape(String name) {
        return checkpoint.shape(nameInFile(name));
    }

    /// The type of a tensor's elements.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed)
    public ElementType type(String name) {
        return checkpoint.type(nameInFile(name));
    }

    /// A copy of the values of a tensor, see [Checkpoint#floats].
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed), or it has
    ///     another type
    public float[] floats(String name) {
        return checkpoint.floats(nameInFile(name));
    }

    private String nameInFile(String name) {
        String there = inFile.get(name);
        if (there == null) {
            String where = checkpoint.where() + (prefix.isEmpty() ? "" : ": below \"" + prefix + "\"");
            throw Checkpoint.missing(where, name, inFile.keySet());
        }
        return there;
    }
}
