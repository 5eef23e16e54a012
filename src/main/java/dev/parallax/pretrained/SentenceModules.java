package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `modules.json` of a folder of sentence-transformers: what a sentence passes through to become one row. The first
/// module is the encoder, which may be in a folder below.
/// Source: Reimers and Gurevych, "Sentence-BERT", 2019; the format of the library `sentence-transformers`.
public final class SentenceModules {

    private static final String FILE = "modules.json";
    private static final String TRANSFORMER = "Transformer";

    /// A module.
    ///
    /// @param kind   the last part of its type, such as `Pooling`
    /// @param folder of its own files
    /// @param where  where it was read, for messages
    record Module(String kind, Path folder, String where) {}

    private SentenceModules() {}

    /// The folder of the encoder itself: that of the first module where there is a `modules.json`, else the folder.
    ///
    /// @throws BadInputException if `modules.json` is damaged, or its first module is no encoder
    public static Path encoder(Path folder) {
        return isThere(folder) ? of(folder).getFirst().folder : folder;
    }

    /// The folder whose `modules.json` names this one as its encoder, somewhere above; null where there is none.
    static @Nullable Path above(Path encoder) {
        Path whole = encoder.toAbsolutePath().normalize();
        for (Path folder = whole.getParent(); folder != null; folder = folder.getParent()) {
            if (isThere(folder) && names(folder, whole)) {
                return folder;
            }
        }
        return null;
    }

    private static boolean names(Path folder, Path encoder) {
        try {
            return encoder(folder).normalize().equals(encoder);
        } catch (BadInputException e) {
            return false; // a file of this name that is of something else
        }
    }

    static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /// The files that say how states become one row: `modules.json` and the settings of the modules behind the encoder.
    static List<Path> files(Path folder) {
        Stream<Path> settings = of(folder).stream().skip(1).map(module -> module.folder.resolve("config.json"));
        return Stream.concat(Stream.of(folder.resolve(FILE)), settings)
                .filter(Files::isRegularFile)
                .toList();
    }

    /// The modules, an encoder first.
    static List<Module> of(Path folder) {
        Path file = folder.resolve(FILE);
        if (!(Json.parse(file) instanceof JsonArray array)) {
            throw new BadInputException(file + ": expected an array of modules");
        }
        List<Module> modules = new ArrayList<>();
        for (JsonObject json : array.objects()) {
            String type = json.text("type");
            String kind = type.substring(type.lastIndexOf('.') + 1);
            modules.add(new Module(kind, below(folder, json), json.where("type")));
        }
        if (modules.isEmpty() || !modules.getFirst().kind.equals(TRANSFORMER)) {
            throw new BadInputException(file + ": the first module must be a " + TRANSFORMER);
        }
        return modules;
    }

    private static Path below(Path folder, JsonObject json) {
        String path = json.text("path");
        try {
            Path whole = folder.toAbsolutePath().normalize();
            if (whole.resolve(path).normalize().startsWith(whole)) {
                return path.isEmpty() ? folder : folder.resolve(path);
            }
        } catch (InvalidPathException e) {
            throw new BadInputException(json.where("path") + ": is no path", e);
        }
        throw new BadInputException(json.where("path") + ": leads out of the folder");
    }
}
