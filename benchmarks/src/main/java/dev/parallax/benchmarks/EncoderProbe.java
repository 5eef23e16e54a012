package dev.parallax.benchmarks;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import dev.parallax.pretrained.encoder.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Runs one encoder in a process of its own and prints its memory. [EncoderSection] starts it.
public final class EncoderProbe {

    private static final int PASSES = 20;

    private EncoderProbe() {}

    /// @param arguments `text FOLDER`, `onnx FILE` or `speech FOLDER`
    public static void main(String... arguments) throws OrtException {
        Backend backend = Backends.choose("auto", line -> {});
        Path path = Path.of(arguments[1]);
        TextPasses longest = new TextPasses(EncoderSection.TOKENS.getLast());
        switch (arguments[0]) {
            case "text" -> {
                TextEncoder encoder = TextEncoder.frozen(path, backend);
                for (int i = 0; i < PASSES; i++) {
                    longest.ours(encoder, backend);
                }
                say("live", Memory.live());
                encoder.parameters().close(); // it was in use until here
            }
            case "onnx" -> {
                try (OrtSession session = TextPasses.session(path)) {
                    for (int i = 0; i < PASSES; i++) {
                        longest.onnxruntime(session);
                    }
                }
            }
            default -> {
                SpeechEncoder encoder = SpeechEncoder.frozen(path, backend);
                float[] input = encoder.input(EncoderSection.clip());
                for (int i = 0; i < PASSES; i++) {
                    encoder.frozenStates(backend, List.of(input));
                }
                say("live", Memory.live());
                encoder.parameters().close();
            }
        }
        say("peak", Memory.peak("self"));
    }

    private static void say(String name, double bytes) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.0f", bytes));
    }
}
