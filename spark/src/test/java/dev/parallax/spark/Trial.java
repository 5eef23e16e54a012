package dev.parallax.spark;

import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// Makes the tables that `spark/trial` scores, and compares answers with those of `predict --manifest`.
///
///     Trial table WAVS TEXTS FOLDER ROWS [BROKEN]   1 row in BROKEN is broken, in eight ways
///     Trial dialogues FOLDER TURNS LENGTH            TURNS sentences in dialogues of LENGTH turns
///     Trial training FOLDER                          dialogues with emotions, to train a model on
///     Trial packing FOLDER PARQUET                   reads files one by one, packs them, reads the packed ones
///     Trial same ANSWERS LINES                       answers as a table and as lines: the same?
///     Trial once ANSWERS COUNT                       so many ids in a stream's table, each once?
///     Trial send BROKER TOPIC                        sends each line of its input to a topic of Kafka, as it comes
final class Trial {

    private Trial() {}

    public static void main(String[] args) throws Exception {
        boolean isGood = switch (args[0]) {
            case "table" ->
                table(
                        Path.of(args[1]),
                        Path.of(args[2]),
                        Path.of(args[3]),
                        Integer.parseInt(args[4]),
                        args.length > 5 ? Integer.parseInt(args[5]) : 0);
            case "dialogues" -> dialogues(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "training" -> training(Path.of(args[1]));
            case "packing" -> packing(args[1], args[2]);
            case "same" -> same(args[1], Path.of(args[2]));
            case "send" -> send(args[1], args[2]);
            case "once" -> once(args[1], Long.parseLong(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        };
        if (!isGood) {
            System.exit(1);
        }
    }

    /// Links the recordings, breaks copies of one in eight ways, and names them over and over beside other sentences.
    private static boolean table(Path wavs, Path texts, Path folder, int rows, int broken) throws IOException {
        Files.createDirectories(folder.resolve("wav"));
        List<Path> files;
        try (Stream<Path> all = Files.list(wavs)) {
            files = all.filter(file -> file.toString().endsWith(".wav"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Path copy = folder.resolve("wav").resolve(file.getFileName());
            if (!Files.exists(copy)) {
                link(file, copy);
            }
        }
        List<String> wrong = breakOne(Files.readAllBytes(files.getFirst()), folder.resolve("wav"));
        List<String> sentences = Files.readAllLines(texts);
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean isBroken = broken > 0 && i % broken == broken / 2;
            String audio = isBroken
                    ? wrong.get(i / broken % wrong.size())
                    : "wav/" + files.get(i % files.size()).getFileName();
            table.add(List.of(
                    "clip" + i, audio, sentences.get(i % sentences.size()).split("\t")[0]));
        }
        Csv.write(folder.resolve("manifest.csv"), List.of("id", "audio", "text"), table);
        System.out.println(folder.resolve("manifest.csv") + ": " + rows + " rows of " + files.size() + " recordings");
        return true;
    }

    /// A second name of a file, which takes no room; a copy where the disk is another one.
    private static void link(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, name);
        }
    }

    /// Eight files that are no good recordings.
    private static List<String> breakOne(byte[] wav, Path folder) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        all.put("empty", new byte[0]);
        all.put("truncated", Arrays.copyOf(wav, wav.length / 2));
        all.put("header-alone", Arrays.copyOf(wav, 20));
        all.put("text", "this is no sound".getBytes(StandardCharsets.UTF_8));
        all.put(
                "lfs-pointer",
                "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12345\n"
                        .getBytes(StandardCharsets.UTF_8));
        ByteBuffer nan = ByteBuffer.allocate(44 + 4 * 16000).order(ByteOrder.LITTLE_ENDIAN);
        nan.put("RIFF".getBytes())
                .putInt(36 + 4 * 16000)
                .put("WAVEfmt ".getBytes())
                .putInt(16);
        nan.putShort((short) 3)
                .putShort((short) 1)
                .putInt(16000)
                .putInt(64000)
                .putShort((short) 4)
                .putShort((short) 32);
        nan.put("data".getBytes()).putInt(4 * 16000);
        nan.putFloat(44 + 4 * 8000, Float.NaN);
        all.put("nan", nan.array());
        byte[] flac = Arrays.copyOf("fLaC".getBytes(StandardCharsets.US_ASCII), 4000);
        all.put("flac-damaged", flac);
        List<String> names = new ArrayList<>(List.of("wav/missing.wav"));
        for (Map.Entry<String, byte[]> each : all.entrySet()) {
            Files.write(folder.resolve("broken-" + each.getKey() + ".wav"), each.getValue());
            names.add("wav/broken-" + each.getKey() + ".wav");
        }
        return names;
    }

    private static boolean dialogues(Path folder, int turns, int length) throws IOException {
        Files.createDirectories(folder);
        List<String> words = List.of("thank you", "how lovely", "so glad", "I hate this", "go away", "how dare you");
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            table.add(List.of("t" + i, words.get(i * 7 % 6) + " " + i % 100, "d" + i / length, "" + i % length));
        }
        Csv.write(folder.resolve("manifest.csv"), List.of("id", "text", "dialogue", "turn"), table);
        return true;
    }

