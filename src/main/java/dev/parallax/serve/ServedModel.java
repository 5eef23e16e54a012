package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.report.card.ModelCard;

/// A model under the name by which requests ask for it.
///
/// @param name        letters, digits, `.`, `_` and `-`; never a path
/// @param json        how its answers are written
/// @param description what `GET /v1/models/NAME` tells
public record ServedModel(String name, Model model, PredictionJson json, JsonObject description) {

    private static final String UNKNOWN = "unknown";

    /// A model that was read.
    ///
    /// @param stored its file
    public static ServedModel of(String name, SafeTensors stored, Model model) {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new BadInputException("serve: \"" + name
                    + "\" is no name of a model; give one of letters, digits, '.', '_' and '-': ‹model NAME=FILE›");
        }
        ModelHashes hashes = ModelHashes.of(stored);
        ModelDescription about = ModelDescription.of(stored, name);
        JsonObject description = Json.object()
                .with("name", name)
                .with("modelHash", hashes.file())
                .with("weightsHash", hashes.weights())
                .with("level", about.level())
                .with("labels", model.labels().names())
                .with("modalities", about.modalities())
                .with("perspectivesTrained", model.perspectivesTrained())
                .with("values", about.size())
                .with(about.inputs())
                .with("warnings", PartNames.in(about.warnings()))
                .with("card", ModelCard.of(name, UNKNOWN, about, null).markdown());
        return new ServedModel(name, model, new PredictionJson(name, model, () -> hashes, PartNames::in), description);
    }

    /// SHA-256 of its file.
    String hash() {
        return description.text("modelHash");
    }

    /// Its line in `GET /v1/models`.
    JsonObject summary() {
        return Json.object()
                .with("name", name)
                .with("modelHash", hash())
                .with("labels", model.labels().names())
                .with("modalities", description.array("modalities").texts());
    }
}
