package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.JsonObject;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings of one corpus and sentences of another, never recorded together, become one model from the command
/// line.
class UnpairedCommandTest {

    private static final Map<String, String> EMOTIONS =
            new TreeMap<>(Map.of("W", "anger", "F", "happiness", "N", "neutral", "T", "sadness"));

    @TempDir
    static Path folder;

    private static Path clips;
    private static Path run;
    private static Outcome trained;

    @BeforeAll
    static void train() throws IOException {
        clips = Files.createDirectories(folder.resolve("emodb/wav"));
        for (String speaker : List.of("03", "08", "09", "10", "11")) {
            for (String letter : EMOTIONS.keySet()) {
                WavWriter.PCM_16.write(clips.resolve(speaker + "a01" + letter + "a.wav"), tone(speaker, letter));
            }
        }
        StringBuilder csv = new StringBuilder("text,emotion,split\n");
        for (String part : List.of("train", "val", "test")) {
            for (int i = 0; i < 6; i++) {
                for (String emotion : EMOTIONS.values()) {
                    csv.append("so much " + emotion + " in place " + i + part + "," + emotion + "," + part + "\n");
                }
            }
        }
        Path texts = Files.writeString(folder.resolve("texts.csv"), csv);
        run = folder.resolve("run");
        trained = Outcome.of(
                "train",
                "--corpus",
                "emodb:" + folder.resolve("emodb"),
                "--corpus",
                "manifest:" + texts,
                "--labels",
                "4",
                "--features",
                "functionals",
                "--cache",
                folder.resolve("cache").toString(),
                "--set",
                "training.epochs=3",
                "--set",
                "network.embedding=8",
                "--out",
                run.toString(),
                "--json");
        assertEquals(0, trained.code(), trained.err());
    }

    private static Audio tone(String speaker, String letter) {
        RandomStream random = new RandomStream(1, 0, speaker.hashCode(), letter.hashCode());
        float[] samples = new float[6000];
        double hertz = 100 + 3 * letter.charAt(0);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / 16000) + 0.02 * random.nextGaussian());
        }
        return new Audio(samples, 16000);
    }

    @Test
    void train_eachCorpus_teachesItsOwnPerspective() {
        assertTrue(trained.err().contains("emodb: heard alone"), trained.err());
        JsonObject test = trained.json().object("test");
        assertFalse(test.has("fused"), "nothing has both");
        int heard = test.object("audio").integer("utterances");
        assertEquals(24, test.object("text").integer("utterances"));
        assertEquals(24 + heard, test.object("decision").integer("utterances"));
        String how = trained.json().object("split").text("how");
        assertTrue(how.contains("emodb1: speakers drawn") && how.contains("manifest2: given by the corpus"), how);
    }

    @Test
    void train_fusionWithoutAPair_isSaidToBeUntested() throws IOException {
        String line = "FUSION NOT TESTED: no utterance here has both audio and text; the decision is ";
        JsonObject test = trained.json().object("test");
        String of = test.object("audio").integer("utterances")
                + " answers of the audio alone and 24 answers of the text" + " alone";
        List<String> args = new ArrayList<>(List.of("evaluate", "--model", run.toString(), "--labels", "4"));
        args.addAll(List.of("--corpus", "emodb:" + folder.resolve("emodb")));
        args.addAll(List.of("--corpus", "manifest:" + folder.resolve("texts.csv")));
        args.addAll(List.of("--cache", folder.resolve("cache").toString()));
        Outcome scored = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, scored.code(), scored.err());
        assertTrue(scored.out().contains(line + of), scored.out());
        assertTrue(Files.readString(run.resolve("report.html")).contains(line + of));
        String untested = "fused: no utterance with both audio and text was trained or tested on";
        JsonObject both = predict("--audio", clips.resolve("03a01Wa.wav").toString(), "--text", "so much anger");
        assertTrue(both.array("warnings").toText().contains(untested), both.toText());
        JsonObject read = predict("--text", "so much anger");
        assertFalse(read.array("warnings").toText().contains(untested), read.toText());
    }

    @Test
    void predict_both_fusesWhatNeverWasTogether() {
        Path clip = clips.resolve("03a01Wa.wav");
        JsonObject both = predict("--audio", clip.toString(), "--text", "so much anger");
        JsonObject heard = predict("--audio", clip.toString());
        JsonObject read = predict("--text", "so much anger");
        assertEquals(heard.get("audio"), both.get("audio"));
        assertEquals(read.get("text"), both.get("text"));
        assertTrue(both.has("disagreement"));
        assertNotEquals(both.get("audio"), both.get("fused"));
    }

    private static JsonObject predict(String... what) {
        String[] options = new String[what.length + 4];
        System.arraycopy(new String[] {"predict", "--json", "--model", run.toString()}, 0, options, 0, 4);
        System.arraycopy(what, 0, options, 4, what.length);
        Outcome outcome = Outcome.of(options);
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.json();
    }
}
