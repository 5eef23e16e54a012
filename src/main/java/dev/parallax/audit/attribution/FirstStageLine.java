package dev.parallax.audit.attribution;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The line of what the first stage reads of one turn, all of its windows at once, up to the logit of this turn in the
/// dialogue; the vectors of all other turns stay as they are. The chain rule in two parts: the network of the dialogue
/// gives the gradient by the vector of the turn,
///
///     v = (mean over the windows of the pooled row - mean) / deviation
///     ∂z/∂pooled_w = ∂z/∂v / (deviation · windows)
///
/// and the first stage carries it on to its input.
final class FirstStageLine implements Line {

    private final DialogueModel model;
    private final EmotionModel first;
    private final List<Example> windows;
    private final DialogueExample dialogue;
    private final int turn;
    private final View view;
    private final int label;
    private final MovedRows rows;

    /// @param windows  of the turn, as the first stage reads them; one of text alone where it has no sound
    /// @param dialogue the vectors of all turns
    FirstStageLine(
            DialogueModel model, List<Example> windows, DialogueExample dialogue, int turn, View view, int label) {
        this.model = model;
        this.first = Objects.requireNonNull(model.first(), "the model has no first stage");
        this.windows = windows;
        this.dialogue = dialogue;
        this.turn = turn;
        this.view = view;
        this.label = label;
        this.rows = new MovedRows(view, MovedRows.Baseline.of(first));
    }

    @Override
    public double[] logits(double... points) {
        try (Tape tape = new Tape(first.backend());
                Tape second = new Tape(model.backend())) {
            FusedLogits made = firstStage(tape, points, new EnumMap<>(Modality.class));
            FusedLogits answers = answers(second, made, points.length, new EnumMap<>(Modality.class));
            float[] all = Line.logits(answers, view).value().toArray();
            return Arrays.stream(Line.places(answers, view, label, points.length, dialogue.length(), turn))
                    .mapToDouble(place -> all[place])
                    .toArray();
        }
    }

    @Override
    public Worth integrate(GaussLegendre rule) {
        int atOnce = Math.max(1, AT_ONCE / windows.size());
        for (int from = 0; from < rule.nodes().length; from += atOnce) {
            int to = Math.min(rule.nodes().length, from + atOnce);
            add(Arrays.copyOfRange(rule.nodes(), from, to), Arrays.copyOfRange(rule.weights(), from, to));
        }
        return new Worth(audio(rows.worth(Modality.AUDIO)), text(rows.worth(Modality.TEXT)));
    }

    /// The rows of all windows, apart.
    private List<Attribution> audio(@Nullable Attribution all) {
        int size = first.config().frameSize();
        return all == null
                ? List.of()
                : all.split(windows.stream()
                        .mapToInt(window -> Objects.requireNonNull(window.frames()).length / size)
                        .toArray());
    }

    /// The tokens, which are read beside each window, together.
    private @Nullable Attribution text(@Nullable Attribution all) {
        if (all == null) {
            return null;
        }
        int[] counts = new int[windows.size()];
        Arrays.fill(counts, all.rows() / counts.length);
        return all.split(counts).stream().reduce(Attribution::plus).orElseThrow();
    }

    /// Adds the weighted gradients at some points.
    private void add(double[] points, double[] weights) {
        try (Tape tape = new Tape(first.backend());
                Tape second = new Tape(model.backend())) {
            Map<Modality, Variable> moved = new EnumMap<>(Modality.class);
            Map<Modality, Variable> vectors = new EnumMap<>(Modality.class);
            FusedLogits made = firstStage(tape, points, moved);
            FusedLogits answers = answers(second, made, points.length, vectors);
            Variable z = Line.logits(answers, view);
            float[] cotangent = new float[z.shape().count()];
            int[] places = Line.places(answers, view, label, points.length, dialogue.length(), turn);
            for (int i = 0; i < places.length; i++) {
                cotangent[places[i]] = (float) weights[i];
            }
            second.backward(z, Tensor.of(model.backend(), z.shape(), cotangent));
            walkBack(tape, made, moved, vectors, points.length);
            rows.add(moved);
        }
    }

