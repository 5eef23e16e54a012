package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.checkpoint.EncoderWeights;
import dev.parallax.pretrained.encoder.EncoderKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the folder of an encoder by the hash of its files. A model names its encoders by hash alone, so it is the same
/// file on every machine.
/// A file beside it notes where they were.
public final class EncoderFolders {

    /// The files beside the weights that decide what an encoder computes.
    private static final Set<String> SETTINGS = Set.of(
            "config.json",
            "config.yaml",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "sentence_bert_config.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            "preprocessor_config.json");

    /// The file beside a model that notes where its encoders are.
    public static final String PLACES = "encoders.json";

    private EncoderFolders() {}

    /// The folder beside a model's file that carries an encoder of it.
    ///
    /// @param kind what the encoder reads
    public static Path beside(Path modelFolder, EncoderKind kind) {
        return modelFolder.resolve((kind == EncoderKind.TEXT ? "text" : "audio") + "-encoder");
    }

    /// SHA-256 of the files that an encoder is read from: settings, tokenizer, and the weights that are read where the
    /// folder has several; in hex.
    ///
    /// @throws BadInputException if the folder cannot be read or has no weights
    public static String hash(Path folder) {
        StringBuilder all = new StringBuilder();
        for (Path file : files(folder)) {
            all.append(folder.relativize(file))
                    .append(' ')
                    .append(SafeFiles.sha256(file))
                    .append('\n');
        }
        return SafeFiles.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The files that [#hash] is of, in the order of their names.
    ///
    /// @throws BadInputException if the folder cannot be read or has no weights
    static List<Path> files(Path folder) {
        return Stream.concat(settings(folder).stream(), Checkpoint.files(folder).stream())
                .sorted()
                .toList();
    }

    /// Those of them that are no weights.
    static List<Path> settings(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    folder + ": no such folder; give the folder of a pretrained encoder, with config.json and weights");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile)
                    .filter(file -> SETTINGS.contains(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw SafeFiles.unreadable(folder.toString(), e);
        }
    }

    /// One line on the weights of an encoder: their file and format, and what is there and not read, since the encoder
    /// has no such tensor.
    ///
    /// @param given the folder of the encoder, or of the sentence-transformer that has it
    /// @throws BadInputException if it has no weights, or they are damaged
    public static String describeWeights(Path given) {
        return EncoderWeights.describe(SentenceModules.encoder(given));
    }

    /// Notes beside a model's file where its encoders are on this machine.
    ///
    /// @param modelFolder is there
    public static void note(FrozenEncoders encoders, Path modelFolder) {
        JsonObject places = Json.object();
        FrozenSpeech audio = encoders.audio();
        FrozenText text = encoders.text();
        if (audio != null) {
            places = places.with(audio.input().hash(), absolute(audio.folder()));
        }
        if (text != null) {
            places = places.with(text.input().hash(), absolute(text.folder()));
        }
        if (!places.fields().isEmpty()) {
            SafeFiles.write(modelFolder.resolve(PLACES), (places.toText() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Copies the encoders of a model beside its file, with what their folders say of their licence: with them it needs
    /// nothing else.
    ///
    /// @param modelFolder is there
    public static void carry(FrozenEncoders encoders, Path modelFolder) {
        FrozenSpeech audio = encoders.audio();
        FrozenText text = encoders.text();
        if (audio != null) {
            copy(audio.folder(), beside(modelFolder, EncoderKind.SPEECH));
        }
        if (text != null) {
            copy(text.folder(), beside(modelFolder, EncoderKind.TEXT));
        }
    }

    private static void copy(Path from, Path to) {
        SafeFiles.createFolder(to);
        List<Path> licences = LicenceFiles.in(from);
        for (Path file : Stream.concat(files(from).stream(), licences.stream()).toList()) {
            Path copy = to.resolve(from.relativize(file));
            SafeFiles.createFolder(Objects.requireNonNull(copy.getParent()));
            SafeFiles.copy(file, copy);
        }
        Path whole = SentenceModules.above(from);
        for (Path file : whole == null ? List.<Path>of() : LicenceFiles.in(whole)) {
            String name = file.getFileName().toString();
            boolean isTaken = licences.contains(from.resolve(name));
            SafeFiles.copy(file, to.resolve(isTaken ? "whole-" + name : name));
        }
    }

    private static String absolute(Path folder) {
        return folder.toAbsolutePath().normalize().toString();
    }

    /// The folder of an encoder: one that is given, the one beside the model, where it was when the model was trained,
    /// or one of the user's cache.
    ///
    /// @param given       by the user, or null
    /// @param modelFolder of the model's file, or null
    /// @throws BadInputException if none of them has it
    public static Path find(EncoderInput input, @Nullable Path given, @Nullable Path modelFolder) {
        if (given != null) {
            Path folder = SentenceModules.encoder(given);
            EncoderKind.of(folder); // refuses a folder that has no encoder at all
            String found = hash(folder);
            if (!found.equals(input.hash())) {
                throw new BadInputException(given + ": not the encoder of this model: it needs " + input.name()
                        + " with hash " + input.hash().substring(0, 12) + ", this one has " + found.substring(0, 12)
                        + "; give the folder that it was trained with");
            }
            return folder;
        }
        List<String> unread = new ArrayList<>();
        for (Path candidate : candidates(input, modelFolder)) {
            try {
                if (Files.isDirectory(candidate)) {
                    String found = hash(candidate);
                    if (found.equals(input.hash())) {
                        return candidate;
                    }
                    unread.add(candidate + ": has another one, with hash " + found.substring(0, 12));
                }
            } catch (BadInputException e) {
                unread.add(e.getMessage()); // another one may be it
            }
        }
        throw new BadInputException("encoder: this model needs the pretrained encoder " + input.name() + " (hash "
                + input.hash().substring(0, 12) + "), which is not on this machine"
                + (unread.isEmpty() ? "" : " (" + String.join("; ", unread) + ")") + "; give its folder: ‹"
                + input.modality() + "-encoder DIR›");
    }

    private static List<Path> candidates(EncoderInput input, @Nullable Path modelFolder) {
        List<Path> all = new ArrayList<>();
        if (modelFolder != null) {
            all.add(beside(modelFolder, input.kind()));
            noted(input, modelFolder.resolve(PLACES)).ifPresent(all::add);
        }
        all.add(EncoderCache.of(input.name(), EncoderCache.folder()));
        return all;
    }

    private static Optional<Path> noted(EncoderInput input, Path places) {
        if (!Files.isRegularFile(places)) {
            return Optional.empty();
        }
        try {
            JsonObject json = Json.parseObject(places);
            return json.has(input.hash()) ? Optional.of(Path.of(json.text(input.hash()))) : Optional.empty();
        } catch (BadInputException | InvalidPathException e) {
            return Optional.empty(); // a damaged note says nothing
        }
    }
}
