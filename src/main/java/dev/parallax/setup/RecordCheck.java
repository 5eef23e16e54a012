package dev.parallax.setup;

import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.SplitDifference;
import dev.parallax.io.Json;
import dev.parallax.io.JsonDifference;
import dev.parallax.io.JsonObject;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.RunRecord;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import java.util.ArrayList;
import java.util.List;

/// Holds a training that is ready to start against the record of one that was done.
///
/// @param model    what the file of the done one says
/// @param record   its record
/// @param prepared the other one
record RecordCheck(ModelDescription model, RunRecord record, PreparedTraining prepared) {

    private static final int SHOWN = 5; // of many alike

    /// Whether a training has the features of a model.
    static boolean isOfFeatures(PreparedTraining prepared, ModelDescription model) {
        ModelConfig reader = model.reader();
        return reader == null
                || reader.encoders().audio() != null
                || reader.network().audio() == null
                || reader.features().equals(prepared.single().features());
    }

    /// What is not as recorded, one line each.
    List<String> lines() {
        TrainingSetup setup = prepared.setup();
        List<String> lines = new ArrayList<>(members());
        if (!setup.plan().labels().names().equals(model.labels())) {
            lines.add("labels: " + model.labels() + " in the record, "
                    + setup.plan().labels().names() + " now");
        }
        if (lines.isEmpty() && setup.plan() instanceof UtteranceModelSpec) {
            String hash = TrainingRun.dataHash(setup.split().select(Part.TRAIN, setup.utterances()));
            if (!hash.equals(record.dataHash())) {
                lines.add("training data: the same recordings with other words or emotions (hash " + record.dataHash()
                        + " in the record, " + hash + " now)");
            }
        }
        JsonObject start = setup.start().equals(StartingWeights.RANDOM)
                ? Json.object()
                : setup.start().toJson();
        JsonObject training = record.training();
        JsonObject itsStart = training.has("start") ? training.object("start") : Json.object();
        add("start", itsStart, start, lines);
        add(
                "training",
                training.without("start").without("first"),
                setup.training().toJson(),
                lines);
        add("network", model.network().toJson(), setup.plan().network().toJson(), lines);
        ModelConfig reader = model.reader();
        if (reader != null) {
            add(
                    "encoders",
                    reader.encoders().toJson(),
                    prepared.single().encoders().inputs().toJson(),
                    lines);
        }
        return lines;
    }

    private static void add(String what, JsonObject before, JsonObject now, List<String> lines) {
        JsonDifference.between(before, now)
                .forEach(difference -> lines.add(what + "." + difference.line() + " (record against now)"));
    }

    /// What of the split is not as recorded.
    private List<String> members() {
        SplitDifference difference = SplitDifference.between(
                Split.fromJson(record.split()), prepared.setup().split());
        List<String> lines = new ArrayList<>();
        say(
                difference.changed(),
                "has other content than in the record",
                "have other content than in the record",
                lines);
        say(difference.gone(), "of the record is not there", "of the record are not there", lines);
        say(difference.added(), "is not in the record", "are not in the record", lines);
        say(difference.moved(), "is in another part of the split", "are in another part of the split", lines);
        return lines;
    }

    private static void say(List<String> ids, String one, String several, List<String> lines) {
        if (ids.size() == 1) {
            lines.add("utterance " + ids.getFirst() + " " + one);
        } else if (!ids.isEmpty()) {
            lines.add(ids.size() + " utterances " + several + ": "
                    + String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size())))
                    + (ids.size() > SHOWN ? ", ..." : ""));
        }
    }
}
