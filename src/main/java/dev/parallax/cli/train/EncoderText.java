package dev.parallax.cli.train;

import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.report.page.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pretrained encoders of a model, as reports tell them.
final class EncoderText {

    private EncoderText() {}

    /// A fact for each encoder: what it is, its licence, and the shares of its layers.
    static List<Fact> facts(Model model) {
        return encoders(model)
                .map(each -> new Fact(
                        each.modality.word() + " encoder",
                        each.input.describe() + "; shares of the layers: " + shares(each.shares)))
                .toList();
    }

    /// The same as lines of text.
    static List<String> lines(Model model) {
        return encoders(model)
                .map(each -> each.modality.word() + " encoder: shares of the layers " + each.input.layers() + ": "
                        + shares(each.shares))
                .toList();
    }

    /// The same as JSON, one object for each.
    static List<JsonObject> json(Model model) {
        return encoders(model)
                .map(each -> each.input
                        .toJson()
                        .with(
                                "shares",
                                Json.array(
                                        each.shares.stream().map(Json.Real::new).toList())))
                .toList();
    }

    private record Encoder(Modality modality, EncoderInput input, List<Double> shares) {}

    private static Stream<Encoder> encoders(Model model) {
        EmotionModel reader = reader(model);
        List<Encoder> all = new ArrayList<>();
        if (reader != null) {
            add(all, reader, Modality.AUDIO, reader.config().encoders().audio());
            add(all, reader, Modality.TEXT, reader.config().encoders().text());
        }
        return all.stream();
    }

    private static void add(List<Encoder> all, EmotionModel model, Modality modality, @Nullable EncoderInput input) {
        if (input != null) {
            all.add(new Encoder(modality, input, model.layerShares(modality)));
        }
    }

    /// What reads recordings and sentences: the model, or the first stage of one of dialogues.
    private static @Nullable EmotionModel reader(Model model) {
        return switch (model) {
            case EmotionModel emotions -> emotions;
            case DialogueModel dialogues -> dialogues.first();
        };
    }

    private static String shares(List<Double> shares) {
        return shares.stream()
                .map(share -> String.format(Locale.ROOT, "%.3f", share))
                .collect(Collectors.joining(" "));
    }
}
