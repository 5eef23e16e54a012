package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A model as a library has it: loaded from anywhere, asked by many at once.
class SharedModelTest {

    private static final int THREADS = 8;
    private static final EmotionModel STARTER = EmotionModel.starter();

    @TempDir
    Path folder;

    private static byte[] file() throws IOException {
        try (InputStream in = Starter.class.getResourceAsStream("starter.safetensors")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /// A second of noise, another one for each number.
    private static Audio noise(int number) {
        RandomStream random = new RandomStream(number, 0, 0, 0);
        float[] samples = new float[16_000 + number];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.3f * (float) random.uniform(-1, 1);
        }
        return new Audio(samples, 16_000);
    }

    private static List<PredictionInput> inputs(int count) {
        List<PredictionInput> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(new PredictionInput(
                    i % 3 == 1 ? null : noise(i), i % 3 == 0 ? null : "so glad " + "very ".repeat(i)));
        }
        return inputs;
    }

    @Test
    void load_fromPathStreamAndBytes_answersAsTheStarter() throws IOException {
        Path path = Files.write(folder.resolve("own.safetensors"), file());
        Audio audio = noise(1);
        Prediction expected = STARTER.predict(audio, "so glad");
        assertEquals(expected, EmotionModel.load(path).predict(audio, "so glad"));
        assertEquals(expected, EmotionModel.load(file(), "own").predict(audio, "so glad"));
        try (InputStream in = Files.newInputStream(path)) {
            assertEquals(expected, EmotionModel.load(in, "own").predict(audio, "so glad"));
        }
        try (InputStream in = Starter.class.getResourceAsStream("starter.safetensors")) {
            assertEquals(expected, EmotionModel.load(in, "own").predict(audio, "so glad"));
        }
    }

    @Test
    void load_streamThatIsNoModel_isRefusedInALine() throws IOException {
        byte[] half = Arrays.copyOf(file(), 100_000);
        String cut = Refusal.of(() -> EmotionModel.load(new ByteArrayInputStream(half), "upload"));
        assertTrue(cut.startsWith("upload: "), cut);
        String none = Refusal.of(() -> EmotionModel.load(InputStream.nullInputStream(), "upload"));
        assertEquals(
                "upload: has 0 bytes, too short for a safetensors file; copy it again, or name another file", none);
        InputStream missing = SharedModelTest.class.getResourceAsStream("missing.safetensors");
        assertEquals(
                "missing.safetensors: no such resource; name it from the class beside it",
                Refusal.of(() -> EmotionModel.load(missing, "missing.safetensors")));
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line was cut");
            }

            @Override
            public int read(byte[] into, int at, int count) throws IOException {
                throw new IOException("the line was cut");
            }
        };
        assertEquals(
                "upload: cannot be read (IOException: the line was cut); check disk and rights",
                Refusal.of(() -> EmotionModel.load(broken, "upload")));
        byte[] huge = {-1, -1, -1, -1, -1, -1, -1, 127, '{', '}'}; // a header of 8 EiB
        String lies = Refusal.of(() -> EmotionModel.load(huge, "upload"));
        assertTrue(lies.startsWith("upload: not a safetensors file, or cut off"), lies);
    }

    @Test
    void predict_eightThreadsAtOnce_giveTheBitsOfOne() throws Exception {
        List<PredictionInput> inputs = inputs(12);
        List<Prediction> alone = inputs.stream()
                .map(input -> STARTER.predict(input.audio(), input.text()))
                .toList();
        Callable<List<Prediction>> all = () -> inputs.stream()
                .map(input -> STARTER.predict(input.audio(), input.text()))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<List<Prediction>> each : threads.invokeAll(List.of(all, all, all, all, all, all, all, all))) {
                assertEquals(alone, each.get());
            }
        }
        assertEquals(alone, STARTER.predict(inputs), "all at once");
    }

    /// The weights are the memory of a model: as many values as it says, and none more after it was asked.
    @Test
    void predict_often_keepsTheMemoryOfOneAnswer() {
        ScalarBackend backend = new ScalarBackend();
        EmotionModel model = Starter.load(backend);
        long weights = backend.liveBytes();
        assertEquals(4L * model.size(), weights);
        for (PredictionInput input : inputs(12)) {
            model.predict(input.audio(), input.text());
        }
        long kept = backend.liveBytes();
        assertTrue(kept > weights && kept <= weights + (4L << 20), kept + " bytes");
        for (PredictionInput input : inputs(12)) {
            model.predict(input.audio(), input.text());
        }
        assertEquals(kept, backend.liveBytes());
        model.close();
        assertEquals(0, backend.liveBytes());
    }

    @Test
    void close_anyQuestion_isRefusedByAllThatShareTheWeights() {
        EmotionModel model = Starter.load(new ScalarBackend());
        EmotionModel other = model.with(Objects.requireNonNull(model.record()), model.rules());
        Path file = folder.resolve("closed.safetensors");
        model.close();
        model.close();
        for (Executable question : List.<Executable>of(
                () -> model.predict(noise(1), "so glad"),
                () -> model.predict((Audio) null, "so glad"),
                () -> model.predict(folder.resolve("missing.wav"), null),
                () -> model.predict(inputs(3)),
                () -> model.predict(List.of()),
                () -> model.hear(noise(1), 1),
                () -> model.adaptedTo("Anna", List.of()),
                () -> model.with(Objects.requireNonNull(model.record()), model.rules()),
                () -> model.save(file),
                () -> StartingWeights.again(model, _ -> true, 1),
                () -> other.predict((Audio) null, "so glad"),
                () -> other.save(file))) {
            IllegalStateException e = assertThrows(IllegalStateException.class, question);
            assertEquals("the model was closed, which gave its weights back; load it again", e.getMessage());
        }
        assertFalse(Files.exists(file));
        assertEquals(List.of("anger", "happiness", "neutral", "sadness"), model.labelNames());
    }

    /// An answer that is being computed is there before the memory is gone.
    @Test
    void close_whileOthersAsk_leavesWholeAnswersOrRefusals() throws Exception {
        Prediction expected = STARTER.predict(noise(1), "so glad");
        EmotionModel model = EmotionModel.load(file(), "own");
        CountDownLatch answered = new CountDownLatch(THREADS);
        Callable<Integer> asking = () -> {
            for (int answers = 0; ; answers++) {
                try {
                    assertEquals(expected, model.predict(noise(1), "so glad"));
                    answered.countDown();
                } catch (IllegalStateException e) {
                    return answers;
                }
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Integer>> all =
                    Stream.generate(() -> threads.submit(asking)).limit(THREADS).toList();
            answered.await();
            model.close();
            int answers = 0;
            for (Future<Integer> each : all) {
                answers += each.get();
            }
            assertTrue(answers >= THREADS, "answers before it was closed: " + answers);
        }
    }

    @Test
    void predict_severalOfWhichSomeCannotBeAnswered_refusesTheFirst() {
        List<PredictionInput> inputs = new ArrayList<>(inputs(6));
        inputs.set(2, new PredictionInput(null, ""));
        inputs.set(4, new PredictionInput(null, null));
        assertEquals(
                "input 3: predict: the text is empty; give what was said", Refusal.of(() -> STARTER.predict(inputs)));
        assertEquals(List.of(), STARTER.predict(List.of()));
    }
}
