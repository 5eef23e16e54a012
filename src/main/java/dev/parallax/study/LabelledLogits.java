package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.train.Outputs;
import dev.parallax.train.TrainingRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model's logits for the labelled utterances of a part.
final class LabelledLogits {

    private final List<String> ids;
    private final int[] truth;
    private final double[][] decision;
    private final double[] @Nullable [] audio;
    private final double[] @Nullable [] text;

    private LabelledLogits(
            List<String> ids,
            int[] truth,
            double[][] decision,
            double[] @Nullable [] audio,
            double[] @Nullable [] text) {
        this.ids = ids;
        this.truth = truth;
        this.decision = decision;
        this.audio = audio;
        this.text = text;
    }

    static LabelledLogits of(TrainingRun.Answers answers) {
        Outputs outputs = answers.outputs();
        int[] members = outputs.members(View.DECISION);
        List<String> ids = new ArrayList<>();
        double[] @Nullable [] audio = new double[members.length][];
        double[] @Nullable [] text = new double[members.length][];
        for (int i = 0; i < members.length; i++) {
            ids.add(answers.ids().get(members[i]));
            audio[i] = outputs.logits(View.AUDIO, members[i]);
            text[i] = outputs.logits(View.TEXT, members[i]);
        }
        return new LabelledLogits(ids, outputs.truth(View.DECISION), outputs.rows(View.DECISION), audio, text);
    }

    /// The utterances.
    List<String> ids() {
        return ids;
    }

    /// The true class of each.
    int truth(int i) {
        return truth[i];
    }

    /// The logits to go by.
    double[] decision(int i) {
        return decision[i];
    }

    /// What the decision, audio alone or text alone says of one, or null.
    double @Nullable [] of(View view, int i) {
        return switch (view) {
            case DECISION -> decision[i];
            case AUDIO -> audio[i];
            case TEXT -> text[i];
            case FUSED -> throw new IllegalArgumentException("the fused answer is kept where it decides alone");
        };
    }

    /// Unweighted accuracy of the decision; NaN where there are no logits.
    double unweightedAccuracy(int classes) {
        return truth.length == 0
                ? Double.NaN
                : Metrics.of(truth, Probabilities.argmax(decision), classes).unweightedAccuracy();
    }

    JsonObject toJson() {
        return Json.object()
                .with("ids", ids)
                .with("truth", truth)
                .with("decision", json(decision))
                .with("audio", json(audio))
                .with("text", json(text));
    }

    private static JsonArray json(double[] @Nullable [] rows) {
        List<Json> items = new ArrayList<>();
        for (double[] row : rows) {
            items.add(row == null ? new Json.Null() : numbers(row));
        }
        return Json.array(items);
    }

    private static JsonArray numbers(double... row) {
        return Json.array(Arrays.stream(row).mapToObj(Json.Real::new).toList());
    }

    /// @throws BadInputException when there are not as many classes and rows as utterances
    static LabelledLogits fromJson(JsonObject json) {
        List<String> ids = json.array("ids").texts();
        int[] truth = json.array("truth").integers();
        requireCount(json, "truth", truth.length, ids.size());
        double[] @Nullable [] decision = rows(json, "decision", ids.size());
        double[][] present = new double[ids.size()][];
        for (int i = 0; i < present.length; i++) {
            double[] row = decision[i];
            if (row == null) {
                throw new BadInputException(json.where() + ".decision: row " + i + " is missing");
            }
            present[i] = row;
        }
        LabelledLogits read = new LabelledLogits(
                ids, truth, present, rows(json, "audio", ids.size()), rows(json, "text", ids.size()));
        read.requireClasses(json.where());
        return read;
    }

    private static double[] @Nullable [] rows(JsonObject json, String key, int count) {
        List<Json> items = json.array(key).items();
        requireCount(json, key, items.size(), count);
        double[] @Nullable [] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = items.get(i) instanceof JsonArray row ? row.numbers() : null;
        }
        return rows;
    }

    /// Every row has a number for each class, and every true class is one of them.
    private void requireClasses(String where) {
        for (int i = 0; i < truth.length; i++) {
            int classes = decision[0].length;
            for (double[] row : Arrays.asList(decision[i], audio[i], text[i])) {
                if (row != null && row.length != classes) {
                    throw new BadInputException(
                            where + ": row " + i + " has " + row.length + " logits, others have " + classes);
                }
            }
            if (truth[i] < 0 || truth[i] >= classes) {
                throw new BadInputException(where + ".truth: " + truth[i] + " is none of " + classes + " classes");
            }
        }
    }

    private static void requireCount(JsonObject json, String key, int count, int utterances) {
        if (count != utterances) {
            throw new BadInputException(
                    json.where() + "." + key + ": " + count + " for " + Count.of(utterances, "utterance"));
        }
    }
}
