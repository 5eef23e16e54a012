package dev.parallax.spark;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.cli.command.StandardStream;
import dev.parallax.io.Csv;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/// A Spark in this JVM with two cores, and commands run on it.
final class LocalSession {

    private LocalSession() {}

    /// The session that all tests share; it ends with the JVM.
    static synchronized SparkSession get() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 3)
                .config("spark.hadoop.fs.other.impl", OtherFiles.class.getName())
                .config("spark.sql.extensions", "dev.parallax.spark.ParallaxExtension")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
                .getOrCreate();
    }

    /// What a command printed, and its exit code.
    record Ran(int code, String out, String err) {}

    /// Runs a command of Parallax on Spark.
    static Ran spark(String... words) {
        get();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(List.of(words), new StandardStream(out), new StandardStream(err));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Runs a command of Parallax on one machine.
    static Ran local(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = dev.parallax.cli.Main.run(words, out, err);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Writes `wav/` and `manifest.csv` with so many voices, each of another pitch, and sentences; every tenth row is
    /// broken.
    static Path manifest(Path folder, int rows) throws Exception {
        Files.createDirectories(folder.resolve("wav"));
        List<List<String>> table = new ArrayList<>();
        List<String> words =
                List.of("thank you so much", "I hate this", "so sad, \"really\"", "-30 degrees, how lovely 🏳️‍🌈");
        for (int i = 0; i < rows; i++) {
            String audio = "wav/clip" + i + ".wav";
            Path file = folder.resolve(audio);
            if (i % 10 == 3) {
                Files.writeString(file, "no sound");
            } else if (i % 10 == 7) {
                audio = "wav/missing.wav";
            } else {
                WavWriter.PCM_16.write(file, hum(90 + 7 * i, 0.6 + i % 5 * 0.3));
            }
            table.add(
                    List.of("clip" + i, audio, words.get(i % words.size()), "d" + i % 3, "" + (rows - i), "s" + i % 2));
        }
        Path manifest = folder.resolve("manifest.csv");
        Csv.write(manifest, List.of("id", "audio", "text", "dialogue", "turn", "speaker"), table);
        return manifest;
    }

    /// Ten harmonics of a pitch [Hz].
    static Audio hum(double pitch, double seconds) {
        float[] samples = new float[(int) (16000 * seconds)];
        for (int i = 0; i < samples.length; i++) {
            for (int partial = 1; partial <= 10; partial++) {
                samples[i] += (float) (0.2 * Math.sin(2 * Math.PI * pitch * partial * i / 16000) / partial);
            }
        }
        return new Audio(samples, 16000);
    }
}
