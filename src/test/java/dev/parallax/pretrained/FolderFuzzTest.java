package dev.parallax.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Folders of encoders, one small file of which is damaged: bytes, values, keys, depth. Such a folder gives states or
/// one line of refusal, and never makes its reader allocate more than small encoders need.
/// `-Dparallax.mutations=1000000` tries more.
class FolderFuzzTest {

    private static final int MUTATIONS = Integer.getInteger("parallax.mutations", 40_000) / 200;
    private static final long MOST_BYTES = 64 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STREAM = 78;
    private static final int DEEP = 100_000;
    private static final float[] FRAMES = new float[720];

    /// Keys of a `config.json` that an encoder may read.
    private static final Pattern READ = Pattern.compile(
            "_type|d_model|_size|layer|head|conv|dim|position|_act|activation|eps|dropout|pad_token|norm|bucket|mel|ffn"
                    + "|is_decoder|embedding");

    private static final List<String> TELLING = List.of(
            "-1",
            "0",
            "1",
            "2",
            "65536",
            "65535",
            "2147483647",
            "-2147483648",
            "1000000000",
            "9223372036854775807",
            "1e300",
            "-1e300",
            "1e-300",
            "0.5",
            "NaN",
            "Infinity",
            "null",
            "true",
            "false",
            "\"\"",
            "\"x\"",
            "\"NaN\"",
            "\"\\u0000\"",
            "\"\\uD83D\"",
            "[]",
            "{}",
            "[-1]",
            "[65536]",
            "[0, 0, 0, 0, 0, 0, 0]",
            "[65536, 65536, 65536, 65536, 65536, 65536, 65536]");

    @TempDir
    private Path folder;

