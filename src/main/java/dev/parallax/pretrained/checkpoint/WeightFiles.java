package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds the weights of a model and opens them: which file of a folder, in which format, and for weights
/// in several files the index that says which tensor is in which file: `{"weight_map":
/// {"encoder.layer.0...": "model-00001-of-00002.safetensors", ...}}`.
final class WeightFiles {

    /// In the order of choice: safetensors first, since it is data and no program.
    private static final List<String> CHOICES = List.of(
            "model.safetensors",
            "model.safetensors.index.json",
            "pytorch_model.bin",
            "pytorch_model.bin.index.json",
            "model.pt",
            "emotion2vec_base.pt");

    /// Weights in formats of other programs.
    private static final List<String> OTHERS =
            List.of("tf_model.h5", "flax_model.msgpack", "rust_model.ot", "model.ckpt.index", "model.onnx");

    private static final String INDEX = ".index.json";
    private static final byte[] LFS_POINTER = "version https://git-lfs.github.com/".getBytes(StandardCharsets.US_ASCII);

    private WeightFiles() {}

    private enum Format {
        SAFETENSORS("safetensors"),
        TORCH("PyTorch");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        /// By the name's ending; what a file really is, its reader checks.
        static Format of(Path file) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".safetensors")) {
                return SAFETENSORS;
            }
            if (name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth")) {
                return TORCH;
            }
            throw new BadInputException(
                    file + ": is no file of weights by its name; expected .safetensors, .bin, .pt or .pth");
        }
    }

    static Checkpoint open(Path path) {
        if (!Files.isDirectory(path)) {
            return open(path, "");
        }
        List<String> there = there(path);
        List<String> rest = there.subList(1, there.size());
        return open(path.resolve(there.getFirst()), rest.isEmpty() ? "" : "; not read: " + String.join(", ", rest));
    }

    /// The files that [#open] reads of a folder.
    static List<Path> files(Path folder) {
        Path first = folder.resolve(there(folder).getFirst());
        if (!first.toString().endsWith(INDEX)) {
            return List.of(first);
        }
        JsonObject map = Json.parseObject(first).object("weight_map");
        Set<String> names = new TreeSet<>();
        map.fields().keySet().forEach(tensor -> names.add(map.text(tensor)));
        names.forEach(name -> shard(first, name)); // refuses one that is missing or elsewhere
        return Stream.concat(Stream.of(first), names.stream().map(folder::resolve))
                .toList();
    }

    /// The names of the files with weights, the one that is read first.
    private static List<String> there(Path folder) {
        List<String> there = CHOICES.stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
        if (there.isEmpty()) {
            throw noWeights(folder);
        }
        return there;
    }

    private static BadInputException noWeights(Path folder) {
        List<String> others = OTHERS.stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
        return new BadInputException(folder + ": has no weights; expected one of " + CHOICES
                + (others.isEmpty() ? "" : "; " + String.join(", ", others) + " of other programs cannot be read"));
    }

    private static Checkpoint open(Path file, String rest) {
        return Checkpoint.mapped(arena -> file.toString().endsWith(INDEX)
                ? severalFiles(file, rest, arena)
                : checkpoint(file, Format.of(file).label + ", ", tensors(file, arena), rest, arena));
    }

    private static Checkpoint checkpoint(
            Path file, String format, Map<String, StoredTensor> tensors, String rest, Arena arena) {
        String description = file + ": " + format + tensors.size() + " tensors" + rest;
        return new Checkpoint(file.toString(), description, tensors, arena);
    }

    private static Map<String, StoredTensor> tensors(Path file, Arena arena) {
        Format format = Format.of(file);
        MemorySegment bytes = SafeFiles.map(file, arena);
        checkIsNoPointer(bytes, file);
        return switch (format) {
            case SAFETENSORS -> SafeTensorsFile.tensors(bytes, file.toString());
            case TORCH -> TorchFile.tensors(bytes, file.toString());
        };
    }

    /// A clone without Git LFS has small text files in place of weights.
    private static void checkIsNoPointer(MemorySegment bytes, Path file) {
        long length = Math.min(bytes.byteSize(), LFS_POINTER.length);
        if (bytes.asSlice(0, length).mismatch(MemorySegment.ofArray(LFS_POINTER)) < 0) {
            throw new BadInputException(file + ": is a pointer of Git LFS in place of the weights; fetch them with"
                    + " \"git lfs pull\", or download the file itself");
        }
    }

    // ---- weights in several files ----

    private static Checkpoint severalFiles(Path index, String rest, Arena arena) {
        JsonObject map = Json.parseObject(index).object("weight_map");
        Map<String, Map<String, StoredTensor>> shards = new HashMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : map.fields().keySet()) {
            String shard = map.text(name);
            Map<String, StoredTensor> there = shards.get(shard);
            if (there == null) {
                there = tensors(shard(index, shard), arena);
                shards.put(shard, there);
            }
            StoredTensor tensor = there.get(name);
            if (tensor == null) {
                throw new BadInputException(index + ": tensor " + Quoted.of(name) + " should be in " + Quoted.of(shard)
                        + ", and is not; fetch both again");
            }
            tensors.put(name, tensor);
        }
        return checkpoint(index, shards.size() + " files, ", tensors, rest, arena);
    }

    /// A file that an index names, in its folder or below.
    private static Path shard(Path index, String name) {
        Path folder = index.resolveSibling("").toAbsolutePath().normalize();
        Path shard;
        try {
            shard = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new BadInputException(index + ": " + Quoted.of(name) + " is no name of a file", e);
        }
        if (!shard.startsWith(folder) || shard.equals(folder)) {
            throw new BadInputException(
                    index + ": names " + Quoted.of(name) + ", which is not in its folder; that is refused");
        }
        if (!Files.exists(shard)) {
            throw new BadInputException(index + ": names " + Quoted.of(name) + ", which is missing; fetch it too");
        }
        return shard;
    }
}
