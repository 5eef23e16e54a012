package dev.parallax.cli.inspect;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.cli.command.Table;
import dev.parallax.corpus.CorpusFacts;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.View;
import dev.parallax.io.Choice;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.RunRecord;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.train.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A [ModelDescription] as lines for a terminal, in groups.
final class ModelPage {

    private final ModelDescription model;
    private final List<String> lines = new ArrayList<>();

    private ModelPage(ModelDescription model) {
        this.model = model;
    }

    /// The lines.
    ///
    /// @param name of the model in results
    static List<String> of(String name, ModelDescription model) {
        ModelPage page = new ModelPage(model);
        page.file(name);
        page.network();
        page.inputs();
        page.answers();
        page.training();
        page.scores();
        return page.lines;
    }

    private void group(String title) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(title);
    }

    private void fact(String key, String value) {
        lines.add(String.format(Locale.ROOT, "  %-12s %s", key, value));
    }

    private void table(Table table) {
        table.lines().forEach(line -> lines.add("  " + line));
    }

    private void file(String name) {
        group("file");
        RunRecord record = model.record();
        fact("name", name);
        fact("format", model.format() + (record == null ? "" : ", written by Parallax " + record.version()));
        fact("level", model.level());
        fact("labels", String.join(", ", model.labels()));
        fact("file hash", model.hashes().file() + " (" + Count.of(model.bytes(), "byte") + ")");
        fact("weights hash", model.hashes().weights());
    }

    private void network() {
        group("network");
        NetworkConfig network = model.network();
        fact("reads", String.join(", ", model.modalities()));
        fact("audio", encoder(network.audio()));
        fact("text", encoder(network.text()));
        if (model.modalities().size() > 1) {
            Fusions.Strategy fusion = network.strategy();
            boolean unpaired = model.rules().unpaired() != null;
            fact("fusion", fusion.name() + ": " + fusion.formula() + (unpaired ? "; replaced by the rule below" : ""));
        }
        fact("weights", String.format(Locale.ROOT, "%,d values", model.size()));
        Table table = new Table(List.of("part", "tensors", "values"));
        for (ModelDescription.Part part : model.parts()) {
            table.row(
                    part.name(),
                    List.of(Integer.toString(part.tensors()), String.format(Locale.ROOT, "%,d", part.values())));
        }
        table(table);
    }

    private static String encoder(@Nullable EncoderConfig encoder) {
        if (encoder == null) {
            return "not read";
        }
        List<String> all = new ArrayList<>();
        if (encoder.projection() > 0) {
            all.add("linear to " + encoder.projection());
        }
        if (encoder.recurrent() != EncoderConfig.RecurrentKind.NONE) {
            all.add((encoder.bidirectional() ? "Bi" : "") + encoder.recurrent() + " of " + encoder.hidden() + ", "
                    + Count.of(encoder.layers(), "layer"));
        }
        if (encoder.heads() > 0) {
            all.add("self-attention, " + Count.of(encoder.heads(), "head"));
        }
        all.add("pooling " + encoder.pooling());
        return String.join("; ", all);
    }

    private void inputs() {
        group("inputs");
        ModelConfig reader = model.reader();
        if (reader == null) {
            fact("vectors", "that other models made; it reads no recording and no sentence");
            return;
        }
        for (EncoderInput encoder : model.encoders().all()) {
            fact("encoder", "of " + encoder.modality() + ": " + encoder.describe());
            fact("", "hash " + encoder.hash());
        }
        if (reader.network().audio() != null) {
            FeatureConfig features = model.features();
            if (features != null) {
                String rows = features.utteranceLevel()
                        ? "one row for a recording"
                        : String.format(Locale.ROOT, "a row every %.1f ms", 1000 * features.rowSeconds());
                fact("features", features.output() + ", " + features.size() + " columns, " + rows);
                fact("rate", features.sampleRate() + " Hz");
            }
            fact("scaling", "standardised over: " + reader.network().standardization());
            fact("window", reader.windowSeconds() + " s at most, logits are averaged over windows");
        }
        if (reader.network().text() != null && model.encoders().text() == null) {
            fact(
                    "vocabulary",
                    model.vocabulary() + " words, " + reader.subwords().buckets() + " buckets of n-grams, vectors of "
                            + reader.network().embedding());
            fact("vectors", start("vectors", "no file of word vectors is recorded"));
        }
    }

    /// What the record says of the start of the training.
    private String start(String key, String otherwise) {
        RunRecord record = model.record();
        boolean known = record != null && record.training().has("start");
        Json value = known && record != null ? record.training().object("start").get(key) : null;
        return value instanceof Json.Text text ? "SHA-256 " + text.value() : otherwise;
    }

    private void answers() {
        group("answers: probabilities are softmax(logits / temperature), sure from the threshold on");
        AnswerRules rules = model.rules();
        Table table = new Table(List.of("", "temperature", "threshold", "fitted on"));
        for (View view : model.views()) {
            int fitted = rules.fittedOn().get(view);
            table.row(
                    view.word(),
                    List.of(
                            Table.number(rules.temperatures().get(view)),
                            Table.number(rules.thresholds().get(view)),
                            fitted == 0 ? "not recorded" : Integer.toString(fitted)));
        }
        table(table);
        UnpairedFusion unpaired = rules.unpaired();
        if (unpaired != null) {
            fact(
                    "rule",
                    "log prior + " + unpaired.audioWeight() + " (log p_audio - log prior_audio) + "
                            + unpaired.textWeight() + " (log p_text - log prior_text)");
            fact("prior_audio", numbers(unpaired.audioPrior()));
            fact("prior_text", numbers(unpaired.textPrior()));
            fact("prior", numbers(unpaired.prior()));
        }
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(Table::number).collect(Collectors.joining(", "));
    }

    private void training() {
        group("training");
        RunRecord record = model.record();
        if (record == null) {
            fact("record", "none: the file does not say how it was trained");
            return;
        }
        record.corpora().forEach(corpus -> fact("corpus", corpus + ", licence: " + CorpusFacts.licenceOf(corpus)));
        fact("data hash", record.dataHash());
        fact(
                "split",
                model.split().entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", ")));
        JsonObject split = record.split();
        if (split.has("how")) {
            fact("", split.text("how"));
        }
        if (split.has("speakers")) {
            fact(
                    "speakers",
                    Count.of(split.array("speakers").size(), "speaker") + " of the training part and validation"
                            + " part are named");
        }
        fact("loss", loss(TrainingConfig.ofToday(record.training())));
        fact("settings", String.join(", ", model.mainSettings()));
        fact("seed", Long.toString(record.seed()));
        fact("computed by", record.backend());
        fact("started from", start("model", "new weights"));
    }

    private static String loss(JsonObject training) {
        Loss loss = Choice.of(training.text("loss"), Loss.class, "run.training.loss");
        return loss == Loss.PERSPECTIVE
                ? loss.title() + ", alpha " + training.number("alpha") + ", beta " + training.number("beta")
                : loss.title();
    }

    private void scores() {
        RunRecord record = model.record();
        if (record == null || !record.scores().has("epochs")) {
            return;
        }
        JsonObject scores = record.scores();
        Map<String, JsonObject> parts = new LinkedHashMap<>();
        parts.put("validation", scores.object("validation"));
        parts.put("test", scores.object("test"));
        group("scores, as recorded");
        Table table = new Table(List.of("", "utterances", "weighted acc", "unweighted acc", "macro F1"));
        parts.forEach((part, views) -> {
            for (String view : views.fields().keySet()) {
                JsonObject its = views.object(view);
                table.row(
                        part + " " + view,
                        List.of(
                                Integer.toString(its.integer("utterances")),
                                Table.number(its.number("weightedAccuracy")),
                                Table.number(its.number("unweightedAccuracy")),
                                Table.number(its.number("macroF1"))));
            }
        });
        table(table);
        if (scores.has("bestEpoch")) {
            fact("epochs", scores.integer("epochs") + ", the best of them " + scores.integer("bestEpoch"));
        }
    }
}