    private final Backend backend = new ScalarBackend();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Names separated by blanks are copied into the folder; the file is damaged.
    @ParameterizedTest
    @CsvSource({
        "bert tokenizer/bert, config.json",
        "bert tokenizer/bert, tokenizer.json",
        "bert tokenizer/bert/vocab.txt, vocab.txt",
        "bert tokenizer/bert/vocab.txt tokenizer/bert/tokenizer_config.json, tokenizer_config.json",
        "distilbert tokenizer/bert/vocab.txt, config.json",
        "roberta tokenizer/roberta/vocab.json tokenizer/roberta/merges.txt, vocab.json",
        "roberta tokenizer/roberta/vocab.json tokenizer/roberta/merges.txt, merges.txt",
        "roberta tokenizer/roberta/vocab.json tokenizer/roberta/merges.txt, config.json",
        "minilm tokenizer/bert tokenizer/minilm, sentence_bert_config.json",
        "minilm tokenizer/bert tokenizer/minilm, modules.json",
        "minilm tokenizer/bert tokenizer/minilm, 1_Pooling/config.json",
        "minilm tokenizer/bert tokenizer/minilm, model.safetensors.index.json",
        "minilm tokenizer/bert tokenizer/minilm, README.md",
        "hubert-base, config.json",
        "hubert-base, preprocessor_config.json",
        "wavlm-large, config.json",
        "data2vec-audio, config.json",
        "whisper-encoder, config.json",
        "whisper-encoder, preprocessor_config.json",
        "emotion2vec, config.yaml",
    })
    void folder_withADamagedFile_givesStatesOrARefusal(String files, String name) throws IOException {
        GoldenFolders.copy(folder, files.split(" "));
        complete(name);
        Path file = folder.resolve(name);
        if (name.equals("config.json")) {
            Files.writeString(file, withoutUnread(Json.parseObject(file)).toText());
        }
        String whole = Files.readString(file);
        use(); // it is good before it is damaged
        Map<String, String> failures = new TreeMap<>();
        int[] read = new int[1];
        int count = files.startsWith("whisper") ? MUTATIONS / 4 : MUTATIONS;
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int i = 0; i < count; i++) {
                RandomStream random = new RandomStream(20231, i, STREAM, name.hashCode());
                Files.write(file, damaged(whole, name, random));
                read[0] += tried(i, failures);
            }
        });
        assertEquals(Map.of(), failures);
        assertTrue(read[0] < count || name.equals("README.md"), "nothing is refused");
        assertTrue(read[0] > 0, "everything is refused");
    }

    /// Most of a `config.json` is about training and writing texts, and is never read.
    private static JsonObject withoutUnread(JsonObject config) {
        JsonObject read = Json.object();
        for (String key : config.fields().keySet()) {
            if (READ.matcher(key).find()) {
                read = read.with(key, Objects.requireNonNull(config.get(key)));
            }
        }
        return read;
    }

    /// The files that the golden folders lack.
    private void complete(String name) throws IOException {
        switch (name) {
            case "modules.json", "1_Pooling/config.json" -> {
                Files.writeString(folder.resolve("modules.json"), """
                        [{"path": "", "type": "sentence_transformers.models.Transformer"},
                         {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                         {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]""");
                Files.createDirectory(folder.resolve("1_Pooling"));
                Files.writeString(folder.resolve("1_Pooling/config.json"), """
                        {"word_embedding_dimension": 32, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}""");
            }
            case "model.safetensors.index.json" -> {
                Files.move(folder.resolve("model.safetensors"), folder.resolve("part.safetensors"));
                JsonObject map = Json.object();
                for (String tensor :
                        SafeTensors.read(folder.resolve("part.safetensors")).names()) {
                    map = map.with(tensor, "part.safetensors");
                }
                Files.writeString(
                        folder.resolve(name),
                        Json.object()
                                .with(
                                        "metadata",
                                        Json.object().with("total_size", 1).with("format", "pt"))
                                .with("weight_map", map)
                                .toText());
            }
            case "README.md" -> Files.writeString(folder.resolve(name), "---\nlicense: mit\n---\nfor research only\n");
            default -> {}
        }
    }

    /// What a user does with a folder.
    private void use() {
        EncoderCard.of(folder);
        Path own = SentenceModules.encoder(folder);
        if (EncoderKind.of(own) == EncoderKind.TEXT) {
            SentencePooling pooling = SentencePooling.of(folder);
            FrozenStates.ofText(folder, "so happy", backend, _ -> {}).pooled(pooling);
        } else {
            FrozenStates.ofRecording(folder, FRAMES, backend);
        }
    }

    /// 1 if the folder gives states.
    private int tried(int mutation, Map<String, String> failures) {
        long before = threads.getCurrentThreadAllocatedBytes();
        int read = 0;
        try {
            use();
            read = 1;
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("\n") || message.isBlank()) {
                failures.put("message of several lines or none", mutation + ": " + message);
            }
        } catch (RuntimeException | Error e) {
            String at = Arrays.stream(e.getStackTrace())
                    .limit(3)
                    .map(StackTraceElement::toString)
                    .toList()
                    .toString();
            failures.put(e + " " + at, "mutation " + mutation);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MOST_BYTES) {
            failures.put("allocates " + (allocated >> 20) + " MB", "mutation " + mutation);
        }
        return read;
    }

    /// What a `config.json` describes is compared with the weights before memory is taken for it.
    @ParameterizedTest
    @CsvSource({
        "vocab_size, 30000000, 'tensor \"embeddings.word_embeddings.weight\" has the sizes [139, 32], config.json says"
                + " [30000000, 32]'",
        "hidden_size, 65536, 'its settings are too large: shape [196608, 65536]: more elements than 2^31 - 1'",
        "hidden_size, 2147483647, '\"hidden_size\" is 2147483647, must be in [1, 65536]'",
        "num_hidden_layers, 1000000000, '\"num_hidden_layers\" is 1000000000, must be in [1, 256]'",
        "num_hidden_layers, 256, 'no tensor \"encoder.layer.3.attention.self.query.weight\"'",
        "intermediate_size, 65536, 'has the sizes [48, 32], config.json says [65536, 32]'",
    })
    void read_hugeSizes_areRefusedBeforeMemoryIsTaken(String key, long value, String message) throws IOException {
        GoldenFolders.copy(folder, "bert", "tokenizer/bert");
        Path file = folder.resolve("config.json");
        Files.writeString(file, Json.parseObject(file).with(key, value).toText());
        long before = threads.getCurrentThreadAllocatedBytes();
        String refusal = Refusal.of(this::use);
        assertTrue(refusal.contains(message), refusal);
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < MOST_BYTES / 4);
    }

    /// 2^31 samples and more, which no recording has.
    @Test
    void ofRecording_stridesWhoseProductIsHuge_areRefused() throws IOException {
        GoldenFolders.copy(folder, "hubert-base");
        Path file = folder.resolve("config.json");
        Json strides = Json.of(List.of(1, 1, 1, 1, 32_768, 65_536, 2));
        Files.writeString(
                file, Json.parseObject(file).with("conv_stride", strides).toText());
        assertEquals(
                "the recording has 720 samples at 16000 Hz, the encoder reads at least 2147483647; give a longer one",
                Refusal.of(this::use));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mlp_ratio; NaN; model_conf.mlp_ratio is \"NaN\", expected a number that gives at most 65536 columns",
                "mlp_ratio; -4; model_conf.mlp_ratio is \"-4\", expected a number that gives at most 65536 columns",
                "norm_eps; 0; model_conf.norm_eps is 0, must be in (0, 1)",
                "normalize; maybe; model_conf.normalize is \"maybe\", expected true or false",
                "feature_encoder_spec; [(512, 10, 0)]; is \"[(512, 10, 0)]\", expected no zero",
                "depth; 1000000000; model_conf.depth is 1000000000, must be in [1, 256]",
            })
    void read_yamlWithAValueThatCannotBe_namesIt(String key, String value, String message) throws IOException {
        GoldenFolders.copy(folder, "emotion2vec");
        Path file = folder.resolve("config.yaml");
        String yaml = Files.readString(file);
        String changed = yaml.replaceFirst("(?m)^( +" + key + "):.*$", "$1: " + value);
        assertFalse(changed.equals(yaml));
        Files.writeString(file, changed);
        String refusal = Refusal.of(this::use);
        assertTrue(refusal.contains(message), refusal);
    }

    // ---- damage ----

    private static byte[] damaged(String whole, String name, RandomStream random) {
        boolean isJson = name.endsWith(".json");
        if (random.nextInt(4) == 0) {
            return bytes(whole.getBytes(StandardCharsets.UTF_8), random);
        }
        String text = isJson ? json(whole, random) : lines(whole, name.endsWith(".yaml"), random);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Bytes changed, a stretch cut out, or the end cut off.
    private static byte[] bytes(byte[] whole, RandomStream random) {
        byte[] bytes = whole.clone();
        for (int n = 1 + random.nextInt(3); n > 0 && bytes.length > 1; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> {
                    int length = Math.min(1 + random.nextInt(8), bytes.length - at);
                    byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
                    System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
                default -> bytes = Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    /// A line removed, doubled, moved, or emptied; in YAML the value of a key replaced.
    private static String lines(String whole, boolean isYaml, RandomStream random) {
        List<String> lines = new ArrayList<>(List.of(whole.split("\n", -1)));
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            int at = random.nextInt(lines.size());
            String telling = TELLING.get(random.nextInt(TELLING.size()));
            if (isYaml && random.nextInt(4) != 0) {
                String value = random.nextInt(4) == 0
                        ? "[(" + random.nextInt(3) + ", " + random.nextInt(3) + ", " + random.nextInt(2) + ")] * 2"
                        : telling;
                boolean isPart = lines.get(at).contains("[(") && random.nextInt(2) == 0;
                lines.set(
                        at,
                        isPart
                                ? lines.get(at).replaceFirst("\\d+\\)", random.nextInt(3) * 50_000 + ")")
                                : lines.get(at).replaceFirst(":.*", ": " + value.replace("\\", "")));
                continue;
            }
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.set(at, "");
                case 3 -> lines.set(at, lines.get(at) + " " + telling);
                default -> lines.set(at, " ".repeat(random.nextInt(DEEP)) + lines.get(at));
            }
            if (lines.isEmpty()) {
                break;
            }
        }
        return String.join("\n", lines);
    }

    /// Values replaced or taken out.
    private static String json(String whole, RandomStream random) {
        if (random.nextInt(100) == 0) {
            return "[".repeat(DEEP);
        }
        Json json = Json.parse(whole, "whole");
        List<String> tokens = new ArrayList<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            int[] left = {1 + random.nextInt(Math.max(1, count(json) - 1))};
            json = changed(json, left, tokens, random);
        }
        String text = json.toText();
        for (int i = 0; i < tokens.size(); i++) {
            text = text.replace("\"@" + i + "@\"", tokens.get(i));
        }
        return text;
    }

    private static int count(Json json) {
        return 1
                + switch (json) {
                    case JsonObject object ->
                        object.fields().values().stream()
                                .mapToInt(FolderFuzzTest::count)
                                .sum();
                    case JsonArray array ->
                        array.items().stream().mapToInt(FolderFuzzTest::count).sum();
                    default -> 0;
                };
    }

    /// The document with one value dropped, or replaced by a mark for what is no JSON, too.
    ///
    /// @param left how many values, in the order of the document, are passed before it
    private static Json changed(Json json, int[] left, List<String> tokens, RandomStream random) {
        if (left[0]-- == 0) {
            tokens.add(
                    random.nextInt(8) == 0
                            ? "[".repeat(50) + "]".repeat(50)
                            : TELLING.get(random.nextInt(TELLING.size())));
            return new Json.Text("@" + (tokens.size() - 1) + "@");
        }
        return switch (json) {
            case JsonObject object -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                object.fields().forEach((key, value) -> {
                    if (left[0] == 0 && random.nextInt(4) == 0) {
                        left[0]--;
                    } else {
                        fields.put(key, changed(value, left, tokens, random));
                    }
                });
                yield Json.object(fields);
            }
            case JsonArray array ->
                Json.array(array.items().stream()
                        .map(each -> changed(each, left, tokens, random))
                        .toList());
            default -> json;
        };
    }

    @ParameterizedTest
    @CsvSource({"config.json", "vocab.txt", "config.yaml"})
    void damaged_sameSeed_givesTheSameBytes(String name) {
        String whole = name.endsWith(".json") ? "{\"a\": 1, \"b\": [2, 3]}" : "a: 1\nb: 2\n";
        byte[] once = damaged(whole, name, new RandomStream(1, 2, STREAM, 3));
        assertEquals(0, Arrays.compare(once, damaged(whole, name, new RandomStream(1, 2, STREAM, 3))));
        assertFalse(Arrays.equals(whole.getBytes(StandardCharsets.UTF_8), once));
    }
}