    /// Carries the gradients by the vectors of the turn back through the first stage.
    private void walkBack(
            Tape tape, FusedLogits made, Map<Modality, Variable> moved, Map<Modality, Variable> vectors, int copies) {
        List<Modality> read = Arrays.stream(Modality.values())
                .filter(modality -> moved.containsKey(modality) && vectors.containsKey(modality))
                .toList();
        for (Modality modality : read) {
            Variable pooled = Objects.requireNonNull(of(made, modality)).pooled();
            float[] byVector =
                    Objects.requireNonNull(vectors.get(modality)).grad().toArray();
            float[] gradient = byPooled(modality, byVector, pooled.shape().columns(), copies);
            Tensor cotangent = Tensor.of(first.backend(), pooled.shape(), gradient);
            if (modality == read.getLast()) {
                tape.backward(pooled, cotangent);
            } else {
                tape.seed(pooled, cotangent);
            }
        }
    }

    /// From the gradient by the rows of the dialogue to that by the pooled rows of the turn's windows.
    private float[] byPooled(Modality modality, float[] byVector, int width, int copies) {
        FeatureScaling scaling = scaling(modality);
        float[] deviation = scaling == null ? null : scaling.deviation();
        int turns = (int) haveVector(modality, dialogue.length());
        int row = (int) haveVector(modality, turn);
        int columns = byVector.length / (copies * turns); // of a row: the vector, and who speaks
        float[] gradient = new float[copies * windows.size() * width];
        for (int i = 0; i < gradient.length; i++) {
            int column = i % width;
            int copy = i / (width * windows.size());
            double by = byVector[(copy * turns + row) * columns + column];
            double per = deviation == null ? 1 : deviation[column];
            gradient[i] = per == 0 ? 0 : (float) (by / per / windows.size());
        }
        return gradient;
    }

    /// How many of the first turns have a vector.
    private long haveVector(Modality modality, int turns) {
        return dialogue.utterances().subList(0, turns).stream()
                .filter(vectors -> (modality == Modality.AUDIO ? vectors.audio() : vectors.text()) != null)
                .count();
    }

    private @Nullable FeatureScaling scaling(Modality modality) {
        return modality == Modality.AUDIO
                ? model.scaling().audio()
                : model.scaling().text();
    }

    /// The windows at points of the line, those of a point side by side.
    private FusedLogits firstStage(Tape tape, double[] points, Map<Modality, Variable> moved) {
        List<Example> copies = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            copies.addAll(windows);
        }
        return first.forward(Pass.inference(tape, first.parameters()), copies, rows.at(tape, points, moved));
    }

    /// The dialogue with each of these forms of the turn.
    ///
    /// @param read receives the rows by which is differentiated
    private FusedLogits answers(Tape tape, FusedLogits made, int copies, Map<Modality, Variable> read) {
        float[] audio = model.readsAudio() ? pooled(made.audio()) : null;
        float[] text = model.readsText() ? pooled(made.text()) : null;
        List<DialogueExample> dialogues = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            List<Vectors> vectors = new ArrayList<>(dialogue.utterances());
            vectors.set(turn, model.scaling().apply(new Vectors(mean(audio, copy, copies), mean(text, copy, copies))));
            dialogues.add(new DialogueExample(vectors, dialogue.speakers(), dialogue.labels()));
        }
        return model.forward(Pass.inference(tape, model.parameters()), dialogues, (modality, each) -> {
            Variable input = tape.variable(each.value());
            read.put(modality, input);
            return input;
        });
    }

    private static @Nullable Perspective of(FusedLogits made, Modality modality) {
        return modality == Modality.AUDIO ? made.audio() : made.text();
    }

    private static float @Nullable [] pooled(@Nullable Perspective perspective) {
        return perspective == null ? null : perspective.pooled().value().toArray();
    }

    /// The mean over the windows of one copy.
    private float @Nullable [] mean(float @Nullable [] pooled, int copy, int copies) {
        if (pooled == null) {
            return null;
        }
        int each = pooled.length / copies;
        int width = each / windows.size();
        float[] mean = new float[width];
        for (int column = 0; column < width; column++) {
            double sum = 0;
            for (int window = 0; window < windows.size(); window++) {
                sum += pooled[copy * each + window * width + column];
            }
            mean[column] = (float) (sum / windows.size());
        }
        return mean;
    }
}
