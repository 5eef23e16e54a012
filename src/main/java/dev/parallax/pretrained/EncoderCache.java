package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.CacheFolder;
import dev.parallax.io.NearbyPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/// Pretrained encoders by name: folders of `~/.cache/parallax/encoders`, where the command `encoder` puts what it
/// makes.
public final class EncoderCache {

    /// The name of the encoder that [MiniLmFolder] makes.
    public static final String MINILM = "minilm";

    private EncoderCache() {}

    /// The folder of all of them; it may be missing.
    public static Path folder() {
        return CacheFolder.of("encoders", System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /// The folder of an encoder of this name, in lower case; it may be missing.
    static Path of(String name, Path cache) {
        return cache.resolve(name.toLowerCase(Locale.ROOT));
    }

    /// The folder that a user means: a path, or a name in the cache. What is in the working directory comes first.
    ///
    /// @param given a path, or a name alone, such as `minilm`
    /// @param log   receives a line where a name is in the cache: which folder is read
    /// @throws BadInputException if a name is neither here nor there
    public static Path find(Path given, Consumer<String> log) {
        return find(given, folder(), log);
    }

    static Path find(Path given, Path cache, Consumer<String> log) {
        boolean isName = !given.isAbsolute() && given.getNameCount() == 1;
        if (!isName) {
            return given;
        }
        Path kept = of(given.toString(), cache);
        if (!Files.notExists(given)) {
            if (Files.isDirectory(kept)) {
                log.accept("encoder " + given + ": the one in the working directory is read, not " + kept);
            }
            return given;
        }
        if (Files.isDirectory(kept)) {
            log.accept("encoder " + given + ": " + kept + " is read");
            return kept;
        }
        boolean isMade = given.toString().equalsIgnoreCase(MINILM);
        throw new BadInputException(given + ": no such folder" + NearbyPath.hint(given) + ", and none of that name in "
                + cache + "; "
                + (isMade
                        ? "the command `encoder " + MINILM + "` makes it"
                        : "give the folder of a pretrained encoder, with config.json and weights"));
    }
}
