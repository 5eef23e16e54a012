package dev.parallax.setup.request;

import dev.parallax.fusion.Modality;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What training starts from in place of random weights.
///
/// @param vectors a file of word vectors, or null
/// @param model   a trained model, the folder of a run, or `starter`; or null
/// @param frozen  modalities whose encoder stays as it is, while only its head is trained
public record StartRequest(@Nullable Path vectors, @Nullable Path model, List<Modality> frozen) {

    /// Random weights.
    public static final StartRequest RANDOM = new StartRequest(null, null, List.of());

    public StartRequest {
        frozen = List.copyOf(frozen);
    }

    /// A trained model.
    public static StartRequest from(Path model) {
        return new StartRequest(null, model, List.of());
    }
}
