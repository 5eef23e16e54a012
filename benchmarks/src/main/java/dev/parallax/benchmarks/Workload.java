package dev.parallax.benchmarks;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.data.Labels;
import dev.parallax.data.Tokens;
import dev.parallax.data.Vectors;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.train.Examples;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The two workloads of `peers/pytorch_epoch.py`: the same lengths, sizes, dropouts, loss, optimiser and batches.
///
/// One thing differs: the audio encoder of an utterance also has dropout on its pooled vector, which the peer has
/// not. These are 128 values per utterance, and more work, not less.
enum Workload {
    /// 120 dialogues of 20 to 110 utterances, audio 100, text 768; batches of 20.
    DIALOGUE(20, 5, 269_908),
    /// 1024 utterances of 100 to 500 frames of 40 and 5 to 25 of 2000 words; batches of 32.
    UTTERANCE(32, 8, 361_640);

    private static final int CLASSES = 4;
    private static final int WORDS = 2000;
    private static final int MEAN_TOKENS = 15;
    private static final int STREAM = 0x6265_6E63; // what the random numbers are for

    private final int batchSize;
    private final int shardSize;
    private final int parameters; // of the peer's model

    Workload(int batchSize, int shardSize, int parameters) {
        this.batchSize = batchSize;
        this.shardSize = shardSize;
        this.parameters = parameters;
    }

    /// Its name in the peer's arguments.
    String peerName() {
        return this == DIALOGUE ? "dialogue" : "utterance";
    }

    /// Whether an epoch of a peer takes minutes.
    boolean isSlow() {
        return this == UTTERANCE;
    }

    /// A description in one sentence.
    String title() {
        String data = this == DIALOGUE
                ? "120 dialogues of 20 to 110 utterances, vectors of 100 (audio) and 768 (text)"
                : "1024 utterances of 100 to 500 frames of 40 and of 5 to 25 words";
        return "%s; batches of %d in index order, here in shards of %d; %d parameters."
                .formatted(data, batchSize, shardSize, parameters);
    }

    /// A new model on its data, ready to be trained.
    ///
    /// @throws IllegalStateException when the model has not as many parameters as the peer's
    EpochInOrder prepare(Backend backend, Workers workers) {
        return prepare(backend, workers, Integer.MAX_VALUE);
    }

    /// The same on its first examples alone.
    ///
    /// @param most how many of them
    EpochInOrder prepare(Backend backend, Workers workers, int most) {
        return prepare(backend, workers, most, batchSize);
    }

