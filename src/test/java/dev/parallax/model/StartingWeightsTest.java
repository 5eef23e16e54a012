package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.data.Labels;
import dev.parallax.fusion.Modality;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Pooling;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingWeightsTest {

    private static final Labels LABELS = Labels.of("anger", "joy", "neutral");
    private static final EncoderConfig LISTENER =
            new EncoderConfig(0, 4, RecurrentKind.GRU, 3, 1, true, 0, 0, 0, Pooling.MEAN);
    private static final EncoderConfig READER =
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 0, 0, 0, Pooling.MEAN);
    private static final NetworkConfig NETWORK = new NetworkConfig(LISTENER, READER, 3, "middle-concat", 4);
    private static final Subwords SUBWORDS = new Subwords(5003, 3, 3, false);
    private static final List<String> TEXTS = List.of("what a lovely day", "no way");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private static UtteranceModelSpec plan(Labels labels, NetworkConfig network) {
        return new UtteranceModelSpec(
                labels,
                FeatureConfig.preset("speech"),
                network,
                Tokenizer.standard(),
                SUBWORDS,
                new Vocabulary.Limits(1, 100));
    }

    private EmotionModel made(StartingWeights start, Labels labels, long seed) {
        return plan(labels, NETWORK)
                .newModel(start, List.of("other words"), null, true, new ScalarBackend(), seed, notes::add);
    }

    private static EmotionModel base() {
        return plan(LABELS, NETWORK)
                .newModel(StartingWeights.RANDOM, TEXTS, null, true, new ScalarBackend(), 1, line -> {});
    }

    private static float[] value(EmotionModel model, String name) {
        Parameter parameter = model.parameters().all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return model.parameters().value(parameter).toArray();
    }

    @Test
    void newModel_fromOneOfTheSameClasses_isThatModel() {
        EmotionModel base = base();
        EmotionModel model = made(new StartingWeights(null, base, Set.of()), LABELS, 2);
        for (Parameter parameter : base.parameters().all()) {
            assertArrayEquals(value(base, parameter.name()), value(model, parameter.name()), parameter.name());
        }
        assertEquals(base.vocabulary(), model.vocabulary());
        assertEquals(List.of("starts from a model of anger, joy, neutral"), notes);
    }

    @Test
    void newModel_fromOneOfOtherClasses_takesOverWhatBothKnow() {
        EmotionModel base = base();
        Labels labels = Labels.of("joy", "boredom");
        EmotionModel model = made(new StartingWeights(null, base, Set.of()), labels, 2);
        EmotionModel fresh = made(StartingWeights.RANDOM, labels, 2);
        assertArrayEquals(value(base, "audio.gru.weightIh.0"), value(model, "audio.gru.weightIh.0"));
        float[] theirs = value(base, "audio.head.weight");
        float[] ours = value(model, "audio.head.weight");
        int columns = theirs.length / LABELS.size();
        assertArrayEquals(Arrays.copyOfRange(theirs, columns, 2 * columns), Arrays.copyOf(ours, columns));
        assertArrayEquals(
                Arrays.copyOfRange(value(fresh, "audio.head.weight"), columns, 2 * columns),
                Arrays.copyOfRange(ours, columns, 2 * columns));
        assertArrayEquals(value(fresh, "fusion.hidden.weight"), value(model, "fusion.hidden.weight"));
        assertTrue(notes.contains("starts from a model of anger, joy, neutral; new to it: boredom"), notes.toString());
    }

    @Test
    void newModel_frozenAudio_onlyItsHeadMayMove() {
        EmotionModel model = made(new StartingWeights(null, base(), Set.of(Modality.AUDIO)), LABELS, 2);
        for (Parameter parameter : model.parameters().all()) {
            boolean stays =
                    parameter.name().startsWith("audio.") && !parameter.name().startsWith("audio.head.");
            assertEquals(stays, model.parameters().isFixed(parameter), parameter.name());
        }
    }

    @Test
    void newModel_fromOneThatReadsInAnotherWay_isRefused() {
        EmotionModel base = base();
        NetworkConfig wider = new NetworkConfig(
                new EncoderConfig(0, 4, RecurrentKind.GRU, 5, 1, true, 0, 0, 0, Pooling.MEAN),
                READER,
                3,
                "middle-concat",
                4);
        String said = Refusal.of(() -> plan(LABELS, wider)
                .newModel(
                        new StartingWeights(null, base, Set.of()),
                        TEXTS,
                        null,
                        true,
                        new ScalarBackend(),
                        1,
                        notes::add));
        assertTrue(said.startsWith("init: the model that training starts from reads in another way"), said);
    }

    /// Words of the file start from it, words like them from their pieces, others from random numbers.
    @Test
    void newModel_wordVectors_areTheRowsOfTheEmbedding() throws IOException {
        Path file = folder.resolve("v.txt");
        Files.writeString(file, "lovely 1 2 3\nlovelier 3 2 1\nday 4 4 4\n");
        EmotionModel model = plan(LABELS, NETWORK)
                .newModel(
                        new StartingWeights(file, null, Set.of()),
                        List.of("what a lovely loveliest day"),
                        null,
                        true,
                        new ScalarBackend(),
                        1,
                        notes::add);
        float[] rows = value(model, "text.embedding.weight");
        assertArrayEquals(new float[] {1, 2, 3}, row(model, rows, "lovely"));
        assertArrayEquals(new float[] {4, 4, 4}, row(model, rows, "day"));
        float[] alike = row(model, rows, "loveliest"); // <lo lov ove vel of both, eli lie of the second
        assertTrue(alike[0] > 1 && alike[0] < 3 && Math.abs(alike[0] + alike[2] - 4) < 1e-5, Arrays.toString(alike));
        assertFalse(row(model, rows, "what")[0] == 0);
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().startsWith("word vectors: 2 of 5 words are in "), notes.toString());
        assertTrue(notes.getFirst().contains("1 more start from pieces"), notes.toString());
    }

    private static float[] row(EmotionModel model, float[] rows, String word) {
        Vocabulary vocabulary = model.vocabulary();
        int id = vocabulary == null ? 0 : vocabulary.id(word);
        assertTrue(id > 0, word);
        return Arrays.copyOfRange(rows, 3 * id, 3 * id + 3);
    }

    @Test
    void start_contradictions_areRefused() {
        assertTrue(Refusal.of(() -> new StartingWeights(null, null, Set.of(Modality.AUDIO)))
                .contains("‹init MODEL›"));
        assertTrue(
                Refusal.of(() -> new StartingWeights(folder, base(), Set.of())).contains("leave ‹vectors› out"));
    }

    @Test
    void toJson_sameWeights_haveTheSameHash() {
        StartingWeights start = new StartingWeights(null, base(), Set.of(Modality.TEXT));
        assertEquals(start.toJson(), new StartingWeights(null, base(), Set.of(Modality.TEXT)).toJson());
    }
}
