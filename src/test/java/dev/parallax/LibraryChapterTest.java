package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.fusion.Modality;
import dev.parallax.model.EmotionModel;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.TrainingRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of `docs/library.md` are compiled and run, in their order, as one program.
@Tag("end-to-end")
class LibraryChapterTest {

    private static final Path CHAPTER = Path.of("docs/library.md");

    @TempDir
    Path folder;

    private static List<String> examples() throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(CHAPTER))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .filter(block -> !block.startsWith("module "))
                .toList();
    }

    /// The examples as one class, with the test's folder, request and printer in place of their own.
    private static String program() throws IOException {
        String lines = String.join("\n", examples())
                .replace("Path.of(\"", "folder.resolve(\"")
                .replace("new File(\"", "new File(folder.toFile(), \"")
                .replace("TrainingRequest.of(\"manifest:my.csv\")", "small")
                .replace("System.out", "out");
        String imports = Stream.concat(
                        Stream.of("java.io", "java.nio.file", "java.util", "javax.sound.sampled"),
                        ParallaxModule.exports().stream())
                .map(name -> "import " + name + ".*;\n")
                .collect(Collectors.joining());
        return imports + "public class Program {\n"
                + "public static void run(Path folder, TrainingRequest small, PrintStream out) throws Exception {\n"
                + lines + "}\n}\n";
    }

    private List<String> run() throws Exception {
        Path source = Files.writeString(folder.resolve("Program.java"), program());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertTrue(compiled, said.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, LibraryChapterTest.class.getClassLoader())) {
            TrainingRequest small = TrainingRequest.of()
                    .withCorpus(CorpusRequest.of("synthetic:3").withSize(120).withCache(folder.resolve("cache")))
                    .withModel(
                            ModelRequest.STANDARD.withModalities(Modality.TEXT).withSetting("training.epochs", "1"));
            loader.loadClass("Program")
                    .getMethod("run", Path.class, TrainingRequest.class, PrintStream.class)
                    .invoke(null, folder, small, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void examples_all_compileAndRun() throws Exception {
        float[] tone = new float[32_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = 0.3f * (float) Math.sin(0.05 * i * (1 + 0.2 * Math.sin(i * 1e-4)));
        }
        WavWriter.PCM_16.write(folder.resolve("clip.wav"), new Audio(tone, 16_000));
        Files.writeString(folder.resolve("talk.srt"), "1\n00:00:00,100 --> 00:00:01,900\nso glad you came\n");
        EmotionModel.starter().save(folder.resolve("best.safetensors"));
        List<String> said = run();
        assertTrue(said.getFirst().matches("(anger|happiness|neutral|sadness) [01][.]\\d+"), said.getFirst());
        assertTrue(said.contains("[anger, happiness, neutral, sadness]"), "the model from the stream");
        assertTrue(said.contains("2"), "two answers at once");
        assertTrue(said.stream().anyMatch(line -> line.startsWith("so glad you came: ")), "the turn");
        assertTrue(said.getLast().endsWith("missing.wav: no such file; check the path"), said.getLast());
        assertTrue(
                said.stream().anyMatch(line -> line.matches("1[.]5 s: (fused|audio|text)")),
                "the answer while somebody speaks");
        assertEquals(8, examples().size());
    }

    @Test
    void dependency_isThatOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version =
                pom.split("<artifactId>parallax</artifactId>\\s*<version>")[1].split("<")[0];
        String chapter = Files.readString(CHAPTER);
        assertTrue(chapter.contains("<version>" + version + "</version>"), version);
        assertTrue(chapter.contains("dev.parallax:parallax:" + version), version);
    }

    /// Of Parallax, its module says which modules it needs; of its libraries, `jdeps` finds the last one.
    @Test
    void modulesOfTheRuntime_areThoseThatAreNeeded() throws IOException {
        TreeSet<String> needed = new TreeSet<>(List.of("jdk.unsupported"));
        ParallaxModule.requires().stream()
                .filter(name -> name.startsWith("java.") || name.startsWith("jdk."))
                .forEach(needed::add);
        needed.removeAll(List.of("java.base", "java.desktop")); // always there; figures and the microphone
        assertEquals(List.copyOf(needed), Files.readAllLines(Path.of("deploy", "modules.txt")));
    }
}
