package dev.parallax.report.card;

import java.util.List;
import java.util.Locale;

/// The metadata of a card, in the fields that Hugging Face reads at the top of a `README.md`.
///
/// @param name      of the model
/// @param licence   of the model, an identifier; `unknown` where its author has said none
/// @param languages of the training data, ISO 639-1
/// @param datasets  it was trained on
/// @param task      `audio-classification` or `text-classification`
/// @param encoders  pretrained models that it reads with
/// @param results   of its test part, possibly none
/// Source: <https://huggingface.co/docs/hub/model-cards>.
public record CardMetadata(
        String name,
        String licence,
        List<String> languages,
        List<String> datasets,
        String task,
        List<String> encoders,
        List<Result> results) {

    /// A score on a dataset.
    ///
    /// @param type  `accuracy`, `recall` or `f1`
    /// @param name  for people
    /// @param value in [0, 1]
    public record Result(String type, String name, double value) {}

    public CardMetadata {
        languages = List.copyOf(languages);
        datasets = List.copyOf(datasets);
        encoders = List.copyOf(encoders);
        results = List.copyOf(results);
    }

    /// As YAML, its lines ended.
    String yaml() {
        StringBuilder out = new StringBuilder();
        out.append("license: ").append(quoted(licence)).append('\n');
        list(out, "language", languages);
        out.append("library_name: parallax\n");
        out.append("pipeline_tag: ").append(task).append('\n');
        list(out, "tags", List.of("speech-emotion-recognition", "emotion-recognition", task));
        list(out, "datasets", datasets);
        list(out, "base_model", encoders);
        list(out, "metrics", List.of("accuracy", "recall", "f1"));
        if (!results.isEmpty()) {
            out.append("model-index:\n- name: ").append(quoted(name)).append("\n  results:\n");
            out.append("  - task:\n      type: ").append(task).append('\n');
            out.append("    dataset:\n      name: ")
                    .append(quoted(String.join(", ", datasets) + ", test part"))
                    .append("\n      type: ")
                    .append(quoted(String.join("-", datasets)))
                    .append('\n');
            out.append("    metrics:\n");
            for (Result result : results) {
                out.append("    - type: ").append(result.type).append('\n');
                out.append("      name: ").append(quoted(result.name)).append('\n');
                out.append(String.format(Locale.ROOT, "      value: %.4f%n", result.value));
            }
        }
        return out.toString();
    }

    private static void list(StringBuilder out, String key, List<String> values) {
        if (!values.isEmpty()) {
            out.append(key).append(":\n");
            values.forEach(value -> out.append("- ").append(quoted(value)).append('\n'));
        }
    }

    /// A YAML string in which nothing has a meaning.
    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9.-]*") && !text.equalsIgnoreCase("no") && !text.equalsIgnoreCase("yes")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", " ") + "\"";
    }
}
