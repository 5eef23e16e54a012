package dev.parallax.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.TinyEncoders;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.Features;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.Json;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import dev.parallax.pretrained.encoder.TextEncoder;
import dev.parallax.pretrained.tokenizer.Encoding;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenEncodersTest {

    private static final Backend BACKEND = new ScalarBackend();
    private static final String TEXT = "so glad you came";

    @TempDir
    Path folder;

    private static FrozenText text(Path folder, String layers) {
        return Objects.requireNonNull(FrozenEncoders.of(
                        new FrozenEncoders.Places(null, folder),
                        EncoderUse.FROZEN,
                        new EncoderUse(layers, 0, 0),
                        BACKEND)
                .text());
    }

    private static FrozenSpeech speech(String name, String layers) {
        return Objects.requireNonNull(FrozenEncoders.of(
                        new FrozenEncoders.Places(TinyEncoders.resource(name), null),
                        new EncoderUse(layers, 0, 0),
                        EncoderUse.FROZEN,
                        BACKEND)
                .audio());
    }

    private static float[] noise(int samples) {
        float[] values = new float[samples];
        RandomStream random = new RandomStream(3, 0, 1, 0);
        for (int i = 0; i < samples; i++) {
            values[i] = random.nextInt() * 0x1p-32f;
        }
        return values;
    }

    /// Layers stand side by side, each number the nearest one of half precision.
    @Test
    void states_ofText_areThoseOfTheEncoderInHalfPrecision() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        FrozenStates whole = FrozenStates.ofText(bert, TEXT, BACKEND, _ -> {});
        Features states = text(bert, "0,2").states(TEXT);
        int width = whole.width();
        assertEquals(6, states.frames());
        assertEquals(2 * width, states.size());
        for (int t = 0; t < states.frames(); t++) {
            for (int column = 0; column < width; column++) {
                assertEquals(half(whole.layers().get(0)[t * width + column]), states.at(t, column));
                assertEquals(half(whole.layers().get(2)[t * width + column]), states.at(t, width + column));
            }
        }
    }

    @Test
    void states_ofSpeech_areThoseOfTheEncoderInHalfPrecision() {
        float[] samples = noise(4000);
        for (String name : List.of("wav2vec2-base", "wavlm-large", "emotion2vec", "whisper-encoder")) {
            FrozenStates whole = FrozenStates.ofRecording(TinyEncoders.resource(name), samples, BACKEND);
            FrozenSpeech encoder = speech(name, "all");
            Features states = encoder.extract(new Audio(samples, 16_000), _ -> {}, 1);
            assertEquals(whole.rows(), states.frames(), name);
            assertEquals(encoder.columns().size(), states.size(), name);
            int width = whole.width();
            int last = whole.layers().size() - 1;
            for (int t = 0; t < states.frames(); t++) {
                float value = half(whole.layers().get(last)[t * width + 1]);
                assertEquals(value, states.at(t, last * width + 1), name);
            }
        }
    }

    /// The blocks behind the last layer that is read are not computed, which changes nothing.
    @Test
    void states_layersBelow_areThoseOfTheWholeEncoder() {
        float[] samples = noise(4000);
        for (String name : List.of("hubert-base", "wavlm-large", "whisper-encoder")) {
            Features all = speech(name, "all").extract(new Audio(samples, 16_000), _ -> {}, 1);
            Features first = speech(name, "1").extract(new Audio(samples, 16_000), _ -> {}, 1);
            int width = first.size();
            for (int t = 0; t < all.frames(); t++) {
                assertEquals(all.at(t, width + 3), first.at(t, 3), name);
            }
        }
    }

    private static float half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    @Test
    void extract_otherRate_isResampledAndALowOneIsSaid() {
        FrozenSpeech encoder = speech("wav2vec2-base", "2");
        List<String> warnings = new ArrayList<>();
        assertEquals(
                24,
                encoder.extract(new Audio(noise(24_000), 48_000), warnings::add, 1)
                        .frames());
        assertTrue(warnings.isEmpty(), warnings.toString());
        assertEquals(
                24,
                encoder.extract(new Audio(noise(4000), 8000), warnings::add, 1).frames());
        assertTrue(warnings.getFirst().startsWith("8000 Hz recording: it has nothing above 4000 Hz"));
        String refusal = Refusal.of(() -> encoder.extract(new Audio(noise(399), 16_000), _ -> {}, 1));
        assertTrue(refusal.contains("399 samples"), refusal);
    }

    /// A backend that counts what is packed, and the threads that are asked for.
    private static final class Counting extends ScalarBackend {

        private final List<Integer> threads = new ArrayList<>();
        private int packed;

        @Override
        public <T> T onThreads(int number, Function<Backend, T> work) {
            threads.add(number);
            return super.onThreads(number, work);
        }

        @Override
        public Buffer packed(Memory memory, float[] weight, int n, int k, int parts) {
            packed++;
            return super.packed(memory, weight, n, k, parts);
        }
    }

    @Test
    void together_moreThanAnArrayHolds_isRefused() {
        FrozenStates large = new FrozenStates(Collections.nCopies(49, new float[0]), 65_535, 1280);
        assertEquals(
                "features: 49 layers of 65535 rows are 4110355200 numbers, an array has at most 2^31; give one layer"
                        + " (‹layer N›), or a shorter recording",
                Refusal.of(large::together));
    }

    /// Packed weights and threads change no bit.
    @Test
    void states_anyBackendAndThreads_areThoseOfPlainWeights() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        Path wavlm = TinyEncoders.resource("wavlm-large");
        Audio noise = new Audio(noise(4000), 16_000);
        for (Backend backend : TestBackends.all().toList()) {
            FrozenEncoders encoders = FrozenEncoders.of(
                    new FrozenEncoders.Places(wavlm, bert), EncoderUse.FROZEN, EncoderUse.FROZEN, backend);
            FrozenText reader = Objects.requireNonNull(encoders.text());
            FrozenSpeech listener = Objects.requireNonNull(encoders.audio());
            List<float[]> read = plain(bert, reader.tokens(TEXT), backend);
            SpeechEncoder speech = SpeechEncoder.read(wavlm, backend, 0);
            List<float[]> heard = speech.frozenStates(backend, List.of(speech.input(noise.samples())));
            speech.parameters().close();
            for (int threads : new int[] {1, 3}) {
                assertSideBySide(read, reader.states(TEXT, threads));
                assertSideBySide(heard, listener.extract(noise, _ -> {}, threads));
            }
        }
    }

    /// The memory of one input serves the next, on other threads too.
    @Test
    void states_oneInputAfterTheOther_areComputedInTheSameMemory() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        Audio noise = new Audio(noise(8000), 16_000);
        for (Backend backend : TestBackends.all().toList()) {
            FrozenEncoders encoders = FrozenEncoders.of(
                    new FrozenEncoders.Places(TinyEncoders.resource("wavlm-large"), bert),
                    EncoderUse.FROZEN,
                    EncoderUse.FROZEN,
                    backend);
            FrozenText reader = Objects.requireNonNull(encoders.text());
            FrozenSpeech listener = Objects.requireNonNull(encoders.audio());
            listener.input(noise.samples()); // reads the weights
            long weights = backend.liveBytes();
            listener.extract(noise, _ -> {}, 1);
            assertTrue(backend.liveBytes() > weights, "it waits");
            reader.states(TEXT);
            long all = backend.liveBytes();
            for (int threads : new int[] {1, 3}) {
                listener.extract(noise.part(0, 4000), _ -> {}, threads);
                reader.states("so glad", threads);
                assertEquals(all, backend.liveBytes());
            }
        }
    }

    private static List<float[]> plain(Path bert, Encoding tokens, Backend backend) {
        TextEncoder encoder = TextEncoder.read(bert, backend, 0);
        try (Tape tape = new Tape(backend)) {
            Pass pass = Pass.inference(tape, encoder.parameters());
            Offsets rows = Offsets.ofLengths(tokens.tokens().size());
            return encoder.states(pass, tokens.ids(), tokens.types(), rows).stream()
                    .map(state -> state.value().toArray())
                    .toList();
        } finally {
            encoder.parameters().close();
        }
    }

    private static void assertSideBySide(List<float[]> layers, Features states) {
        int width = states.size() / layers.size();
        assertEquals(layers.getFirst().length, states.frames() * width);
        for (int t = 0; t < states.frames(); t++) {
            for (int column = 0; column < states.size(); column++) {
                float value = layers.get(column / width)[t * width + column % width];
                assertEquals(half(value), states.at(t, column));
            }
        }
    }

    @Test
    void states_packWeightsOnceAndComputeOnTheThreadsOfTheCaller() throws IOException {
        Counting backend = new Counting();
        FrozenEncoders encoders = FrozenEncoders.of(
                new FrozenEncoders.Places(
                        TinyEncoders.resource("wav2vec2-base"), TinyEncoders.bert(folder.resolve("bert"))),
                EncoderUse.FROZEN,
                EncoderUse.FROZEN,
                backend);
        FrozenText reader = Objects.requireNonNull(encoders.text());
        reader.states(TEXT);
        int ofText = backend.packed;
        assertEquals(4 * 3, ofText); // of three blocks: attention, out, and two of the feed-forward part
        reader.states(TEXT, 3);
        assertEquals(ofText, backend.packed);
        FrozenSpeech listener = Objects.requireNonNull(encoders.audio());
        listener.extract(new Audio(noise(4000), 16_000), _ -> {}, 2);
        assertTrue(backend.packed > ofText);
        assertEquals(List.of(1, 3, 2), backend.threads);
    }

    /// The cache gives the same bits as the encoder, and halves what it writes.
    @Test
    void keeping_statesOfAnotherRun_areTheSame() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        Path cache = folder.resolve("cache");
        float[] computed = text(bert, "all").states(TEXT).values();
        float[] first = text(bert, "all")
                .keeping(new KeptFeatures(cache, 1 << 20, line -> fail(line)))
                .states(TEXT)
                .values();
        try (Stream<Path> files = Files.walk(cache).filter(Files::isRegularFile)) {
            Path file = files.findFirst().orElseThrow();
            assertEquals(20 + 2L * computed.length, Files.size(file));
        }
        float[] second = text(bert, "all")
                .keeping(new KeptFeatures(cache, 1 << 20, line -> fail(line)))
                .states(TEXT)
                .values();
        assertArrayEquals(computed, first);
        assertArrayEquals(computed, second);
    }

    /// Every file that the states depend on is in the hash, and nothing else is.
    @Test
    void hash_changesWithAFileThatIsRead() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        String hash = EncoderFolders.hash(bert);
        Files.writeString(bert.resolve("README.md"), "anything");
        assertEquals(hash, EncoderFolders.hash(bert));
        Files.writeString(bert.resolve("vocab.txt"), Files.readString(bert.resolve("vocab.txt")) + "##ing\n");
        assertNotEquals(hash, EncoderFolders.hash(bert));
        assertNotEquals(text(bert, "0").digest(), text(bert, "1").digest());
    }

    /// Of several files with weights one is read, and an index names files; what else lies there belongs to no encoder.
    @Test
    void hash_isOfTheWeightsThatAreRead() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        String hash = EncoderFolders.hash(bert);
        for (String other : List.of("pytorch_model.bin", "optimizer.pt", "training_args.bin", "other.safetensors")) {
            Files.writeString(bert.resolve(other), "anything");
        }
        assertEquals(hash, EncoderFolders.hash(bert));

        Path whole = bert.resolve("model.safetensors");
        Path part = Files.createDirectory(bert.resolve("parts")).resolve("a.safetensors");
        Files.move(whole, part);
        Files.writeString(
                bert.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"x\": \"parts/a.safetensors\"}}");
        hash = EncoderFolders.hash(bert);
        assertTrue(
                EncoderFolders.files(bert).contains(part),
                EncoderFolders.files(bert).toString());
        Files.writeString(part, "other weights");
        assertNotEquals(hash, EncoderFolders.hash(bert));
        Files.delete(part);
        assertTrue(Refusal.of(() -> EncoderFolders.hash(bert)).contains("\"parts/a.safetensors\", which is missing"));
    }

    @Test
    void find_candidateThatCannotBeRead_isPassedOverAndSaid() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        EncoderInput input =
                new EncoderInput(EncoderKind.TEXT, "no such name", EncoderFolders.hash(bert), null, 32, List.of(1));
        Path run = Files.createDirectory(folder.resolve("run"));
        Path damaged = Files.createDirectory(run.resolve("text-encoder")).resolve("model.safetensors.index.json");
        Files.writeString(damaged, "{");
        String absent = Refusal.of(() -> EncoderFolders.find(input, null, run));
        assertTrue(absent.contains("which is not on this machine (" + damaged), absent);
        Files.writeString(
                run.resolve(EncoderFolders.PLACES),
                Json.object().with(input.hash(), bert.toString()).toText());
        assertEquals(bert, EncoderFolders.find(input, null, run));
    }

    /// What may not be looked into is not called missing. Root may look into all, so there is nothing to see as root.
    @Test
    void kind_folderWithoutRights_isSaidToBeClosed() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        Files.setPosixFilePermissions(bert, Set.of());
        try {
            assumeFalse(Files.isReadable(bert));
            String closed = "may not be looked into; the rights to read it, or a folder above it, are missing";
            assertEquals(bert + ": " + closed, Refusal.of(() -> EncoderKind.of(bert)));
            Path below = bert.resolve("below");
            assertEquals(below + ": " + closed, Refusal.of(() -> EncoderKind.of(below)));
        } finally {
            Files.setPosixFilePermissions(bert, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /// A name alone is looked for in the working directory, then in the cache.
    @Test
    void cache_nameOfAnEncoder_isItsFolder() throws IOException {
        List<String> log = new ArrayList<>();
        Path kept = Files.createDirectory(folder.resolve("minilm"));
        assertEquals(kept, EncoderCache.find(Path.of("MiniLM"), folder, log::add));
        assertEquals(List.of("encoder MiniLM: " + kept + " is read"), log);
        log.clear();
        Path src = Files.createDirectory(folder.resolve("src")); // as in the working directory
        assertEquals(Path.of("src"), EncoderCache.find(Path.of("src"), folder, log::add));
        assertEquals(List.of("encoder src: the one in the working directory is read, not " + src), log);
        Files.delete(kept);
        assertEquals(
                "minilm: no such folder, and none of that name in " + folder
                        + "; the command `encoder minilm` makes it",
                Refusal.of(() -> EncoderCache.find(Path.of("minilm"), folder, _ -> {})));
        assertEquals(Path.of("a/minilm"), EncoderCache.find(Path.of("a/minilm"), folder, line -> fail(line)));
    }

    /// An encoder in a folder of sentence-transformers takes along what the outer folder says of its licence.
    @Test
    void carry_encoderBelowItsModules_hasTheLicenceOfTheWhole() throws IOException {
        Path whole = folder.resolve("whole");
        Path bert = TinyEncoders.bert(whole.resolve("0_Transformer"));
        Files.writeString(bert.resolve("pytorch_model.bin"), "not read");
        Files.writeString(
                whole.resolve("modules.json"),
                "[{\"path\": \"0_Transformer\", \"type\": \"sentence_transformers.models.Transformer\"}]");
        Files.writeString(whole.resolve("LICENSE"), "of the whole");
        Files.writeString(whole.resolve("README.md"), "outer");
        Files.writeString(bert.resolve("README.md"), "inner");
        FrozenEncoders encoders = FrozenEncoders.of(
                new FrozenEncoders.Places(null, whole), EncoderUse.FROZEN, EncoderUse.FROZEN, BACKEND);
        EncoderFolders.carry(encoders, folder);
        Path carried = EncoderFolders.beside(folder, EncoderKind.TEXT);
        assertEquals("of the whole", Files.readString(carried.resolve("LICENSE")));
        assertEquals("inner", Files.readString(carried.resolve("README.md")));
        assertEquals("outer", Files.readString(carried.resolve("whole-README.md")));
        assertFalse(Files.exists(carried.resolve("pytorch_model.bin")));
        assertEquals(EncoderFolders.hash(bert), EncoderFolders.hash(carried));
    }

    @Test
    void find_givenBesideOrNowhere() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        EncoderInput input =
                new EncoderInput(EncoderKind.TEXT, "no such name", EncoderFolders.hash(bert), null, 32, List.of(1));
        assertEquals(bert, EncoderFolders.find(input, bert, null));
        Path beside = TinyEncoders.bert(folder.resolve("run").resolve("text-encoder"));
        assertEquals(beside, EncoderFolders.find(input, null, folder.resolve("run")));
        String absent = Refusal.of(() -> EncoderFolders.find(input, null, folder));
        assertTrue(absent.startsWith("encoder: this model needs the pretrained encoder no such name (hash "), absent);
        assertTrue(absent.endsWith("give its folder: ‹text-encoder DIR›"), absent);
        Path other = TinyEncoders.copy("distilbert", folder.resolve("other"));
        String wrong = Refusal.of(() -> EncoderFolders.find(input, other, null));
        assertTrue(wrong.contains("not the encoder of this model"), wrong);
        Files.writeString(
                folder.resolve(EncoderFolders.PLACES),
                Json.object().with(input.hash(), other.toString()).toText());
        String changed = Refusal.of(() -> EncoderFolders.find(input, null, folder));
        String hash = EncoderFolders.hash(other).substring(0, 12);
        assertTrue(changed.contains("(" + other + ": has another one, with hash " + hash + ")"), changed);
        Path none = Files.createDirectory(folder.resolve("none"));
        String empty = Refusal.of(() -> EncoderFolders.find(input, none, null));
        assertTrue(empty.startsWith(none + ": no encoder: it has no config.json; give the folder of"), empty);
    }

    @Test
    void of_wrongFolderOrLayer_isRefused() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        String kind = Refusal.of(() -> FrozenEncoders.of(
                new FrozenEncoders.Places(bert, null), EncoderUse.FROZEN, EncoderUse.FROZEN, BACKEND));
        assertEquals("‹audio-encoder " + bert + "›: is an encoder of text; give it with ‹text-encoder›", kind);
        String layer = Refusal.of(() -> text(bert, "1,9"));
        assertEquals(
                "settings: encoders.text.layers: \"9\" is no layer of this encoder; give all, or numbers from 0 to 3"
                        + " such as 2,3",
                layer);
        Path none = folder.resolve("none");
        String absent = Refusal.of(() -> text(none, "all"));
        assertTrue(absent.startsWith(none + ": no such folder"), absent);
        Path file = Files.createFile(folder.resolve("file"));
        String noFolder = Refusal.of(() -> text(file, "all"));
        assertTrue(noFolder.startsWith(file + ": is no folder; give the folder of a pretrained encoder"), noFolder);
    }

    @Test
    void cut_textBeyondTheEncoder_isSaid() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        FrozenText encoder = text(bert, "2");
        String longText = "so ".repeat(2000);
        int rows = encoder.states(longText).frames();
        assertEquals(
                "the text has 2002 tokens, the encoder reads " + rows + ": the rest is left out",
                encoder.cut(longText, rows));
        assertNull(encoder.cut(TEXT, encoder.states(TEXT).frames()));
    }
}