    /// The same in batches of another size.
    ///
    /// @param most  how many examples
    /// @param batch how many per training step
    EpochInOrder prepare(Backend backend, Workers workers, int most, int batch) {
        Model model;
        Examples examples;
        if (this == DIALOGUE) {
            DialogueModel dialogues = dialogueModel(backend);
            model = dialogues;
            examples = new DialoguesInMemory(dialogues, first(dialogues(), most));
        } else {
            EmotionModel utterances = utteranceModel(backend, 64);
            model = utterances;
            examples = new UtterancesInMemory(utterances, first(utterances(), most));
        }
        if (model.size() != parameters) {
            throw new IllegalStateException(
                    this + ": the model has " + model.size() + " parameters, the peer's has " + parameters);
        }
        return new EpochInOrder(model, training(batch), examples, workers);
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(all.size(), most));
    }

    /// Utterances of one length, on one thread: the utterance workload, with other sizes.
    ///
    /// @param examples how many utterances; an epoch goes through all of them
    /// @param batch    how many per training step
    /// @param frames   of each
    /// @param hidden   of the recurrent layer, in each direction
    static EpochInOrder uniform(Backend backend, Workers workers, int examples, int batch, int frames, int hidden) {
        EmotionModel model = utteranceModel(backend, hidden);
        List<Example> all = IntStream.range(0, examples)
                .mapToObj(i -> utterance(i, frames, MEAN_TOKENS))
                .toList();
        return new EpochInOrder(model, UTTERANCE.training(batch), new UtterancesInMemory(model, all), workers);
    }

    /// How many training steps an epoch of so many examples has.
    int steps(int examples) {
        return steps(examples, batchSize);
    }

    /// The same in batches of another size.
    int steps(int examples, int batch) {
        return (Math.min(examples, this == DIALOGUE ? 120 : 1024) + batch - 1) / batch;
    }

    /// The peer's batches, and larger ones, which suit a GPU.
    List<Integer> batches() {
        return this == DIALOGUE ? List.of(batchSize, 120) : List.of(batchSize, 128, 512, 1024);
    }

    private TrainingConfig training(int batch) {
        TrainingConfig paper = TrainingConfig.DIALOGUE;
        return TrainingConfig.fromJson(paper.toJson().with("batchSize", batch).with("shardSize", shardSize));
    }

    private static Labels labels() {
        return Labels.of("anger", "happiness", "neutral", "sadness");
    }

    private static DialogueModel dialogueModel(Backend backend) {
        NetworkConfig asGiven = RecordJson.with(NetworkConfig.DIALOGUE, "standardization", Standardization.NONE);
        DialogueConfig config = new DialogueConfig(labels(), asGiven, 100, 768, true);
        return new DialogueModel(config, null, backend, 1);
    }

    private static EmotionModel utteranceModel(Backend backend, int hidden) {
        NetworkConfig network = new NetworkConfig(
                new EncoderConfig(0, 0, RecurrentKind.LSTM, hidden, 1, true, 4, 0.2, 0.2, Pooling.MEAN),
                new EncoderConfig(0, 0, RecurrentKind.NONE, 64, 1, true, 4, 0, 0.2, Pooling.MEAN),
                100,
                "late-add",
                64);
        ModelConfig config = new ModelConfig(
                labels(),
                FeatureConfig.preset("speech"),
                Tokenizer.standard(),
                Subwords.NONE,
                network,
                true,
                ModelConfig.WINDOW_SECONDS);
        List<String> words = IntStream.range(1, WORDS).mapToObj(i -> "word" + i).toList();
        Vocabulary vocabulary = Vocabulary.build(List.of(words), new Vocabulary.Limits(1, WORDS));
        return new EmotionModel(config, vocabulary, backend, 1);
    }

    /// The peer's formula.
    private static int length(int i, int least, int most) {
        return least + (37 * i + 11) % (most - least + 1);
    }

    private List<DialogueExample> dialogues() {
        List<DialogueExample> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            RandomStream random = new RandomStream(1, 0, STREAM, i);
            int turns = length(i, 20, 110);
            List<Vectors> vectors = new ArrayList<>();
            int[] labels = new int[turns];
            for (int turn = 0; turn < turns; turn++) {
                vectors.add(new Vectors(normal(random, 100), normal(random, 768)));
                labels[turn] = (turn + i % batchSize) % CLASSES;
            }
            all.add(new DialogueExample(vectors, new int[turns], labels));
        }
        return all;
    }

    private static List<Example> utterances() {
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            all.add(utterance(i, length(i, 100, 500), length(i, 5, 25)));
        }
        return all;
    }

    private static Example utterance(int i, int frames, int tokens) {
        RandomStream random = new RandomStream(2, 0, STREAM, i);
        float[] values = normal(random, 40 * frames);
        int[] ids = new int[tokens];
        for (int token = 0; token < tokens; token++) {
            ids[token] = random.nextInt(WORDS);
        }
        return new Example(values, Tokens.of(ids), i % CLASSES);
    }

    static float[] normal(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private record DialoguesInMemory(DialogueModel model, List<DialogueExample> all) implements InMemory {
        @Override
        public int size() {
            return all.size();
        }

        @Override
        public int[] labels(int i) {
            return all.get(i).labels();
        }

        @Override
        public Shard shard(int... some) {
            var those = IntStream.of(some).mapToObj(all::get).toList();
            return pass -> model.forward(pass, those);
        }
    }

    private record UtterancesInMemory(EmotionModel model, List<Example> all) implements InMemory {
        @Override
        public int size() {
            return all.size();
        }

        @Override
        public int[] labels(int i) {
            return new int[] {all.get(i).label()};
        }

        @Override
        public Shard shard(int... some) {
            var those = IntStream.of(some).mapToObj(all::get).toList();
            return pass -> model.forward(pass, those);
        }
    }

    /// Examples that all have both modalities and belong to no corpus.
    private interface InMemory extends Examples {
        @Override
        default String corpus(int i) {
            return "";
        }

        @Override
        default boolean hasAudio(int i, int row) {
            return true;
        }

        @Override
        default boolean hasText(int i, int row) {
            return true;
        }

        @Override
        default int utterance(int i) {
            return i;
        }

        @Override
        default List<String> ids() {
            return List.of();
        }

        @Override
        default int length(int i) {
            return labels(i).length;
        }
    }
}