    private static boolean training(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> happy = List.of("thank you", "how lovely", "so glad", "what a joy");
        List<String> angry = List.of("I hate this", "go away", "how dare you", "shut up");
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int dialogue = i / 4;
            boolean isHappy = (dialogue + i) % 2 == 0;
            table.add(List.of(
                    "u" + i,
                    (isHappy ? happy : angry).get((dialogue / 2 + i) % 4),
                    isHappy ? "happiness" : "anger",
                    "d" + dialogue,
                    "" + i % 4,
                    dialogue < 60 ? "train" : dialogue < 80 ? "val" : "test"));
        }
        Csv.write(folder.resolve("manifest.csv"), List.of("id", "text", "emotion", "dialogue", "turn", "split"), table);
        return true;
    }

    /// Times the bytes alone: nothing is decoded or answered.
    private static boolean packing(String folder, String parquet) {
        time(
                "listing and reading files one by one",
                () -> spark().read().format("binaryFile").load(folder));
        long start = System.nanoTime();
        spark().read()
                .format("binaryFile")
                .load(folder)
                .selectExpr("path AS id", "content AS audio")
                .write()
                .parquet(parquet);
        System.out.printf("packing them: %.1f s%n", (System.nanoTime() - start) / 1e9);
        time("reading the packed ones", () -> spark().read().parquet(parquet).withColumnRenamed("audio", "content"));
        return true;
    }

    private static void time(String what, java.util.function.Supplier<org.apache.spark.sql.Dataset<Row>> table) {
        for (int round = 1; round <= 2; round++) {
            long start = System.nanoTime();
            Row sum = table.get()
                    .selectExpr("count(1)", "sum(length(content))", "sum(crc32(content) % 2)")
                    .first();
            System.out.printf(
                    "%s, round %d: %.1f s for %d files, %.0f MB%n",
                    what, round, (System.nanoTime() - start) / 1e9, sum.getLong(0), sum.getLong(1) / 1e6);
        }
    }

    private static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }

    /// Compares each line with the table, bit for bit: a number is written with all its digits.
    private static boolean same(String answers, Path lines) throws IOException {
        Map<String, String> scored = new HashMap<>();
        long twice = 0;
        Iterator<Row> rows =
                spark().read().parquet(answers).select("id", "json").toLocalIterator();
        while (rows.hasNext()) {
            Row row = rows.next();
            twice += scored.put(row.getString(0), row.getString(1)) == null ? 0 : 1;
        }
        Map<String, String> refused = new HashMap<>();
        rows = spark().read()
                .parquet(answers + "-refused")
                .select("id", "error")
                .toLocalIterator();
        while (rows.hasNext()) {
            Row row = rows.next();
            twice += refused.put(row.getString(0), row.getString(1)) == null ? 0 : 1;
        }
        long same = 0;
        long sameReason = 0;
        List<String> different = new ArrayList<>();
        Map<String, Integer> reasons = new TreeMap<>();
        try (Stream<String> all = Files.lines(lines)) {
            for (String line : (Iterable<String>) all::iterator) {
                JsonObject json = Json.parseObject(line, "line");
                String id = json.text("id");
                if (json.has("error")) {
                    String reason = refused.remove(id);
                    if (json.text("error").equals(reason)) {
                        sameReason++;
                        reasons.merge(reason.replaceFirst("^[^:]*: ", ""), 1, Integer::sum);
                    } else {
                        different.add(id + ": " + reason + " <> " + line);
                    }
                } else if (line.equals(scored.remove(id))) {
                    same++;
                } else {
                    different.add(id);
                }
            }
        }
        reasons.forEach((reason, count) -> System.out.println(count + " x " + reason));
        different.stream().limit(5).forEach(line -> System.out.println("DIFFERENT " + line));
        System.out.println(same + " answers equal bit for bit, " + sameReason + " refused for the same reason; "
                + different.size() + " differ, " + (scored.size() + refused.size()) + " are in the tables alone, "
                + twice
                + " are there twice");
        return different.isEmpty() && scored.isEmpty() && refused.isEmpty() && twice == 0;
    }

    private static boolean send(String broker, String topic) throws IOException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker,
                "key.serializer", StringSerializer.class,
                "value.serializer", StringSerializer.class);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                producer.send(new ProducerRecord<>(topic, line));
            }
        }
        return true;
    }

    private static boolean once(String answers, long count) {
        var table = spark().read().parquet(answers);
        long rows = table.count();
        long ids = table.select("id").distinct().count();
        System.out.println(rows + " rows, " + ids + " ids; " + count + " arrived");
        return rows == count && ids == count;
    }
}
