package dev.parallax.report.card;

import dev.parallax.corpus.CorpusFacts;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.io.JsonObject;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.RunRecord;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.report.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes a [ModelCard] of what a model file says.
///
/// @param name    of the model
/// @param licence of the model
/// @param model   what its file says
/// @param evaluation of it, or null
record CardContent(
        String name,
        String licence,
        ModelDescription model,
        @Nullable CardEvaluation evaluation) {

    private static final String TEST = "test";

    ModelCard card() {
        RunRecord record = model.record();
        List<Block.Section> sections = new ArrayList<>();
        sections.add(new Block.Section("What it is", what()));
        sections.add(new Block.Section("What it must not be used for", List.of(new Block.Points(Sections.LIMITS))));
        sections.add(new Block.Section("What it has learned from", data()));
        if (record != null && record.scores().has(TEST)) {
            sections.addAll(new CardScores(model.labels(), record.scores().object(TEST)).sections());
        }
        if (evaluation != null) {
            sections.addAll(evaluation.sections());
        }
        sections.add(new Block.Section("When an answer is sure", sure()));
        sections.add(new Block.Section("How it was trained", training()));
        return new ModelCard(
                "Model card: " + name,
                "A model of " + String.join(" and ", model.modalities()) + " that tells "
                        + String.join(", ", model.labels()) + " apart, made with Parallax.",
                metadata(),
                model.warnings(),
                sections);
    }

    private List<Block> what() {
        List<String> points = new ArrayList<>();
        points.add("It gives an answer for each " + model.level() + ": a probability of every class.");
        points.add("Classes: " + String.join(", ", model.labels())
                + ". Emotions that are none of these still get one of" + " them.");
        if (model.modalities().size() > 1) {
            points.add("Fusion of audio and text: " + model.network().strategy().name() + ", "
                    + model.network().strategy().formula()
                    + (model.rules().unpaired() == null
                            ? "."
                            : "; its perspectives were trained apart, and their answers are combined by a formula that"
                                    + " counts no prior twice."));
        }
        points.add(String.format(Locale.ROOT, "%,d values, %,d bytes.", model.size(), model.bytes()));
        for (EncoderInput encoder : model.encoders().all()) {
            points.add("It reads the " + encoder.modality() + " with a pretrained encoder, which is not in the file: "
                    + encoder.describe() + ".");
        }
        points.add("SHA-256 of the file: " + model.hashes().file());
        points.add("SHA-256 of the weights: " + model.hashes().weights());
        return List.of(new Block.Points(points));
    }

    private List<Block> data() {
        RunRecord record = model.record();
        if (record == null) {
            return List.of(new Block.Paragraph("Not known: the file has no record of its training."));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Grid(
                "Corpora, as data/README.md of Parallax describes them",
                List.of("corpus", "licence", "languages"),
                record.corpora().stream().distinct().map(CardContent::corpus).toList()));
        blocks.add(new Block.Grid(
                "Utterances of each part",
                List.of("part", "utterances"),
                model.split().entrySet().stream()
                        .map(part -> List.of(part.getKey(), Integer.toString(part.getValue())))
                        .toList()));
        List<String> points = new ArrayList<>();
        JsonObject split = record.split();
        if (split.has("how")) {
            points.add("How they were made: " + split.text("how") + ".");
        }
        if (split.has("speakers")) {
            points.add(Count.of(split.array("speakers").size(), "speaker") + " of the training and validation part are"
                    + " named in the file, so that no one of them is tested unnoticed.");
        }
        points.add(
                split.has("speakerIndependent") && split.flag("speakerIndependent")
                        ? "No speaker is in two parts."
                        : "It is not known that no speaker is in two parts: expect worse scores for new voices.");
        record.syntheticSpeech().forEach(line -> points.add("Speech that no person spoke: " + line + "."));
        blocks.add(new Block.Points(points));
        return blocks;
    }

    private static List<String> corpus(String kind) {
        CorpusFacts facts = CorpusFacts.of(kind);
        return List.of(
                kind,
                CorpusFacts.licenceOf(kind),
                facts == null
                        ? "not known"
                        : facts.languages().isEmpty() ? "none" : String.join(", ", facts.languages()));
    }

    private List<Block> sure() {
        AnswerRules rules = model.rules();
        List<List<String>> rows = new ArrayList<>();
        for (View view : model.views()) {
            int fitted = rules.fittedOn().get(view);
            rows.add(List.of(
                    view.word(),
                    CardScores.number(rules.temperatures().get(view)),
                    rules.viewsNeverSure().contains(view)
                            ? "never sure"
                            : CardScores.number(rules.thresholds().get(view)),
                    fitted == 0 ? "not recorded" : Integer.toString(fitted)));
        }
        return List.of(
                new Block.Paragraph(
                        "Probabilities are the softmax of the logits over the temperature. An answer is sure"
                                + " where its probability reaches the threshold, and its input is like what the model has"
                                + " learned from; else it is a guess and says so. Both were chosen on the validation part."),
                new Block.Grid(
                        "By perspective", List.of("answer", "temperature", "threshold", "fitted on utterances"), rows));
    }

    private List<Block> training() {
        RunRecord record = model.record();
        if (record == null) {
            return List.of(new Block.Paragraph("Not known."));
        }
        List<String> points = new ArrayList<>();
        points.add("Parallax " + record.version() + ", seed " + record.seed() + ", " + record.backend() + ".");
        points.add("Settings: " + String.join(", ", model.mainSettings()) + ".");
        points.add("SHA-256 of the training data: " + record.dataHash());
        points.add(
                record.request().fields().isEmpty()
                        ? "The record does not say what was asked for, so the training cannot be repeated from it."
                        : "Parallax can train it again (reproduce) from the record in its file, and says whether the same"
                                + " comes out, bit for bit.");
        return List.of(new Block.Points(points));
    }

    private CardMetadata metadata() {
        RunRecord record = model.record();
        List<String> corpora = record == null
                ? List.of()
                : record.corpora().stream().distinct().toList();
        List<CardMetadata.Result> results = new ArrayList<>();
        if (record != null && record.scores().has(TEST)) {
            JsonObject test = record.scores().object(TEST);
            if (test.has(CardScores.DECISION)) {
                results.addAll(CardScores.results(test.object(CardScores.DECISION)));
            }
        }
        return new CardMetadata(
                name,
                licence,
                corpora.stream()
                        .map(CorpusFacts::of)
                        .filter(Objects::nonNull)
                        .flatMap(facts -> facts.languages().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                corpora,
                model.modalities().contains("audio") ? "audio-classification" : "text-classification",
                model.encoders().all().stream().map(EncoderInput::name).toList(),
                results);
    }
}
