package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Npy;
import dev.parallax.io.SafeTensors;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands one after the other on a corpus of 40 utterances: made, trained on, scored, asked.
class CommandsTest {

    @TempDir
    static Path folder;

    private static Path corpus;
    private static Path run;
    private static Outcome trained;

    @BeforeAll
    static void makeAndTrain() {
        corpus = folder.resolve("corpus");
        run = folder.resolve("run");
        Outcome.synthesized(corpus, 40);
        trained = train(run);
        assertEquals(0, trained.code(), trained.err());
    }

    private static Outcome train(Path out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--corpus",
                manifest(),
                "--labels",
                "joy,fear",
                "--out",
                out.toString(),
                "--cache",
                cache(),
                "--json"));
        for (String setting : List.of(
                "training.epochs=1",
                "features.stack=4",
                "network.audio.hidden=4",
                "network.audio.heads=1",
                "network.embedding=4",
                "network.text.hidden=4",
                "network.text.heads=1")) {
            args.add("--set");
            args.add(setting);
        }
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static String manifest() {
        return "manifest:" + corpus.resolve("manifest.csv");
    }

    private static String cache() {
        return folder.resolve("cache").toString();
    }

    private static String recording() {
        return corpus.resolve("wav").resolve("synthetic-00000.wav").toString();
    }

    @Test
    void train_json_saysWhatCameOfIt() {
        JsonObject json = trained.json();
        assertEquals(List.of("joy", "fear"), json.array("labels").texts());
        assertEquals(1, json.integer("epochs"));
        assertTrue(json.object("split").flag("speakerIndependent"));
        assertEquals(
                Set.of("decision", "fused", "audio", "text"),
                json.object("test").fields().keySet());
        assertTrue(json.object("test").object("fused").flag("taught"));
    }

    @Test
    void train_out_getsEveryFile() {
        for (String file : List.of("best.safetensors", "last.safetensors", "run.json", "metrics.csv", "report.html")) {
            assertTrue(Files.exists(run.resolve(file)), file);
        }
    }

    /// The last utterance is noise with a sentence: what is heard is doubtful, what is read is not.
    @Test
    void evaluate_everyUtterance_isDecidedAsPredictDecides() {
        Csv synthesized = Csv.read(corpus.resolve("manifest.csv"));
        List<List<String>> rows = new ArrayList<>();
        for (Csv.Row row : synthesized.rows()) {
            if (Set.of("joy", "fear").contains(row.get("emotion"))) {
                rows.add(List.of(row.get("id"), row.get("audio"), row.get("text"), row.get("emotion")));
            }
        }
        WavWriter.PCM_16.write(corpus.resolve("wav").resolve("noise.wav"), noise());
        rows.add(List.of("noise", "wav/noise.wav", rows.getFirst().get(2), "joy"));
        Path table = corpus.resolve("asked.csv");
        Csv.write(table, List.of("id", "audio", "text", "emotion"), rows);
        Path page = folder.resolve("scored");
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run.toString(),
                "--corpus",
                "manifest:" + table,
                "--split",
                "all",
                "--allow-seen",
                "--cache",
                cache(),
                "--out",
                page.toString(),
                "--json");
        assertEquals(0, scored.code(), scored.err());
        Outcome asked = Outcome.of("predict", "--model", run.toString(), "--manifest", table.toString());
        assertEquals(0, asked.code(), asked.err());
        List<List<String>> said = asked.out()
                .lines()
                .map(line -> Json.parseObject(line, "line"))
                .map(CommandsTest::decision)
                .toList();
        List<List<String>> counted = Csv.read(page.resolve("figures").resolve("answers.csv")).rows().stream()
                .map(row -> List.of(
                        row.get("id"),
                        row.get("decision"),
                        row.get("decidedBy"),
                        row.get("sure"),
                        row.get("doubtful"),
                        row.get("probability")))
                .toList();
        assertEquals(said, counted);
        assertEquals("text", counted.getLast().get(2), "the noise is doubtful");
        assertTrue(scored.json().integer("decidedAlone") >= 1);
        JsonObject decision = scored.json().object("scores").object("decision").object("selective");
        long sure = counted.stream().filter(row -> row.get(3).equals("true")).count();
        assertEquals((double) sure / rows.size(), decision.number("sure"), 1e-12);
    }

    /// Id, decision, whose it is, whether it is sure, whether it is doubtful, its probability.
    private static List<String> decision(JsonObject said) {
        JsonObject answer = said.object(said.text("decidedBy"));
        double[] probabilities = answer.array("probabilities").numbers();
        return List.of(
                said.text("id"),
                said.text("decision"),
                said.text("decidedBy"),
                Boolean.toString(said.flag("sure")),
                Boolean.toString(answer.flag("doubtful")),
                Double.toString(Arrays.stream(probabilities).max().orElseThrow()));
    }

    private static Audio noise() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        float[] samples = new float[32_000];
        for (int t = 0; t < samples.length; t++) {
            samples[t] = (float) (0.1 * (random.nextDouble() - 0.5));
        }
        return new Audio(samples, 16_000);
    }

    /// What a model cannot know of a new corpus is said, and who of it has the name of one it was trained on.
    @Test
    void evaluate_newRecordingsOfKnownSpeakers_areSaidToBeTheirs() {
        Set<String> speakers = new TreeSet<>();
        for (Csv.Row row : Csv.read(corpus.resolve("manifest.csv")).rows()) {
            speakers.add(row.get("speaker"));
        }
        WavWriter.PCM_16.write(corpus.resolve("wav").resolve("noise.wav"), noise());
        List<List<String>> rows = new ArrayList<>();
        speakers.forEach(speaker ->
                rows.add(List.of("new-" + speaker, "wav/noise.wav", speaker.toUpperCase(Locale.ROOT), "joy")));
        Path table = corpus.resolve("new.csv");
        Csv.write(table, List.of("id", "audio", "speaker", "emotion"), rows);
        List<String> asked = List.of(
                "evaluate",
                "--model",
                run.toString(),
                "--corpus",
                "manifest:" + table,
                "--split",
                "all",
                "--cache",
                cache());
        Outcome outcome =
                Outcome.of(Stream.concat(asked.stream(), Stream.of("--json")).toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.err());
        List<String> known = outcome.json().array("speakersInTraining").texts();
        assertTrue(!known.isEmpty() && known.size() < speakers.size(), outcome.out());
        assertTrue(outcome.json().integer("originalsNotHere") > 0, outcome.out());
        String said = Outcome.of(asked.toArray(String[]::new)).out();
        assertTrue(said.contains("speakers of these names: " + String.join(", ", known)), said);
        assertTrue(said.contains("by their exact samples alone"), said);
    }

    @Test
    void evaluate_outThatHoldsSomething_isRefused() {
        Outcome refused = Outcome.of(
                "evaluate",
                "--model",
                run.toString(),
                "--corpus",
                manifest(),
                "--out",
                run.toString(),
                "--cache",
                cache());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("holds something already"), refused.err());
    }

    @Test
    void train_folderInUse_isRefusedUnlessResumed() {
        assertEquals(2, train(run).code());
    }

    @Test
    void train_resumedAtItsEnd_givesTheSameScores() throws IOException {
        Path copy = folder.resolve("resumed");
        Files.createDirectories(copy);
        Files.copy(run.resolve("last.safetensors"), copy.resolve("last.safetensors"));
        Outcome resumed = train(copy, "--resume");
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(trained.json().object("test"), resumed.json().object("test"));
    }

    @Test
    void train_singleLossOfAudio_tellsPerspectivesApart() {
        Outcome outcome = train(folder.resolve("audio"), "--modalities", "audio", "--loss", "fused");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(
                Set.of("decision", "audio"),
                outcome.json().object("test").fields().keySet());
        assertTrue(outcome.json().object("test").object("audio").flag("taught"));
    }

    @Test
    void train_foldOfProtocol_mustBeNamed() {
        Outcome outcome = train(folder.resolve("fold"), "--protocol", "folds-3");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("folds-3/1 to folds-3/3"), outcome.err());
    }

    @Test
    void evaluate_testPart_repeatsTheScoresOfTraining() {
        Outcome outcome = Outcome.of(
                "evaluate",
                "--model",
                run.toString(),
                "--corpus",
                manifest(),
                "--cache",
                cache(),
                "--labels",
                "joy,fear",
                "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(0, outcome.json().integer("seenInTraining"));
        assertEquals(trained.json().object("test"), outcome.json().object("scores"));
    }

    @Test
    void evaluate_trainingPart_isRefusedOrLabelled() {
        String[] args = {
            "evaluate",
            "--model",
            run.toString(),
            "--corpus",
            manifest(),
            "--cache",
            cache(),
            "--labels",
            "joy,fear",
            "--split",
            "train"
        };
        Outcome refused = Outcome.of(args);
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--allow-seen"), refused.err());
        List<String> more = new ArrayList<>(List.of(args));
        more.add("--allow-seen");
        Outcome allowed = Outcome.of(more.toArray(new String[0]));
        assertEquals(0, allowed.code(), allowed.err());
        assertTrue(allowed.out().startsWith("NOT A TEST"), allowed.out());
    }

    @Test
    void evaluate_otherLabels_asksForTheMap() {
        Outcome outcome = Outcome.of("evaluate", "--model", run.toString(), "--corpus", manifest());
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--labels"), outcome.err());
    }

    @Test
    void predict_json_isTheContract() {
        Outcome outcome = Outcome.of(
                "predict", "--model", run.toString(), "--audio", recording(), "--text", "What a day.", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject json = outcome.json();
        assertEquals(List.of("joy", "fear"), json.array("labels").texts());
        for (String view : List.of("fused", "audio", "text")) {
            assertEquals(2, json.object(view).array("probabilities").size());
            assertTrue(json.array("labels").texts().contains(json.object(view).text("label")));
        }
        assertTrue(json.has("warnings"));
        assertTrue(json.text("model").endsWith("best.safetensors"));
    }

    @Test
    void predict_textAlone_leavesTheOthersNull() {
        JsonObject json = Outcome.of("predict", "--model", run.toString(), "--text", "What a day.", "--json")
                .json();
        assertEquals(new Json.Null(), json.get("fused"));
        assertEquals(new Json.Null(), json.get("audio"));
        assertTrue(json.has("text"));
    }

    @Test
    void predict_forPeople_isATableAndADecision() {
        Outcome outcome = Outcome.of("predict", "--model", run.toString(), "--audio", recording(), "--quiet");
        assertEquals(0, outcome.code());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().contains("decision: "), outcome.out());
        assertFalse(outcome.out().contains("fused"), outcome.out());
    }

    @Test
    void predict_manifest_givesALineARowAndGoesOnAfterBadOnes() throws IOException {
        Path manifest = Files.writeString(corpus.resolve("ask.csv"), """
                id,audio,text
                good,wav/synthetic-00000.wav,What a day.
                gone,wav/nowhere.wav,
                outside,../secret.wav,
                empty,,
                words,,What a day.
                """);
        Outcome outcome = Outcome.of("predict", "--model", run.toString(), "--manifest", manifest.toString());
        assertEquals(1, outcome.code());
        List<JsonObject> lines = outcome.out()
                .lines()
                .map(line -> Json.parseObject(line, "line"))
                .toList();
        assertEquals(
                List.of("good", "gone", "outside", "empty", "words"),
                lines.stream().map(line -> line.text("id")).toList());
        assertEquals(
                List.of(false, true, true, true, false),
                lines.stream().map(line -> line.has("error")).toList());
    }

    @Test
    void features_everySuffix_holdsTheSameNumbers() {
        String npy = folder.resolve("f.npy").toString();
        String csv = folder.resolve("f.csv").toString();
        String tensors = folder.resolve("f.safetensors").toString();
        for (String out : List.of(npy, csv, tensors)) {
            Outcome outcome = Outcome.of("features", "--audio", recording(), "--out", out, "--json");
            assertEquals(0, outcome.code(), outcome.err());
            assertEquals(40, outcome.json().integer("size"));
        }
        float[] values = Npy.read(Path.of(npy)).values();
        assertEquals(40, Npy.read(Path.of(npy)).shape()[1]);
        assertEquals(values[41], SafeTensors.read(Path.of(tensors)).floats("features")[41]);
        Csv table = Csv.read(Path.of(csv));
        assertEquals(values[41], Float.parseFloat(table.rows().get(1).get("mel1")));
    }

    @Test
    void corpus_stats_countsUtterances() {
        Outcome outcome = Outcome.of("corpus", "stats", manifest(), "--json");
        assertEquals(0, outcome.code());
        assertEquals(40, outcome.json().integer("utterances"));
    }

    @Test
    void corpus_verify_failsWhenARecordingIsGone() throws IOException {
        assertEquals(0, Outcome.of("corpus", "verify", manifest()).code());
        Path broken = Files.writeString(
                folder.resolve("broken.csv"), "id,audio,emotion\na,nowhere.wav,joy\nb,nothing.wav,fear\n");
        Outcome outcome = Outcome.of("corpus", "verify", "manifest:" + broken, "--json");
        assertEquals(1, outcome.code());
        assertFalse(outcome.json().flag("ok"));
    }

    @Test
    void corpus_synthesizeTwice_isRefused() {
        Outcome outcome = Outcome.of("corpus", "synthesize", "--size", "40", "--out", corpus.toString());
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("manifest.csv"), outcome.err());
    }

    @Test
    void doctor_json_hasEveryBackendWithItsKernels() {
        Outcome outcome = Outcome.of("doctor", "--json");
        assertEquals(0, outcome.code(), outcome.out());
        JsonObject json = outcome.json();
        assertTrue(json.flag("ok"));
        assertTrue(json.object("scalar").flag("runs"));
        assertTrue(json.object("scalar").array("kernels").size() >= 40);
        assertFalse(json.object("cuda").flag("runs"));
        assertFalse(json.object("cuda").text("reason").isBlank());
        JsonObject prediction = json.object("predict");
        assertEquals("scalar", prediction.array("backends").texts().getFirst());
        assertTrue(json.object("module").flag("loaded")
                == prediction.array("backends").texts().contains("vector"));
        assertTrue(prediction.number("difference") < 1e-3);
        assertTrue(List.of("anger", "happiness", "neutral", "sadness").contains(prediction.text("label")));
    }

    @Test
    void doctor_ffmpeg_isFoundWithItsVersionOrSaidToBeMissing() {
        DoctorCommand.Finding missing = DoctorCommand.ffmpeg(Ffmpeg.NEVER);
        assertTrue(missing.ok());
        assertEquals("none", missing.mark());
        assertTrue(
                missing.text().contains("MP3, M4A, Ogg, Opus and the sound of films cannot be read"), missing.text());
        assertFalse(missing.json().flag("found"));
        JsonObject said = DoctorCommand.ffmpeg(Ffmpeg.ON_PATH).json();
        assertEquals(Ffmpeg.ON_PATH.version() != null, said.flag("found"));
        assertEquals(said.flag("found"), said.has("version"));
    }

    @Test
    void predict_manifestFromStandardInput_saysThatItMustBeAFile() {
        for (String input : List.of("-", "/dev/stdin")) {
            Outcome outcome = Outcome.of("predict", "--manifest", input);
            assertEquals(2, outcome.code());
            assertTrue(outcome.err().contains("save it as a file beside them"), outcome.err());
        }
    }

    @Test
    void train_oneWrongSetting_isNamedAlone() {
        Outcome outcome = Outcome.of("train", "--corpus", manifest(), "--set", "training.epochs=-1", "--out", "none");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("epochs is -1, must be at least 1"), outcome.err());
        assertFalse(outcome.err().contains("patience"), outcome.err());
    }

    @Test
    void train_labelsAlike_areToldOnce() throws IOException {
        Path table = Files.writeString(folder.resolve("alike.csv"), "text,emotion\na,joy\nb,Joy\nc,fear\n");
        Outcome outcome = Outcome.of(
                "train",
                "--corpus",
                "manifest:" + table,
                "--out",
                folder.resolve("alike").toString());
        assertEquals(2, outcome.err().split("look alike", -1).length, outcome.err());
    }

    @Test
    void predict_withoutAModel_asksTheStarterAndSaysWhatItIs() {
        Outcome outcome = Outcome.of("predict", "--audio", recording(), "--text", "thank you so much", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("a demonstration, not a recogniser"), outcome.err());
        JsonObject json = outcome.json();
        assertEquals("starter", json.text("model"));
        assertEquals(
                List.of("anger", "happiness", "neutral", "sadness"),
                json.array("labels").texts());
        assertEquals("happiness", json.object("text").text("label"));
        assertTrue(json.has("audio") && json.has("fused"));
    }

    @Test
    void predict_segments_answersEachStretchOfSpeech() {
        Audio clip = AudioFile.read(Path.of(recording()));
        int rate = clip.sampleRate();
        int length = Math.min(clip.samples().length, 2 * rate);
        float[] samples = new float[2 * length + 3 * rate];
        System.arraycopy(clip.samples(), 0, samples, rate, length);
        System.arraycopy(clip.samples(), 0, samples, length + 2 * rate, length);
        Path twice = folder.resolve("twice.wav");
        WavWriter.PCM_16.write(twice, new Audio(samples, rate));
        Outcome outcome =
                Outcome.of("predict", "--model", run.toString(), "--audio", twice.toString(), "--segments", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> segments = outcome.json().array("segments").objects();
        assertEquals(2, segments.size(), outcome.out());
        assertEquals(1, segments.getFirst().number("from"), 0.3);
        assertEquals(length / (double) rate + 2, segments.getLast().number("from"), 0.3);
        assertEquals(
                2, segments.getFirst().object("audio").array("probabilities").size());
        Outcome refused = Outcome.of(
                "predict", "--model", run.toString(), "--audio", twice.toString(), "--text", "hi", "--segments");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--segments goes with --audio alone"), refused.err());
    }

    /// A call: one party on each channel, the second half a second later.
    private static Path call() throws IOException {
        Audio clip = AudioFile.read(Path.of(recording()));
        int rate = clip.sampleRate();
        int length = Math.min(clip.samples().length, 2 * rate);
        ByteBuffer wav = ByteBuffer.allocate(44 + 4 * (length + rate)).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(wav.capacity() - 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        wav.putShort((short) 2)
                .putInt(rate)
                .putInt(4 * rate)
                .putShort((short) 4)
                .putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * (length + rate));
        for (int i = 0; i < length + rate; i++) {
            wav.putShort(sample(clip, i, length)).putShort(sample(clip, i - rate / 2, length));
        }
        return Files.write(folder.resolve("call.wav"), wav.array());
    }

    private static short sample(Audio clip, int i, int length) {
        return i < 0 || i >= length ? 0 : (short) (32767 * clip.samples()[i]);
    }

    private static Outcome predict(String... more) {
        List<String> args = new ArrayList<>(List.of("predict", "--model", run.toString()));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    @Test
    void predict_eachChannel_isTheAnswerToEachByItself() throws IOException {
        String call = call().toString();
        Outcome outcome = predict("--audio", call, "--channel", "each", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> channels = outcome.json().array("channels").objects();
        assertEquals(
                List.of(1, 2),
                channels.stream().map(each -> each.integer("channel")).toList());
        for (JsonObject each : channels) {
            JsonObject alone = predict("--audio", call, "--channel", each.integer("channel") + "", "--json")
                    .json();
            assertEquals(alone.object("audio"), each.object("audio"));
            assertEquals(alone.text("decision"), each.text("decision"));
        }
        Outcome people = predict("--audio", call, "--channel", "each");
        assertTrue(people.out().contains("decision of channel 2 (right): "), people.out());
    }

    @Test
    void predict_segmentsOfEachChannel_areInTheOrderOfTime() throws IOException {
        Outcome outcome = predict("--audio", call().toString(), "--channel", "each", "--segments", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> segments = outcome.json().array("segments").objects();
        assertEquals(
                Set.of(1, 2),
                new HashSet<>(
                        segments.stream().map(each -> each.integer("channel")).toList()));
        List<Double> starts = segments.stream().map(each -> each.number("from")).toList();
        assertEquals(starts.stream().sorted().toList(), starts);
    }

    @Test
    void predict_channelThatIsNotThere_isRefusedEverywhere() throws IOException {
        String missing = "there is no channel 2 (right): it has one channel";
        Outcome outcome = predict("--audio", recording(), "--channel", "right");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains(missing), outcome.err());
        String npy = folder.resolve("channel.npy").toString();
        assertEquals(
                2,
                Outcome.of("features", "--audio", recording(), "--channel", "right", "--out", npy)
                        .code());
        Path manifest = Files.writeString(corpus.resolve("channels.csv"), "audio\nwav/synthetic-00000.wav\n");
        Outcome rows = predict("--manifest", manifest.toString(), "--channel", "2");
        assertEquals(1, rows.code());
        assertTrue(rows.out().contains(missing), rows.out());
        for (String[] wrong : new String[][] {
            {"--text", "hi", "--channel", "left"},
            {"--audio", recording(), "--channel", "middle"},
            {"--audio", recording(), "--text", "hi", "--channel", "each"},
            {"--manifest", manifest.toString(), "--channel", "each"}
        }) {
            assertEquals(2, predict(wrong).code(), String.join(" ", wrong));
        }
    }

    @Test
    void predict_channelsThatCancel_areNamedInTheWarnings() throws IOException {
        Audio clip = AudioFile.read(Path.of(recording()));
        byte[] mono = WavWriter.PCM_16.toBytes(clip);
        ByteBuffer stereo = ByteBuffer.allocate(2 * mono.length - 44).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer from = ByteBuffer.wrap(mono).order(ByteOrder.LITTLE_ENDIAN);
        stereo.put(mono, 0, 44).putInt(4, stereo.capacity() - 8).putShort(22, (short) 2);
        stereo.putInt(28, 4 * clip.sampleRate()).putShort(32, (short) 4).putInt(40, stereo.capacity() - 44);
        for (int at = 44; at < mono.length; at += 2) {
            stereo.putShort(from.getShort(at)).putShort((short) Math.max(-32767, -from.getShort(at)));
        }
        Path file = Files.write(folder.resolve("inverted.wav"), stereo.array());
        List<String> warnings = predict("--audio", file.toString(), "--json")
                .json()
                .array("warnings")
                .texts();
        assertEquals(
                1,
                warnings.stream()
                        .filter(each -> each.contains("channels cancel each other"))
                        .count(),
                warnings.toString());
        assertTrue(warnings.toString().contains("choose one channel (--channel left)"), warnings.toString());
        Path rows = Files.writeString(folder.resolve("inverted.csv"), "id,audio\na,inverted.wav\n");
        String row = predict("--manifest", rows.toString()).out();
        assertTrue(row.contains("choose one channel (--channel left)"), row);
        JsonObject left = predict("--audio", file.toString(), "--channel", "left", "--json")
                .json();
        JsonObject alone = predict("--audio", recording(), "--json").json();
        assertEquals(alone.object("audio"), left.object("audio"));
    }
}
