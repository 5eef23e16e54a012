package dev.parallax.serve;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The models that are served, each of which can be read again while it answers. A request gets its model once; so one
/// that has begun is answered by the model that it began with.
final class Models {

    private final Map<String, ModelSource> sources = new LinkedHashMap<>();
    private volatile Map<String, ServedModel> served;

    /// What became of a model.
    ///
    /// @param outcome `reloaded`, `unchanged` or `kept`: the old one, since the file cannot be read
    /// @param error   why it was kept, else null
    record Reloaded(
            ServedModel model, String outcome, @Nullable String error) {

        JsonObject toJson() {
            JsonObject all = Json.object()
                    .with("name", model.name())
                    .with("modelHash", model.hash())
                    .with("outcome", outcome);
            return error == null ? all : all.with("error", PartNames.in(error));
        }

        /// For the log, as a warning where the old one had to be kept.
        void tell(ServiceLog log) {
            String line = "model " + model.name() + ": " + outcome;
            if (error == null) {
                log.said(line);
            } else {
                log.warned(line + "; " + error);
            }
        }
    }

    /// Reads them.
    ///
    /// @param all of different names; the first is asked where a request names none
    /// @throws BadInputException where a name is none or occurs twice, or a file cannot be read
    Models(List<ModelSource> all) {
        Map<String, ServedModel> models = new LinkedHashMap<>();
        for (ModelSource source : all) {
            if (sources.put(source.name(), source) != null) {
                throw new BadInputException(
                        "serve: two models are called \"" + source.name() + "\"; give them names: ‹model NAME=FILE›");
            }
            models.put(source.name(), read(source, source.file().get()));
        }
        served = Collections.unmodifiableMap(models);
    }

    private ServedModel read(ModelSource source, SafeTensors stored) {
        return ServedModel.of(source.name(), stored, source.model().apply(stored));
    }

    /// By their names, in their order.
    Map<String, ServedModel> all() {
        return served;
    }

    /// Reads again those whose files have changed. All that could be read take the places of the old ones at once.
    synchronized List<Reloaded> reload() {
        List<Reloaded> outcomes = sources.values().stream().map(this::reload).toList();
        Map<String, ServedModel> models = new LinkedHashMap<>();
        outcomes.forEach(each -> models.put(each.model().name(), each.model()));
        served = Collections.unmodifiableMap(models);
        return outcomes;
    }

    private Reloaded reload(ModelSource source) {
        ServedModel old = served.get(source.name());
        if (old == null) {
            throw new IllegalStateException("no model " + source.name());
        }
        try {
            SafeTensors stored = source.file().get();
            return stored.sha256().equals(old.hash())
                    ? new Reloaded(old, "unchanged", null)
                    : new Reloaded(read(source, stored), "reloaded", null);
        } catch (BadInputException | ShapeException | BackendException e) {
            String message = String.valueOf(e.getMessage()).replace(source.place(), source.name());
            return new Reloaded(old, "kept", message);
        }
    }
}
