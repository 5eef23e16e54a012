package dev.parallax.report.card;

import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.ModelDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model card: what a model is for, what it has learned from, how well it does, and what it must not be used for. All
/// of it is from the model's file, and from an evaluation where there is one.
///
/// Source: Mitchell et al., "Model Cards for Model Reporting", FAT* 2019, for what belongs on it.
///
/// @param title    of the card
/// @param lead     the first sentence
/// @param metadata for Hugging Face
/// @param warnings what a reader must know before anything else, one line each
/// @param sections the rest, in their order
public record ModelCard(
        String title, String lead, CardMetadata metadata, List<String> warnings, List<Block.Section> sections) {

    /// The name of the Markdown file, which Hugging Face shows.
    public static final String MARKDOWN = "README.md";

    public ModelCard {
        warnings = List.copyOf(warnings);
        sections = List.copyOf(sections);
    }

    /// The card of a model.
    ///
    /// @param name    of the model
    /// @param licence of the model, an identifier, or `unknown`
    /// @param evaluation of the model, as `evaluate --out` writes it into `evaluation.json`, or null
    /// @throws dev.parallax.BadInputException when that is of another model
    public static ModelCard of(String name, String licence, ModelDescription model, @Nullable JsonObject evaluation) {
        CardEvaluation more = evaluation == null
                ? null
                : new CardEvaluation(evaluation).requireOf(model.hashes().weights());
        return new CardContent(name, licence, model, more).card();
    }

    /// Writes `README.md` and `report.html` into a folder, which is made where it is missing.
    ///
    /// @return both
    public List<Path> write(Path folder) {
        SafeFiles.createFolder(folder);
        Path markdown = folder.resolve(MARKDOWN);
        SafeFiles.write(markdown, markdown().getBytes(StandardCharsets.UTF_8));
        return List.of(markdown, CardPage.of(this).write(folder));
    }

    /// The card as Markdown, with the metadata that Hugging Face reads in front.
    public String markdown() {
        return CardMarkdown.of(this);
    }
}
