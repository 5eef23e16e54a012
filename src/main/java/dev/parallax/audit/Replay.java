package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.trace.Reference;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.StepText;
import dev.parallax.trace.TraceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks a written trace against a model, step by step, in three ways:
///
/// - the numbers of each step are those whose hash the trace names;
/// - the steps are those that this model takes for these samples and this text: the same in the same order, with the
///   same settings, reading the same;
/// - each step's formula, in plain double loops and given the numbers that the trace says it read, gives the numbers
///   that the trace says came out. Parameters are those of the model's file.
///
/// Steps without such a formula (samples, resampling, silence and level, pitch, states of pretrained encoders,
/// constants of the model's file) are computed again by the program itself. It must compute the same bits where the
/// trace names the backend that is in use, elsewhere nearly the same numbers.
public final class Replay {

    /// The largest difference of single-precision numbers, over the largest of a step: some hundred roundings.
    static final double SINGLE = 5e-5;

    /// Of double-precision numbers.
    static final double DOUBLE = 1e-12;

    private static final double LIKE_NOW = 1e-3; // other machines sum in another order, over many steps

    private final TraceFile trace;
    private final EmotionModel model;
    private final boolean isSameMachine; // as far as the bits of results go
    private final Map<String, double[]> parameters = new TreeMap<>();

    private Replay(TraceFile trace, EmotionModel model) {
        this.trace = trace;
        this.model = model;
        this.isSameMachine = trace.head().text("backend").equals(model.backend().description());
    }

    /// What was found: of each step, and of the trace as a whole.
    ///
    /// @param faults those of the trace as a whole, and of steps
    public record Report(List<Finding> findings, List<String> faults) {

        public Report {
            findings = List.copyOf(findings);
            faults = List.copyOf(faults);
        }

        /// Whether nothing is wrong.
        public boolean isTrue() {
            return faults.isEmpty();
        }
    }

    /// Checks a trace.
    ///
    /// @param hash of the model's weights, as the trace names it
    /// @throws BadInputException when the trace cannot be checked at all
    public static Report of(TraceFile trace, EmotionModel model, String hash) {
        return new Replay(trace, model).check(hash);
    }

    private Report check(String hash) {
        List<String> faults = new ArrayList<>();
        JsonObject head = trace.head();
        if (!head.object("model").text("weights").equals(hash)) {
            faults.add("the trace is of another model: its weights have the hash "
                    + head.object("model").text("weights").substring(0, Math.min(12, hash.length()))
                    + ", these have " + hash.substring(0, 12));
            return new Report(List.of(), faults);
        }
        if (!trace.isWhole()) {
            faults.add(TraceFile.VALUES + " is not the file that was written: its hash is another");
        }
        List<Step> now = recomputed();
        List<StepText> steps = trace.steps();
        if (steps.size() != now.size()) {
            faults.add("the trace has " + steps.size() + " steps, this model takes " + now.size());
        }
        model.parameters()
                .all()
                .forEach(parameter -> parameters.put(
                        parameter.name(),
                        doubles(model.parameters().value(parameter).toArray())));
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < Math.min(steps.size(), now.size()); i++) {
            findings.add(check(steps.get(i), now.get(i)));
        }
        for (Finding finding : findings) {
            if (finding.fault() != null) {
                faults.add(finding.step() + " (" + finding.what() + "): " + finding.fault());
            }
        }
        return new Report(findings, faults);
    }

    /// The steps as this program takes them now, from the samples and the text of the trace.
    private List<Step> recomputed() {
        List<Audio> windows = new ArrayList<>();
        for (StepText step : trace.steps()) {
            if (step.what().equals(SoundSteps.SAMPLES) && step.settings().has("rate")) {
                float[] samples = SoundSteps.floats(trace.values(step));
                windows.add(new Audio(samples, step.settings().integer("rate")));
            }
        }
        JsonObject head = trace.head();
        String text = head.has("text") ? head.text("text") : null;
        return UtteranceAudit.of(model, windows, text).trace().steps();
    }

    private Finding check(StepText written, Step now) {
        double[] values = trace.values(written);
        String fault = written.sha256().equals(StepText.hash(values, written.isDouble()))
                ? difference(written, StepText.of(now))
                : "its numbers are not those that the trace names";
        double ofNow = values.length == now.values().length ? largest(values, now.values()) : Double.POSITIVE_INFINITY;
        double limit = now.isDouble() ? DOUBLE : SINGLE;
        double ofFormula = Double.NaN;
        int unchecked = values.length;
        if (fault == null) {
            double[] formula = formula(now, written.in());
            unchecked = formula == null
                    ? values.length
                    : (int) Arrays.stream(formula).filter(Double::isNaN).count();
            ofFormula = formula == null || unchecked == values.length ? Double.NaN : largest(values, formula);
            if (ofFormula > limit) {
                fault = "its numbers differ from its formula by " + ofFormula + " of the largest";
            } else if (!(ofNow <= (isSameMachine ? 0 : LIKE_NOW))) {
                fault = "its numbers differ from those that this program computes by " + ofNow + " of the largest";
            }
        }
        return new Finding(written.name(), written.what(), ofFormula, unchecked, ofNow, fault);
    }

    private static @Nullable String difference(StepText written, StepText now) {
        Map<String, List<Object>> pairs = Map.of(
                "name", List.of(written.name(), now.name()),
                "part", List.of(written.part(), now.part()),
                "what", List.of(written.what(), now.what()),
                "formula", List.of(written.formula(), now.formula()),
                "settings", List.of(written.settings().toText(), now.settings().toText()),
                "in", List.of(written.in(), now.in()),
                "shape", List.of(written.shape(), now.shape()),
                "type", List.of(written.type(), now.type()));
        List<String> other = pairs.entrySet().stream()
                .filter(pair ->
                        !pair.getValue().getFirst().equals(pair.getValue().getLast()))
                .map(pair -> pair.getKey() + " is " + pair.getValue().getFirst() + ", this model has "
                        + pair.getValue().getLast())
                .sorted()
                .collect(Collectors.toList());
        return other.isEmpty() ? null : String.join("; ", other);
    }

    private double @Nullable [] formula(Step now, List<Source> in) {
        Reference reference = now.reference();
        if (reference == null) {
            return null;
        }
        double[][] values = new double[in.size()][];
        for (int i = 0; i < values.length; i++) {
            Source source = in.get(i);
            values[i] = source.isParameter() ? parameter(source) : trace.values(source);
        }
        return reference.of(values);
    }

    private double[] parameter(Source source) {
        double[] whole = parameters.get(source.parameter());
        if (whole == null) {
            throw new BadInputException("replay: the model has no parameter " + source.parameter());
        }
        return Arrays.copyOfRange(whole, source.first(), source.first() + source.count());
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /// The largest difference over the largest number of the second; infinite where one is NaN and the other is not
    /// expected to be.
    private static double largest(double[] found, double[] expected) {
        double scale = Double.MIN_NORMAL;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!Double.isNaN(expected[i])) {
                scale = Math.max(scale, Math.abs(expected[i]));
                double difference = Math.abs(found[i] - expected[i]);
                largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            }
        }
        return largest / scale;
    }
}
