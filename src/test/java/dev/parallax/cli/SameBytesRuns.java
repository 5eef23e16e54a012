package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.io.Csv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The small runs whose files [SameBytesTest] pins. Together the command lines train every kind of model, score it,
/// predict with it in every way, and run a study.
///
/// @param folder  of all the files, relative
/// @param threads of each command
record SameBytesRuns(Path folder, int threads) {

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
            say(file + ".json", "features", "--audio", clip(2), "--features", preset, "--out", path(file), "--json");
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

    /// Sentences alone, so many and so easy that some answers are sure.
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

    /// Recordings and sentences that do not belong together.
    private void unpaired() throws IOException {
        Path table = sentences("few.csv", 5, "anger", "fear", "joy", "sadness");
        Path heard = Path.of(corpus("recordings.csv"));
        List<String> columns = List.of("id", "audio", "emotion", "speaker", "split");
        Csv.write(
                heard,
                columns,
                Csv.read(Path.of(corpus("manifest.csv"))).rows().stream()
                        .map(row -> columns.stream().map(row::get).toList())
                        .toList());
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
        List<List<String>> rows = new ArrayList<>();
        Map<String, Integer> ofPart = new TreeMap<>();
        for (Csv.Row row : Csv.read(Path.of(corpus("manifest.csv"))).rows()) {
            String part = row.get("split");
            int number = ofPart.merge(part, 1, Integer::sum) - 1;
            List<String> cells = new ArrayList<>(Stream.of("id", "audio", "text", "emotion", "speaker")
                    .map(row::get)
                    .toList());
            cells.addAll(List.of(part + number / 4, Integer.toString(number % 4), part));
            rows.add(cells);
        }
        Path table = Path.of(corpus("dialogues.csv"));
        Csv.write(table, List.of("id", "audio", "text", "emotion", "speaker", "dialogue", "turn", "split"), rows);
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

    /// Every way to predict.
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

    /// Two clips with silence between them; and a call, one party per channel.
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
