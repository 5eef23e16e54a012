package dev.parallax.setup;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.train.ModelChoice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of two trainings with other features was kept, and why.
///
/// @param kept     its features
/// @param passed   those of the other
/// @param compared both on the validation part, null where it could not compare them
public record FeatureChoice(
        String kept, String passed, @Nullable ModelChoice compared) {

    /// For people.
    public String line() {
        if (compared == null) {
            return kept + " kept, as expected, since there is no utterance of a validation part that both could"
                    + " answer";
        }
        String why = compared.overruled()
                ? "which is more than chance explains"
                : compared.passed() > compared.kept() ? "which chance may explain" : "as expected";
        return String.format(
                Locale.ROOT,
                "%s kept: UA %.3f on the validation part, %s %.3f, %s (p %.2g)",
                kept,
                compared.kept(),
                passed,
                compared.passed(),
                why,
                compared.comparison().p());
    }

    /// `{kept, validation: {features: unweighted accuracy}, p}`.
    public JsonObject toJson() {
        JsonObject json = Json.object().with("kept", kept);
        return compared == null
                ? json
                : json.with(
                                "validation",
                                Json.object().with(kept, compared.kept()).with(passed, compared.passed()))
                        .with("p", compared.comparison().p());
    }
}
