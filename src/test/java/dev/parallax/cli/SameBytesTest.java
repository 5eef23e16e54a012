package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Model files, results, tables, pages and answers of small runs are, byte for byte, what `same-bytes.txt` pins: a line
/// `sha256  name` each. So a change of the code's shape that changes a result is seen at once, however small it is.
///
/// It knows the program by its command line alone, so that classes may move. Everything is computed by the scalar
/// backend, whose bits hang on no vector width. All paths are relative, so that they are the same everywhere.
class SameBytesTest {

    private static final Path FOLDER = Path.of("target", "same-bytes");
    private static final Path ONE_THREAD = Path.of("target", "same-bytes-one-thread");
    private static final Path FRESH = Path.of("target", "same-bytes.txt");
    private static final String PINS = "src/test/resources/dev/parallax/cli/same-bytes.txt";

    /// Files that no run promises: recordings (the hash of the data in each `run.json` stands for them), what is kept
    /// between runs, and times.
    private static final Set<String> NOT_PINNED = Set.of("wav", "cache", ".lock", "timing.json");

    /// What may differ between two runs of one state of the program, and with what it is replaced. A checksum covers
    /// the JDK that a model file names, so it is among them; [#stable] does the same for the length of that name.
    private static final Map<String, String> VARIABLE = new TreeMap<>(Map.of(
            "jdk=[^ \"\\\\<&]*", "jdk=",
            "\"jdk\": \"[^\"]*\"", "\"jdk\": \"\"",
            "<dt>JDK</dt><dd>[^<]*", "<dt>JDK</dt><dd>",
            "(version(?:\\\\\"|\"|&quot;): ?(?:\\\\\"|\"|&quot;))[0-9][^\"\\\\&]*", "$1",
            "\"seconds\": [-0-9.E]+", "\"seconds\": 0",
            "<dt>(time|this sitting)</dt><dd>[^<]*", "<dt>$1</dt><dd>",
            "--threads [0-9]+", "--threads N",
            "crc32c:[0-9a-f]{8}", "crc32c:"));

    @BeforeAll
    static void onlyWhereTheBytesArePinned() {
        String architecture = System.getProperty("os.arch", "");
        assumeTrue(
                Set.of("amd64", "x86_64").contains(architecture) && File.separator.equals("/"),
                "the bytes are pinned for amd64: the JDK's sin, exp and log may differ in the last bit on "
                        + architecture);
    }

    @Test
    void commands_smallRuns_giveTheBytesThatArePinned() throws IOException {
        new Runs(emptied(FOLDER), 2).all();
        Map<String, String> found = found(FOLDER);
        Files.write(
                FRESH,
                found.entrySet().stream()
                        .map(file -> file.getValue() + "  " + file.getKey())
                        .toList());
        assertTrue(found.size() > 150, "files: " + found.keySet());
        List<String> differences = differences(pinned(), found);
        assertTrue(
                differences.isEmpty(),
                () -> differences.size() + " of " + found.size() + " files are not what " + PINS + " pins:\n  "
                        + String.join("\n  ", differences) + "\nThey lie in " + FOLDER
                        + ". Where the change is meant, accept it: cp " + FRESH + " " + PINS);
    }

    @Test
    void train_oneThread_givesTheBytesThatArePinned() throws IOException {
        new Runs(emptied(ONE_THREAD), 1).models();
        Map<String, String> pinned = pinned();
        Map<String, String> found = found(ONE_THREAD);
        for (String model : List.of("functionals", "frames", "texts", "unpaired", "dialogues")) {
            for (String file : List.of("best.safetensors", "last.safetensors", "metrics.csv")) {
                String name = model + "/" + file;
                assertEquals(pinned.get(name), found.get(name), name + " differs on one thread; see " + ONE_THREAD);
            }
        }
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static Map<String, String> pinned() throws IOException {
        Map<String, String> pins = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(SameBytesTest.class.getResourceAsStream("same-bytes.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("  ", 2))
                    .forEach(pin -> pins.put(pin[1], pin[0]));
        }
        return pins;
    }

    private static Map<String, String> found(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = folder.relativize(file);
                if (Stream.iterate(0, i -> i < name.getNameCount(), i -> i + 1)
                        .noneMatch(i -> NOT_PINNED.contains(name.getName(i).toString()))) {
                    found.put(name.toString(), sha256(stable(file)));
                }
            }
        }
        return found;
    }

