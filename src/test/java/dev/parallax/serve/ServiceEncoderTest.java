package dev.parallax.serve;

import static dev.parallax.serve.RunningService.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.cli.Outcome;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.pretrained.EncoderUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service with models that read with pretrained encoders.
class ServiceEncoderTest {

    private static final int HEADER = 44;
    private static final String END = "{\"end\": true}";

    @TempDir
    static Path folder;

    private static RunningService service;
    private static byte[] wav; // 2 s, 16 kHz, 16 bits

    @BeforeAll
    static void start() throws IOException {
        service = RunningService.with(backend -> List.of(
                EncoderModel.of("wav2vec2-base", EncoderUse.FROZEN, folder, backend),
                EncoderModel.of("wavlm-large", EncoderUse.FROZEN, folder, backend),
                EncoderModel.of("whisper-encoder", new EncoderUse("all", 2, 0), folder, backend)));
        wav = Files.readAllBytes(RunningService.recording(folder));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /// Features that are not computed are not told.
    @Test
    void model_ofEncoders_namesThemInPlaceOfFeatures() throws Exception {
        JsonObject model = json(service.get("/v1/models/wav2vec2-base"));
        assertEquals(new Json.Null(), model.get("features"));
        JsonObject heard = model.object("encoders").object("audio");
        assertEquals("wav2vec2-base", heard.text("name"));
        assertEquals(Json.of(List.of(0, 1, 2, 3)), heard.get("layers"));
        assertEquals(new Json.Null(), heard.get("licence"));
        assertEquals("bert", model.object("encoders").object("text").text("name"));
        assertFalse(model.toText().contains(folder.toString()), "a path");
        Outcome inspected = Outcome.of("inspect", folder.resolve("wav2vec2-base.safetensors") + "", "--json");
        assertEquals(new Json.Null(), inspected.json().object("reader").get("features"));
    }

    private static JsonObject predicted(String model, double from, double to, String text) throws Exception {
        Audio part = AudioFile.read(wav, "clip", _ -> {}).part(frames(from), frames(to - from));
        byte[] body = RunningService.form("audio", WavWriter.PCM_16.toBytes(part), "text", text);
        return json(service.post("/v1/predict?model=" + model, RunningService.FORM, body));
    }

    private static int frames(double seconds) {
        return (int) Math.round(seconds * 16000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav2vec2-base", "wavlm-large", "whisper-encoder"})
    void stream_ofEncoders_getsTheAnswersOfPredictEachHalfSecond(String model) throws Exception {
        try (StreamClient client = new StreamClient(service, "?window=1&model=" + model)) {
            client.next("ready");
            client.text("{\"text\": \"so glad\"}");
            byte[] samples = Arrays.copyOfRange(wav, HEADER, wav.length);
            client.pieces(Arrays.copyOf(samples, 3 * samples.length / 4), 777);
            for (double end = 0.5; end <= 1.5; end += 0.5) {
                JsonObject answer = client.next("answer");
                double from = Math.max(0, end - 1);
                assertEquals(predicted(model, from, end, "so glad"), answer.object("prediction"));
                assertEquals(0, answer.whole("skipped"));
            }
            client.text("{\"text\": \"so glad you came\"}");
            client.binary(Arrays.copyOfRange(samples, 3 * samples.length / 4, samples.length - 200));
            client.text(END);
            JsonObject last = client.next("final");
            assertEquals(predicted(model, 0.99375, 1.99375, "so glad you came"), last.object("prediction"));
            assertEquals(1000, client.closed());
        }
    }

    /// Less than a frame of the encoder is refused in the line of predict.
    @Test
    void stream_ofTooFewSamples_isToldSo() throws Exception {
        try (StreamClient client = new StreamClient(service, "?model=wav2vec2-base")) {
            client.next("ready");
            client.binary(Arrays.copyOfRange(wav, HEADER, HEADER + 2 * 399)).text(END);
            JsonObject problem = client.next("error");
            assertEquals(422, problem.whole("status"));
            assertEquals(
                    "the recording has 399 samples at 16000 Hz, the encoder reads at least 400; give a longer one",
                    problem.text("detail"));
            assertEquals(1008, client.closed());
        }
    }
}
