package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.corpus.recordings.Preparation.Window;
import dev.parallax.data.Example;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Modality;
import dev.parallax.model.EmotionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The utterances of a corpus as examples for one model: features from the cache, word ids from its vocabulary, the
/// class from its labels. A recording longer than the model's window is several examples, one per window. A varied
/// copy of a recording, where there are any, is an example as the recording itself is.
final class CorpusExamples implements Examples {

    private final EmotionModel model;
    private final FeatureCache cache;
    private final List<Item> items;
    private final List<Utterance> utterances;
    private final SpeakerScaling scaling;
    private final TrainingConfig training;

    /// @param whole whether the recording is one window: times are not known within a part
    /// @param read  whether its text is
    private record Item(
            int ordinal, Utterance utterance, @Nullable Window window, boolean whole, boolean read) {}

    /// Utterances that are not used for training.
    ///
    /// @param notes receives what the model cannot read and is left out, one line each
    CorpusExamples(EmotionModel model, FeatureCache cache, List<Prepared> utterances, Consumer<String> notes) {
        this(model, cache, utterances, List.of(), TrainingConfig.STANDARD, notes);
    }

    /// @param copies   varied, examples as the others are; features are standardised over the others alone
    /// @param training how training examples are masked
    CorpusExamples(
            EmotionModel model,
            FeatureCache cache,
            List<Prepared> utterances,
            List<Prepared> copies,
            TrainingConfig training,
            Consumer<String> notes) {
        this.model = model;
        this.training = training;
        this.cache = cache;
        List<Prepared> readable = utterances.stream().filter(this::isRead).toList();
        if (readable.size() < utterances.size()) {
            notes.accept("left out: " + (utterances.size() - readable.size()) + " of " + utterances.size()
                    + " utterances, of which the model reads only a text that holds no word");
        }
        this.scaling = new SpeakerScaling(model, readable, cache, notes);
        List<Prepared> together =
                Stream.concat(readable.stream(), copies.stream()).toList();
        List<Item> all = new ArrayList<>();
        List<String> cut = new ArrayList<>();
        for (int i = 0; i < together.size(); i++) {
            Prepared prepared = together.get(i);
            Utterance utterance = prepared.utterance();
            boolean isCopy = i >= readable.size();
            boolean read = model.encode(utterance.text(), isCopy ? _ -> {} : cut::add) != null;
            if (model.readsAudio() && !prepared.windows().isEmpty()) {
                for (Window window : prepared.windows()) {
                    all.add(new Item(i, utterance, window, prepared.windows().size() == 1, read));
                }
            } else {
                all.add(new Item(i, utterance, null, true, read));
            }
        }
        if (!cut.isEmpty()) {
            notes.accept("texts read in part: " + cut.size() + " of " + readable.size() + "; of the first, "
                    + cut.getFirst());
        }
        this.items = List.copyOf(all);
        this.utterances = together.stream().map(Prepared::utterance).toList();
    }

    private boolean isRead(Prepared prepared) {
        boolean heard = model.readsAudio() && !prepared.windows().isEmpty();
        return heard || model.reads(prepared.utterance().text());
    }

    /// The utterances, by their numbers.
    List<Utterance> utterances() {
        return utterances;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public int utterance(int i) {
        return items.get(i).ordinal();
    }

    @Override
    public String corpus(int i) {
        return items.get(i).utterance().origin().corpusOrNothing();
    }

    @Override
    public int[] labels(int i) {
        return new int[] {label(i)};
    }

    @Override
    public boolean hasAudio(int i, int row) {
        return items.get(i).window() != null;
    }

    @Override
    public boolean hasText(int i, int row) {
        return items.get(i).read();
    }

    private int label(int i) {
        Utterance utterance = items.get(i).utterance();
        String emotion = utterance.emotion();
        return emotion == null ? -1 : model.config().labels().index(emotion, "utterance " + utterance.id());
    }

    @Override
    public List<String> ids() {
        return utterances.stream().map(Utterance::id).toList();
    }

    @Override
    public int length(int i) {
        Item item = items.get(i);
        if (item.window() != null) {
            return item.window().frames();
        }
        String text = item.utterance().text();
        return text == null ? 0 : text.length();
    }

    @Override
    public Shard shard(int... some) {
        return shard(IntStream.of(some).mapToObj(i -> get(i, heard(i), true)));
    }

    @Override
    public Shard trainingShard(int step, int... some) {
        return shard(IntStream.of(some).mapToObj(i -> training(i, step)));
    }

    private Shard shard(Stream<Example> some) {
        List<Example> those = some.toList();
        return pass -> model.forward(pass, those);
    }

    /// All of them, unmasked and with nothing hidden.
    List<Example> asTheyAre() {
        return IntStream.range(0, items.size())
                .mapToObj(i -> get(i, heard(i), true))
                .toList();
    }

    private float @Nullable [] heard(int i) {
        Window window = items.get(i).window();
        return window == null ? null : scaling.apply(items.get(i).utterance(), cache.values(window.source()));
    }

    private Example training(int i, int step) {
        boolean both = hasAudio(i, 0) && hasText(i, 0);
        Modality hidden = both ? training.hiding().hidden(step, i) : null;
        return get(i, hidden == Modality.AUDIO ? null : masked(i, step), hidden != Modality.TEXT);
    }

    private float @Nullable [] masked(int i, int step) {
        float[] values = heard(i);
        return values == null
                ? null
                : training.augmentation().masked(values, cache.columns(), cache.groups(), training.seed(), step, i);
    }

    private Example get(int i, float @Nullable [] values, boolean withText) {
        Item item = items.get(i);
        Utterance utterance = item.utterance();
        return model.example(
                values, withText ? utterance.text() : null, item.whole() ? utterance.times() : null, label(i));
    }
}
