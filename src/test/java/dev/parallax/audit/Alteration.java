package dev.parallax.audit;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.random.RandomStream;
import dev.parallax.trace.Step;
import dev.parallax.trace.StepText;
import dev.parallax.trace.TraceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Alters a written trace, of which the first utterance has a text: one number, setting, source, shape or word of a
/// step, the order of steps, an answer, the text.
///
/// @param folder of the trace
/// @param random what is altered
record Alteration(Path folder, RandomStream random) {

    /// Alters the trace in the way of a number.
    ///
    /// @return what was done, its kind before a colon
    String alter(int number) throws IOException {
        JsonObject document = Json.parseObject(folder.resolve(TraceFile.STEPS));
        List<JsonObject> steps = new ArrayList<>(document.array("steps").objects());
        int at = random.nextInt(steps.size());
        JsonObject step = steps.get(at);
        String name = step.text("name");
        switch (number % 11) {
            case 0 -> {
                return "number: " + alterNumber(document, steps, at, false);
            }
            case 1, 2, 3 -> {
                return "number and hashes: " + alterNumber(document, steps, at, true);
            }
            case 4 ->
                steps.set(at, step.with("settings", step.object("settings").with("rate", 16_001)));
            case 5 -> steps.set(at, step.with("formula", step.text("formula") + " + 0"));
            case 6 -> Collections.swap(steps, at, at == 0 ? 1 : at - 1);
            case 7 -> steps.remove(at);
            case 8 -> {
                List<JsonObject> in = new ArrayList<>(step.array("in").objects());
                in.add(Json.object()
                        .with("value", steps.getFirst().text("name"))
                        .with("first", 0)
                        .with("shape", new int[] {1}));
                steps.set(at, step.with("in", Json.array(in)));
            }
            case 9 -> {
                JsonObject utterance = utterance(document);
                JsonObject prediction = utterance.object("prediction");
                String other = prediction.text("decision").equals("joy") ? "anger" : "joy";
                JsonObject changed = random.nextInt(2) == 0
                        ? prediction.with("decision", other)
                        : prediction.with("sure", !prediction.flag("sure"));
                writeSteps(withUtterance(document, utterance.with("prediction", changed)), steps);
                return "answer: " + changed.toText();
            }
            default -> {
                JsonObject utterance = utterance(document);
                writeSteps(withUtterance(document, utterance.with("text", utterance.text("text") + " glad")), steps);
                return "text: a word more";
            }
        }
        writeSteps(document, steps);
        return List.of("", "", "", "", "setting", "formula", "order", "missing", "source")
                        .get(number % 11) + ": " + name;
    }

    /// The first utterance that the trace is of.
    private static JsonObject utterance(JsonObject document) {
        return document.object("of").array("utterances").objects().getFirst();
    }

    private static JsonObject withUtterance(JsonObject document, JsonObject changed) {
        JsonObject of = document.object("of");
        List<JsonObject> all = new ArrayList<>(of.array("utterances").objects());
        all.set(0, changed);
        return document.with("of", of.with("utterances", Json.array(all)));
    }

    private String alterNumber(JsonObject document, List<JsonObject> steps, int at, boolean fits) throws IOException {
        SafeTensors before = SafeTensors.read(folder.resolve(TraceFile.VALUES));
        SafeTensors.Builder after = new SafeTensors.Builder();
        String said = "";
        TraceFile trace = TraceFile.read(folder);
        for (int i = 0; i < steps.size(); i++) {
            StepText step = trace.steps().get(i);
            double[] values = trace.values(step).clone();
            if (i == at) {
                int which = random.nextInt(values.length);
                double by = Math.max(0.01, Math.abs(values[which]) * 0.05);
                values[which] += by;
                said = step.name() + " " + step.what() + " [" + which + "] + " + by;
                if (fits) {
                    steps.set(i, steps.get(i).with("sha256", StepText.hash(values, step.isDouble())));
                }
            }
            if (step.isDouble()) {
                after.doubles(step.name(), before.shape(step.name()), values);
            } else {
                after.floats(step.name(), before.shape(step.name()), Step.floats(values));
            }
        }
        byte[] bytes = after.toBytes();
        Files.write(folder.resolve(TraceFile.VALUES), bytes);
        writeSteps(fits ? document.with("values", SafeFiles.sha256(bytes)) : document, steps);
        return said;
    }

    void writeSteps(JsonObject document, List<JsonObject> steps) throws IOException {
        String text = document.with("steps", Json.array(steps)).toText();
        Files.write(folder.resolve(TraceFile.STEPS), text.getBytes(StandardCharsets.UTF_8));
    }
}
