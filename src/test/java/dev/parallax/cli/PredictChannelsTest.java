package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The answers of `predict` to recordings of several channels, one party of a call per channel.
class PredictChannelsTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    /// A call with one party per channel; the second begins half a second later.
    private static Path call() throws IOException {
        Audio clip = AudioFile.read(Path.of(made.recording()));
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

    @Test
    void predict_eachChannel_isTheAnswerToEachByItself() throws IOException {
        String call = call().toString();
        Outcome outcome = made.predict("--audio", call, "--channel", "each", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> channels = outcome.json().array("channels").objects();
        assertEquals(
                List.of(1, 2),
                channels.stream().map(each -> each.integer("channel")).toList());
        for (JsonObject each : channels) {
            JsonObject alone = made.predict("--audio", call, "--channel", each.integer("channel") + "", "--json")
                    .json();
            assertEquals(alone.object("audio"), each.object("audio"));
            assertEquals(alone.text("decision"), each.text("decision"));
        }
        Outcome people = made.predict("--audio", call, "--channel", "each");
        assertTrue(people.out().contains("decision of channel 2 (right): "), people.out());
    }

    /// A recording of one channel has no left one.
    @Test
    void predict_eachChannelOfOne_isTheOnlyOne() {
        Outcome people = made.predict("--audio", made.recording(), "--channel", "each");
        assertEquals(0, people.code(), people.err());
        assertTrue(people.out().contains("decision of the only channel: "), people.out());
        assertFalse(people.out().contains("left"), people.out());
    }

    @Test
    void predict_segmentsOfEachChannel_areInTheOrderOfTime() throws IOException {
        Outcome outcome = made.predict("--audio", call().toString(), "--channel", "each", "--segments", "--json");
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
        Outcome outcome = made.predict("--audio", made.recording(), "--channel", "right");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains(missing), outcome.err());
        String npy = folder.resolve("channel.npy").toString();
        assertEquals(
                2,
                Outcome.of("features", "--audio", made.recording(), "--channel", "right", "--out", npy)
                        .code());
        Path manifest = Files.writeString(made.corpus().resolve("channels.csv"), "audio\nwav/synthetic-00000.wav\n");
        Outcome rows = made.predict("--manifest", manifest.toString(), "--channel", "2");
        assertEquals(1, rows.code());
        assertTrue(rows.out().contains(missing), rows.out());
        for (String[] wrong : new String[][] {
            {"--text", "hi", "--channel", "left"},
            {"--audio", made.recording(), "--channel", "middle"},
            {"--audio", made.recording(), "--text", "hi", "--channel", "each"},
            {"--manifest", manifest.toString(), "--channel", "each"}
        }) {
            assertEquals(2, made.predict(wrong).code(), String.join(" ", wrong));
        }
    }

    @Test
    void predict_channelsThatCancel_areNamedInTheWarnings() throws IOException {
        Audio clip = AudioFile.read(Path.of(made.recording()));
        byte[] mono = WavWriter.PCM_16.toBytes(clip);
        ByteBuffer stereo = ByteBuffer.allocate(2 * mono.length - 44).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer from = ByteBuffer.wrap(mono).order(ByteOrder.LITTLE_ENDIAN);
        stereo.put(mono, 0, 44).putInt(4, stereo.capacity() - 8).putShort(22, (short) 2);
        stereo.putInt(28, 4 * clip.sampleRate()).putShort(32, (short) 4).putInt(40, stereo.capacity() - 44);
        for (int at = 44; at < mono.length; at += 2) {
            stereo.putShort(from.getShort(at)).putShort((short) Math.max(-32767, -from.getShort(at)));
        }
        Path file = Files.write(folder.resolve("inverted.wav"), stereo.array());
        List<String> warnings = made.predict("--audio", file.toString(), "--json")
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
        String row = made.predict("--manifest", rows.toString()).out();
        assertTrue(row.contains("choose one channel (--channel left)"), row);
        JsonObject left = made.predict("--audio", file.toString(), "--channel", "left", "--json")
                .json();
        JsonObject alone = made.predict("--audio", made.recording(), "--json").json();
        assertEquals(alone.object("audio"), left.object("audio"));
    }
}
