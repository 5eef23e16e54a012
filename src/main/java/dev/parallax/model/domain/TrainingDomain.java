package dev.parallax.model.domain;

import dev.parallax.data.FeatureScaling;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the training data of a model was like: an answer to anything else is never called sure.
///
/// @param sound of recordings, [SoundDomain#ANY] where there were none
/// @param text  of sentences, [TextDomain#ANY] where there were none
public record TrainingDomain(SoundDomain sound, TextDomain text) {

    /// Nothing is known, so nothing is outside.
    public static final TrainingDomain UNKNOWN = new TrainingDomain(SoundDomain.ANY, TextDomain.ANY);

    /// What the names of its tensors begin with.
    public static final String TENSORS = "domain.";

    private static final String MEAN = TENSORS + "mean";
    private static final String DEVIATION = TENSORS + "deviation";
    private static final String COMPONENTS = TENSORS + "components";

    public JsonObject toJson() {
        return Json.object().with("sound", sound.toJson()).with("text", text.toJson());
    }

    /// Adds the tensors of the distance.
    public void addTensors(SafeTensors.Builder file, String prefix) {
        FeatureDistance distance = sound.distance();
        if (distance != null) {
            FeatureScaling scaling = distance.scaling();
            int columns = scaling.columns();
            file.floats(prefix + MEAN, new int[] {columns}, scaling.mean());
            file.floats(prefix + DEVIATION, new int[] {columns}, scaling.deviation());
            file.floats(prefix + COMPONENTS, new int[] {distance.count(), columns}, distance.components());
        }
    }

    /// What [#toJson] and [#addTensors] wrote.
    public static TrainingDomain read(JsonObject json, SafeTensors file, String prefix) {
        json.allowOnly(List.of("sound", "text"));
        return new TrainingDomain(
                SoundDomain.fromJson(json.object("sound"), document -> distance(document, file, prefix)),
                TextDomain.fromJson(json.object("text")));
    }

    private static FeatureDistance distance(JsonObject document, SafeTensors file, String prefix) {
        FeatureDistance.Limits limits = FeatureDistance.Limits.JSON.read(document);
        float[] mean = file.floats(prefix + MEAN);
        float[] all = file.floats(prefix + COMPONENTS);
        List<float[]> components = new ArrayList<>();
        for (int from = 0; from + mean.length <= all.length; from += Math.max(1, mean.length)) {
            components.add(Arrays.copyOfRange(all, from, from + mean.length));
        }
        return new FeatureDistance(
                new FeatureScaling(mean, file.floats(prefix + DEVIATION)),
                components.toArray(float[][]::new),
                limits.variances(),
                limits.limitWithin(),
                limits.limitBeyond());
    }
}
