package dev.parallax.nn;

import dev.parallax.autograd.LayerSum;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Variable;
import dev.parallax.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sum of the layers of a pretrained encoder with one learned weight each: y = sum over l of softmax(a)[l] · x_l.
/// Parameter `weight` [1, layers] is a, initially 0: equal weights. A single layer has none.
/// Source: Yang et al., "SUPERB: Speech processing Universal PERformance Benchmark", Interspeech 2021.
public final class LayerWeights {

    private final @Nullable Parameter weight;

    /// @param layers at least 1
    public LayerWeights(Parameters parameters, String name, int layers) {
        this.weight = layers == 1 ? null : parameters.add(name + ".weight", Shape.of(1, layers), Initializer.zeros());
    }

    /// @param x [rows, layers · features], the layers of a row side by side
    /// @return [rows, features]
    public Variable forward(Pass pass, Variable x) {
        if (weight == null) {
            return x;
        }
        Variable shares = pass.tape().apply(new Softmax(), pass.variable(weight));
        return pass.tape().apply(new LayerSum(), x, shares);
    }

    /// The shares of the layers in the sum: softmax(a).
    public List<Double> shares(Parameters parameters) {
        if (weight == null) {
            return List.of(1.0);
        }
        float[] a = parameters.value(weight).toArray();
        double[] exponentials = new double[a.length];
        Arrays.setAll(exponentials, l -> Math.exp(a[l]));
        double sum = Arrays.stream(exponentials).sum();
        return Arrays.stream(exponentials).mapToObj(each -> each / sum).toList();
    }
}
