package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Precision;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.checkpoint.EncoderWeights;
import dev.parallax.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Fills the parameters of an encoder from a checkpoint. A parameter has the values of the tensor of its name; those
/// of an attention are put together from query, key and value.
final class WeightLoader {

    private static final String IN_WEIGHT = ".inWeight";
    private static final String IN_BIAS = ".inBias";
    private static final String OUT = ".out.";

    /// [#fill], or [#freezing].
    interface Way {
        void load(Parameters parameters, Path folder, AttentionTensors attention, Backend backend);
    }

    private final EncoderWeights weights;
    private final AttentionTensors attention;

    private WeightLoader(EncoderWeights weights, AttentionTensors attention) {
        this.weights = weights;
        this.attention = attention;
    }

    /// Makes the parameters on a backend and fills them with the weights in a folder.
    ///
    /// @throws BadInputException if the folder has no weights, a tensor is missing, or has other sizes than the
    ///     parameter; then the parameters are closed
    static void fill(Parameters parameters, Path folder, AttentionTensors attention, Backend backend) {
        load(parameters, folder, attention, loader -> {
            parameters.allocate(backend);
            loader.fill(parameters, parameters.all(), "");
        });
    }

    /// The way for parameters that will not change.
    static Way freezing(Precision precision) {
        return (parameters, folder, attention, backend) -> load(
                parameters,
                folder,
                attention,
                loader -> parameters.freeze(
                        backend, precision, parameter -> loader.values(parameter.name(), parameter.shape())));
    }

    private static void load(
            Parameters parameters, Path folder, AttentionTensors attention, Consumer<WeightLoader> use) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            WeightLoader loader = new WeightLoader(EncoderWeights.of(checkpoint), attention);
            loader.requireEnough(parameters);
            use.accept(loader);
        } catch (BadInputException e) {
            parameters.close();
            throw e;
        }
    }

    /// Fills some parameters, which have been made, with the weights in a folder.
    ///
    /// @param prefix what comes before the names of the checkpoint in those of the parameters
    /// @throws BadInputException if the folder has no weights, a tensor is missing, or has other sizes than the
    ///     parameter
    static void fill(
            Parameters parameters, List<Parameter> some, String prefix, Path folder, AttentionTensors attention) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            new WeightLoader(EncoderWeights.of(checkpoint), attention).fill(parameters, some, prefix);
        }
    }

    private void fill(Parameters parameters, List<Parameter> some, String prefix) {
        for (Parameter parameter : some) {
            float[] values = values(parameter.name().substring(prefix.length()), parameter.shape());
            parameters.backend().upload(values, parameters.value(parameter).buffer());
        }
    }

    /// Refuses settings that describe more values than there are, before memory is taken for them. A bias of keys that
    /// is not there has zeros, so there may be some more.
    private void requireEnough(Parameters parameters) {
        double there = weights.names().stream()
                .mapToDouble(name ->
                        Arrays.stream(weights.shape(name)).asDoubleStream().reduce(1, (a, b) -> a * b))
                .sum();
        if (parameters.size() > 2 * there) {
            for (Parameter parameter : parameters.all()) {
                values(parameter.name(), parameter.shape()); // names the first tensor that does not fit
            }
        }
    }

    private float[] values(String parameter, Shape shape) {
        String name = parameter;
        if (name.endsWith(IN_WEIGHT)) {
            return together(name, shape, IN_WEIGHT, ".weight");
        }
        if (name.endsWith(IN_BIAS)) {
            return together(name, shape, IN_BIAS, ".bias");
        }
        int out = name.lastIndexOf(OUT);
        if (out >= 0) {
            name = name.substring(0, out) + "." + attention.out() + "." + name.substring(out + OUT.length());
        }
        if (name.endsWith(PositionalConvolution.FOLDED) && !weights.contains(name)) {
            return folded(name, shape);
        }
        return tensor(name, shape.toArray());
    }

    private float[] tensor(String name, int... sizes) {
        requireSizes(name, sizes);
        return weights.floats(name);
    }

    private void requireSizes(String name, int... sizes) {
        int[] there = weights.shape(name);
        if (!Arrays.equals(there, sizes)) {
            throw new BadInputException(
                    weights.where() + ": tensor \"" + name + "\" has the sizes " + Arrays.toString(there)
                            + ", config.json says " + Arrays.toString(sizes) + "; take both from the same model");
        }
    }

    /// Query, key and value below each other; a key without a bias has zeros.
    private float[] together(String name, Shape shape, String ending, String part) {
        String module = name.substring(0, name.length() - ending.length()) + ".";
        int[] sizes = shape.toArray();
        if (attention.isFused()) {
            return tensor(module + attention.query() + part, sizes);
        }
        sizes[0] /= 3;
        requireSizes(module + attention.query() + part, sizes);
        float[] all = new float[shape.count()];
        int at = 0;
        for (String projection : List.of(attention.query(), attention.key(), attention.value())) {
            String tensor = module + projection + part;
            boolean isAbsent = projection.equals(attention.key()) && part.equals(".bias") && !attention.keyHasBias();
            if (!isAbsent) {
                System.arraycopy(tensor(tensor, sizes), 0, all, at, all.length / 3);
            }
            at += all.length / 3;
        }
        return all;
    }

    private float[] folded(String name, Shape shape) {
        String module = name.substring(0, name.length() - "weight".length());
        int[] sizes = shape.toArray();
        float[] direction = tensor(module + "weight_v", sizes);
        float[] length = tensor(module + "weight_g", 1, 1, sizes[2]);
        return PositionalConvolution.fold(direction, length);
    }
}