    private static List<String> differences(Map<String, String> pinned, Map<String, String> found) {
        Set<String> names = new TreeSet<>(pinned.keySet());
        names.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            if (!found.containsKey(name)) {
                differences.add(name + " is no longer written");
            } else if (!pinned.containsKey(name)) {
                differences.add(name + " is new");
            } else if (!Objects.equals(pinned.get(name), found.get(name))) {
                differences.add(name + " differs");
            }
        }
        return differences;
    }

    /// The bytes of a file without what is [#VARIABLE].
    private static byte[] stable(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".safetensors")) {
            // Eight bytes with the length of a JSON header, the header, blanks that fill it up, the numbers.
            int end = 8
                    + Math.toIntExact(ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong());
            String header = new String(bytes, 8, end - 8, StandardCharsets.UTF_8).stripTrailing();
            byte[] start = stable(header).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(start.length + bytes.length - end)
                    .put(start)
                    .put(bytes, end, bytes.length - end)
                    .array();
        }
        // Latin-1 keeps every byte, whatever it means.
        return stable(new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String stable(String text) {
        String stable = text;
        for (Map.Entry<String, String> variable : VARIABLE.entrySet()) {
            stable = stable.replaceAll(variable.getKey(), variable.getValue());
        }
        return stable;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The command lines.
    private record Runs(Path folder, int threads) {

        private String path(String name) {
            return folder.resolve(name).toString();
        }

        private String corpus(String file) {
            return path("corpus") + "/" + file;
        }

        private String pairs() {
            return "manifest:" + corpus("manifest.csv");
        }

        void all() throws IOException {
            models();
            say("train-help.txt", "train", "--help");
            statistics();
            features();
            evaluate("functionals", pairs(), "--out", path("functionals-scored"));
            evaluate("dialogues", "manifest:" + corpus("dialogues.csv"), "--out", path("dialogues-scored"));
            answers();
            study();
        }

        /// A corpus as files, and a model of each kind.
        void models() throws IOException {
            say("made.json", "corpus", "synthesize", "--size", "48", "--seed", "3", "--out", path("corpus"), "--json");
            train("functionals", pairs(), "--features", "functionals", "--set", "training.epochs=2");
            frames();
            texts();
            unpaired();
            dialogues();
        }

        private void statistics() throws IOException {
            say("stats.txt", "corpus", "stats", pairs());
            say("stats.json", "corpus", "stats", pairs(), "--out", path("stats"), "--json");
            say("verify.json", "corpus", "verify", pairs(), "--cache", path("cache"), "--json");
        }

        private void features() throws IOException {
            for (String file : List.of("speech.npy", "librosa.csv", "speech-prosody.csv", "functionals.safetensors")) {
                String preset = file.substring(0, file.indexOf('.'));
                say(
                        file + ".json",
                        "features",
                        "--audio",
                        clip(2),
                        "--features",
                        preset,
                        "--out",
                        path(file),
                        "--json");
            }
        }

        /// Frames, a recurrent encoder, another fusion, and settings of a file.
        private void frames() throws IOException {
            Path settings = Files.writeString(
                    folder.resolve("settings.json"),
                    "{\"training\": {\"epochs\": 1}, \"network\": {\"text\": {\"recurrent\": \"GRU\", \"hidden\": 3}}}");
            train(
                    "frames",
                    pairs(),
                    "--labels",
                    "joy,fear",
                    "--features",
                    "speech",
                    "--fusion",
                    "middle-attention",
                    "--config",
                    settings.toString(),
                    "--set",
                    "network.fusionWidth=4",
                    "--set",
                    "augmentation.specAugment.probability=0.5");
        }

        /// Sentences alone, so many and so easy that some answers may be called sure.
        private void texts() throws IOException {
            Path table = sentences("easy.csv", 24, "joy", "fear");
            train("texts", "manifest:" + table, "--set", "training.epochs=10", "--set", "training.learningRate=0.03");
        }

        private Path sentences(String file, int each, String... emotions) throws IOException {
            StringBuilder table = new StringBuilder("text,emotion,split\n");
            for (String part : List.of("train", "val", "test")) {
                for (int i = 0; i < each; i++) {
                    for (String emotion : emotions) {
                        table.append("so much " + emotion + " in place " + i + "," + emotion + "," + part + "\n");
                    }
                }
            }
            return Files.writeString(folder.resolve(file), table);
        }

        /// Recordings and sentences that were never together.
        private void unpaired() throws IOException {
            Path table = sentences("few.csv", 5, "anger", "fear", "joy", "sadness");
            StringBuilder recordings = new StringBuilder("id,audio,emotion,speaker,split\n");
            for (String line : Files.readAllLines(Path.of(corpus("manifest.csv")))) {
                String[] columns = line.split(",");
                if (columns[0].startsWith("synthetic")) {
                    int last = columns.length - 1;
                    recordings.append(String.join(",", columns[0], columns[1], columns[last - 4], columns[last - 3]));
                    recordings.append("," + columns[last] + "\n");
                }
            }
            Path heard = Files.writeString(Path.of(corpus("recordings.csv")), recordings);
            train(
                    "unpaired",
                    "manifest:" + heard,
                    "--corpus",
                    "manifest:" + table,
                    "--labels",
                    "all",
                    "--features",
                    "functionals",
                    "--as-recorded",
                    "--set",
                    "training.epochs=1",
                    "--set",
                    "training.learningRate=0.03");
        }

        /// Dialogues of four turns; one file holds the first stage and the second.
        private void dialogues() throws IOException {
            List<String> lines = Files.readAllLines(Path.of(corpus("manifest.csv")));
            StringBuilder dialogues = new StringBuilder(lines.getFirst() + "\n");
            Map<String, Integer> ofPart = new TreeMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String part = line.substring(line.lastIndexOf(',') + 1);
                int number = ofPart.merge(part, 1, Integer::sum) - 1;
                String where = "," + part + number / 4 + "," + number % 4 + "," + part;
                dialogues.append(line.substring(0, line.length() - part.length() - 3) + where + "\n");
            }
            Path table = Files.writeString(Path.of(corpus("dialogues.csv")), dialogues);
            train(
                    "dialogues",
                    "manifest:" + table,
                    "--level",
                    "dialogue",
                    "--speakers",
                    "--set",
                    "training.epochs=1",
                    "--set",
                    "first.training.epochs=1",
                    "--set",
                    "first.network.audio.hidden=3",
                    "--set",
                    "first.network.audio.heads=1",
                    "--set",
                    "first.network.embedding=5",
                    "--set",
                    "first.network.text.heads=1");
        }

        /// Every way to ask.
        private void answers() throws IOException {
            String day = "What a wonderful day.";
            List<String> calls = calls();
            predict("functionals", "both", "--audio", clip(2), "--text", day);
            predict("functionals", "audio", "--audio", clip(5));
            predict("functionals", "text", "--text", day);
            predict("functionals", "segments", "--audio", calls.getFirst(), "--segments");
            predict("functionals", "channels", "--audio", calls.getLast(), "--channel", "each");
            predict("functionals", "channel-segments", "--audio", calls.getLast(), "--channel", "each", "--segments");
            ask("functionals", "manifest.jsonl", "--manifest", corpus("manifest.csv"));
            ask("functionals", "both.txt", "--audio", clip(2), "--text", day);
            predict("frames", "both", "--audio", clip(2), "--text", day);
            predict("texts", "text", "--text", "so much joy");
            predict("unpaired", "both", "--audio", clip(2), "--text", "so much joy");
            ask("dialogues", "manifest.jsonl", "--manifest", corpus("dialogues.csv"));
            predict("starter", "both", "--audio", clip(2), "--text", "thank you so much");
            predict("starter", "audio", "--audio", clip(4));
            predict("starter", "text", "--text", "leave me alone");
        }

        private void study() throws IOException {
            compute(
                    "study.json",
                    "study",
                    "--corpus",
                    "synthetic:5",
                    "--size",
                    "40",
                    "--fusions",
                    "late-add,early-concat",
                    "--losses",
                    "perspective",
                    "--seeds",
                    "2",
                    "--cache",
                    path("cache"),
                    "--out",
                    path("study"),
                    "--set",
                    "training.epochs=1",
                    "--set",
                    "network.audio.hidden=4",
                    "--set",
                    "network.embedding=4",
                    "--json");
        }

        private void train(String name, String corpus, String... more) throws IOException {
            List<String> line = new ArrayList<>(List.of("train", "--corpus", corpus, "--out", path(name), "--json"));
            line.addAll(List.of("--cache", path("cache")));
            for (String setting : List.of(
                    "network.audio.hidden=4",
                    "network.audio.heads=2",
                    "network.text.hidden=4",
                    "network.text.heads=2",
                    "network.embedding=4")) {
                if (!more[0].equals("--level") || !setting.startsWith("network.embedding")) {
                    line.addAll(List.of("--set", setting));
                }
            }
            line.addAll(List.of(more));
            compute(name + "-train.json", line.toArray(String[]::new));
        }

        private void evaluate(String model, String corpus, String... more) throws IOException {
            List<String> line = new ArrayList<>(List.of("evaluate", "--model", path(model), "--corpus", corpus));
            line.addAll(List.of("--cache", path("cache")));
            compute(model + "-scored.txt", line.toArray(String[]::new));
            line.addAll(List.of(more));
            line.add("--json");
            compute(model + "-scored.json", line.toArray(String[]::new));
        }

        private void predict(String model, String what, String... more) throws IOException {
            ask(
                    model,
                    what + ".json",
                    Stream.concat(Stream.of(more), Stream.of("--json")).toArray(String[]::new));
        }

        private void ask(String model, String answer, String... more) throws IOException {
            String file = model.equals("starter") ? model : path(model);
            compute(
                    model + "-predict-" + answer,
                    Stream.concat(Stream.of("predict", "--model", file), Stream.of(more))
                            .toArray(String[]::new));
        }

        private void compute(String answer, String... line) throws IOException {
            say(
                    answer,
                    Stream.concat(Stream.of(line), Stream.of("--backend", "scalar", "--threads", "" + threads))
                            .toArray(String[]::new));
        }

        /// Runs a command line and keeps its stdout as a file beside the others.
        private void say(String answer, String... line) throws IOException {
            Outcome outcome = Outcome.of(line);
            assertEquals(0, outcome.code(), outcome.err());
            Files.writeString(folder.resolve(answer), outcome.out());
        }

        private String clip(int number) {
            return corpus("wav/synthetic-0000" + number + ".wav");
        }

        /// Two clips with silence between them; and a call, one party on each channel.
        private List<String> calls() throws IOException {
            short[] left = new short[100_000];
            short[] right = new short[100_000];
            place(clip(2), left, 8_000);
            place(clip(3), left, 60_000);
            place(clip(4), right, 34_000);
            return List.of(wav("mono.wav", left), wav("call.wav", left, right));
        }

        private static void place(String clip, short[] samples, int at) throws IOException {
            ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(Path.of(clip))).order(ByteOrder.LITTLE_ENDIAN);
            wav.position(44);
            for (int i = at; i < samples.length && wav.hasRemaining(); i++) {
                samples[i] = wav.getShort();
            }
        }

        private String wav(String name, short[]... channels) throws IOException {
            int frame = 2 * channels.length;
            int size = frame * channels[0].length;
            ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
            wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + size);
            wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
            wav.putShort((short) channels.length).putInt(16_000).putInt(16_000 * frame);
            wav.putShort((short) frame).putShort((short) 16);
            wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
            for (int i = 0; i < channels[0].length; i++) {
                for (short[] channel : channels) {
                    wav.putShort(channel[i]);
                }
            }
            return Files.write(Path.of(corpus("wav/" + name)), wav.array()).toString();
        }
    }
}
