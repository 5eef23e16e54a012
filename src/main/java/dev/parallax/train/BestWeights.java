package dev.parallax.train;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.nn.Parameters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The weights of the best epoch: the one whose decision has the best [EpochScore] on the validation part, by an
/// [EpochCriterion], the earliest of equal ones. Where nothing is measured there, the last epoch is the best.
/// Epochs that train each perspective alone say nothing of the fusion; none of them is chosen once it is trained.
///
/// Where two perspectives have nothing in common, no utterance and no parameter, they are two models trained side
/// by side, and each has a best epoch of its own.
final class BestWeights implements AutoCloseable {

    static final String AUDIO = "audio."; // what the names of a modality's parameters begin with
    static final String TEXT = "text.";

    private final Model model;
    private final EpochCriterion criterion;
    private final int aloneEpochs;
    private final Memory memory;
    private final Buffer values;
    private final Buffer now; // the weights, while the best ones are in their place
    private final List<Group> groups;

    /// Parameters that are chosen together.
    ///
    /// @param view whose score chooses them   @param best what they were in its best epoch   @param now what they
    ///             are
    private record Group(View view, Buffer best, Buffer now) {}

    /// @param aloneEpochs how many epochs, the first ones, do not train the fusion
    /// @param apart       whether each perspective is chosen by its own score
    BestWeights(Model model, EpochCriterion criterion, int aloneEpochs, boolean apart) {
        this.model = model;
        this.criterion = criterion;
        this.aloneEpochs = aloneEpochs;
        Parameters parameters = model.parameters();
        this.memory = model.backend().memory();
        this.values = memory.allocate(parameters.trainableSize());
        this.now = memory.allocate(parameters.trainableSize());
        this.groups = apart
                ? List.of(group(View.AUDIO, AUDIO), group(View.TEXT, TEXT))
                : List.of(new Group(View.DECISION, values, parameters.values()));
        model.backend().copy(parameters.values(), values);
    }

    private Group group(View view, String modality) {
        return new Group(view, slice(values, modality), slice(model.parameters().values(), modality));
    }

    private Buffer slice(Buffer flat, String modality) {
        return Objects.requireNonNull(model.parameters().slice(flat, modality), "no parameters of " + modality);
    }

    /// Takes over what the last epoch made better.
    ///
    /// @return whether there was anything
    boolean update(List<EpochResult> history) {
        boolean better = false;
        for (Group group : groups) {
            if (epoch(history, group.view()) == history.size()) {
                model.backend().copy(group.now(), group.best());
                better = true;
            }
        }
        return better;
    }

    /// The best epoch of each view that chooses, from 1; 0 before the first.
    Map<View, Integer> epochs(List<EpochResult> history) {
        Map<View, Integer> epochs = new EnumMap<>(View.class);
        groups.forEach(group -> epochs.put(group.view(), epoch(history, group.view())));
        return epochs;
    }

    /// Whether each epoch was the best of all until then, by any view that chooses.
    List<Boolean> improvements(List<EpochResult> history) {
        return IntStream.rangeClosed(1, history.size())
                .mapToObj(n -> epochs(history.subList(0, n)).containsValue(n))
                .toList();
    }

    private int epoch(List<EpochResult> history, View view) {
        int first = history.size() > aloneEpochs ? aloneEpochs : 0;
        int best = 0;
        for (EpochResult result : history.subList(first, history.size())) {
            EpochScore score = result.score(view);
            if (best == 0
                    || !score.isMeasured()
                    || criterion.isBetter(score, history.get(best - 1).score(view))) {
                best = result.epoch();
            }
        }
        return best;
    }

    /// Gives the model the best weights.
    void restore() {
        model.backend().copy(values, model.parameters().values());
    }

    /// Runs an action while the model has the best weights.
    void whileRestored(Runnable action) {
        Backend backend = model.backend();
        backend.copy(model.parameters().values(), now);
        restore();
        action.run();
        backend.copy(now, model.parameters().values());
    }

    /// All of them that training moves, for checkpoints.
    Buffer values() {
        return values;
    }

    @Override
    public void close() {
        memory.close();
    }
}
