package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Modality;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelFile;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Prediction;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.pretrained.FrozenSpeech;
import dev.parallax.pretrained.FrozenText;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Checks a written trace against a model, step by step, in three ways:
///
/// - the numbers of each step are those whose hash the trace names;
/// - the answer and the steps are those of this model for these samples and this text: the same in the same order, with
///   the same settings, reading the same;
/// - each step's formula, in plain double loops and given the numbers that the trace says it read, gives the numbers
///   that the trace says came out. Parameters are those of the model's file, and of the folder of a pretrained encoder.
///
/// Steps without such a formula (samples, constants of the model's file) are computed again by the program itself. It
/// must compute the same bits where the trace names the backend that is in use, elsewhere nearly the same numbers.
public final class Replay {

    /// The largest difference of single-precision numbers, over the largest of a step: some hundred roundings.
    static final double SINGLE = 5e-5;

    /// Of double-precision numbers.
    static final double DOUBLE = 1e-12;

    private static final double LEAST = 1e-9; // the largest number of a step is at least so large: less is a rounded 0

    private static final double LIKE_NOW = 1e-3; // other machines sum in another order, over many steps

    private final TraceFile trace;
    private final AuditSubject subject;
    private final Model model;
    private final boolean isSameMachine; // as far as the bits of results go
    private final Map<String, float[]> parameters = new TreeMap<>();

    private Replay(TraceFile trace, Model model) {
        this.trace = trace;
        this.subject = AuditSubject.fromJson(trace.head());
        this.model = model;
        this.isSameMachine = subject.backend().equals(model.backend().description());
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

        /// How many steps were computed again by their formula.
        public long byFormula() {
            return findings.stream()
                    .filter(finding -> !Double.isNaN(finding.difference()))
                    .count();
        }

        /// The largest of their differences.
        public double largest() {
            return findings.stream()
                    .mapToDouble(Finding::difference)
                    .filter(difference -> !Double.isNaN(difference))
                    .max()
                    .orElse(0);
        }
    }

    /// Checks a trace.
    ///
    /// @throws BadInputException when the trace cannot be checked at all
    public static Report of(TraceFile trace, Model model) {
        return new Replay(trace, model).check();
    }

    private Report check() {
        String weights = ModelHashes.weights(model);
        if (!subject.weights().equals(weights)) {
            return new Report(
                    List.of(),
                    List.of("the trace is of another model: its weights have the hash " + subject.weights()
                            + ", these have " + weights + "; give that model, which was called " + subject.model()));
        }
        List<String> faults = new ArrayList<>();
        if (!trace.isWhole()) {
            faults.add(TraceFile.VALUES + " is not the file that was written: its hash is another");
        }
        Audit again = new AnsweredAgain(trace, subject.utterances()).by(model);
        if (!subject.labels().equals(model.labels().names()) || !areAnswers(again.predictions())) {
            faults.add("the answer is not that of this model to these samples and this text, which is "
                    + again.predictions().stream()
                            .map(prediction -> prediction.decision().label())
                            .collect(Collectors.joining(", ")));
        }
        List<Step> now = again.trace().steps();
        List<StepText> steps = trace.steps();
        if (steps.size() != now.size()) {
            faults.add("the trace has " + steps.size() + " steps, this model takes " + now.size());
        }
        addParameters("", model);
        if (model instanceof DialogueModel dialogues && dialogues.first() != null) {
            addParameters(ModelFile.FIRST_PREFIX, dialogues.first());
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < Math.min(steps.size(), now.size()); i++) {
            Finding finding = check(steps.get(i), now.get(i));
            findings.add(finding);
            if (finding.fault() != null) {
                faults.add(finding.step() + " (" + finding.what() + "): " + finding.fault());
            }
        }
        return new Report(findings, faults);
    }

    private void addParameters(String prefix, Model of) {
        addParameters(prefix, of.parameters());
        if (of instanceof EmotionModel emotions) {
            FrozenSpeech speech = emotions.encoders().audio();
            FrozenText text = emotions.encoders().text();
            if (speech != null) {
                addEncoder(prefix + EncoderSteps.parameters(Modality.AUDIO), speech::weights);
            }
            if (text != null) {
                addEncoder(prefix + EncoderSteps.parameters(Modality.TEXT), text::weights);
            }
        }
    }

    /// Those of a pretrained encoder, where the trace has its steps.
    private void addEncoder(String prefix, Supplier<Parameters> weights) {
        boolean isRead = trace.steps().stream()
                .flatMap(step -> step.in().stream())
                .anyMatch(source -> source.isParameter() && source.parameter().startsWith(prefix));
        if (isRead) {
            try (Parameters all = weights.get()) {
                addParameters(prefix, all);
            }
        }
    }

    private void addParameters(String prefix, Parameters all) {
        for (Parameter parameter : all.all()) {
            parameters.put(prefix + parameter.name(), all.value(parameter).toArray());
        }
    }

    /// Whether the trace gives these answers; on another machine probabilities may differ in their last digits.
    private boolean areAnswers(List<Prediction> now) {
        List<AuditedUtterance> written = subject.utterances();
        return written.size() == now.size()
                && IntStream.range(0, now.size())
                        .allMatch(i ->
                                isAnswer(written.get(i).prediction(), now.get(i).toJson()));
    }

    private boolean isAnswer(JsonObject written, JsonObject now) {
        return isSameMachine
                ? written.toText().equals(now.toText())
                : written.text("decision").equals(now.text("decision"))
                        && written.text("decidedBy").equals(now.text("decidedBy"))
                        && written.flag("sure") == now.flag("sure");
    }

    private Finding check(StepText written, Step now) {
        double[] values = trace.values(written);
        String fault = written.sha256().equals(StepText.hash(values, written.isDouble()))
                ? difference(written, StepText.of(now))
                : "its numbers are not those that the trace names";
        double ofNow = values.length == now.values().length ? largest(values, now.values()) : Double.POSITIVE_INFINITY;
        double limit = now.isDouble() ? DOUBLE : SINGLE;
        double ofFormula = Double.NaN;
        if (fault == null) {
            double[] formula = formula(now, written.in());
            if (formula != null) {
                ofFormula = formula.length == values.length ? largest(values, formula) : Double.POSITIVE_INFINITY;
            }
            if (ofFormula > limit) {
                fault = "its numbers differ from its formula by " + ofFormula + " of the largest";
            } else if (!(ofNow <= (isSameMachine ? 0 : LIKE_NOW))) {
                fault = "its numbers differ from those that this program computes by " + ofNow + " of the largest";
            }
        }
        return new Finding(written.name(), written.what(), ofFormula, ofNow, fault);
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
                .toList();
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
        float[] whole = parameters.get(source.parameter());
        if (whole == null) {
            throw new BadInputException("replay: the model has no parameter " + source.parameter());
        }
        return Step.doubles(Arrays.copyOfRange(whole, source.first(), source.first() + source.count()));
    }

    /// The largest difference over the largest number of the second, or over 1e-9 where that is smaller; infinite where
    /// one is NaN.
    public static double largest(double[] found, double[] expected) {
        double scale = LEAST;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Double.isNaN(expected[i]) ? scale : Math.max(scale, Math.abs(expected[i]));
            double difference = Math.abs(found[i] - expected[i]);
            largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        return largest / scale;
    }
}
