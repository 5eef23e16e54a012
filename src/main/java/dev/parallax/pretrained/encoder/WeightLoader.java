package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.checkpoint.EncoderWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Fills the parameters of an encoder from a checkpoint. A parameter has the values of the tensor of its name; those
/// of an attention are put together from query, key and value.
final class WeightLoader {

    private static final String IN_WEIGHT = ".inWeight";
    private static final String IN_BIAS = ".inBias";
    private static final String OUT = ".out.";

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
        parameters.allocate(backend);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            WeightLoader loader = new WeightLoader(EncoderWeights.of(checkpoint), attention);
            for (Parameter parameter : parameters.all()) {
                backend.upload(loader.values(parameter), Parameters.slice(parameters.values(), parameter));
            }
        } catch (BadInputException e) {
            parameters.close();
            throw e;
        }
    }

    private float[] values(Parameter parameter) {
        String name = parameter.name();
        if (name.endsWith(IN_WEIGHT)) {
            return together(parameter, IN_WEIGHT, ".weight");
        }
        if (name.endsWith(IN_BIAS)) {
            return together(parameter, IN_BIAS, ".bias");
        }
        int out = name.lastIndexOf(OUT);
        if (out >= 0) {
            name = name.substring(0, out) + "." + attention.out() + "." + name.substring(out + OUT.length());
        }
        if (name.endsWith(PositionalConvolution.FOLDED) && !weights.contains(name)) {
            return folded(parameter);
        }
        return tensor(name, sizes(parameter));
    }

    private static int[] sizes(Parameter parameter) {
        return IntStream.range(0, parameter.shape().rank())
                .map(parameter.shape()::size)
                .toArray();
    }

    private float[] tensor(String name, int... sizes) {
        int[] there = weights.shape(name);
        if (!Arrays.equals(there, sizes)) {
            throw new BadInputException("tensor \"" + name + "\" has the sizes " + Arrays.toString(there)
                    + ", config.json says " + Arrays.toString(sizes) + "; take both from the same model");
        }
        return weights.floats(name);
    }

    /// Query, key and value below each other; a key without a bias has zeros.
    private float[] together(Parameter parameter, String ending, String part) {
        String module = parameter.name().substring(0, parameter.name().length() - ending.length()) + ".";
        int[] sizes = sizes(parameter);
        if (attention.isFused()) {
            return tensor(module + attention.query() + part, sizes);
        }
        sizes[0] /= 3;
        float[] all = new float[parameter.shape().count()];
        int at = 0;
        for (String projection : List.of(attention.query(), attention.key(), attention.value())) {
            String name = module + projection + part;
            boolean isAbsent = projection.equals(attention.key()) && part.equals(".bias") && !attention.keyHasBias();
            if (!isAbsent) {
                System.arraycopy(tensor(name, sizes), 0, all, at, all.length / 3);
            }
            at += all.length / 3;
        }
        return all;
    }

    private float[] folded(Parameter parameter) {
        String module = parameter.name().substring(0, parameter.name().length() - "weight".length());
        int[] sizes = sizes(parameter);
        float[] direction = tensor(module + "weight_v", sizes);
        float[] length = tensor(module + "weight_g", 1, 1, sizes[2]);
        return PositionalConvolution.fold(direction, length);
    }
}
