package dev.parallax.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.TextEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A text of some tokens through MiniLM, here and in onnxruntime.
final class TextPasses {

    private final int[] ids;
    private final int[] kinds;
    private final Offsets offsets;

    TextPasses(int tokens) {
        this.ids = new int[tokens];
        this.kinds = new int[tokens];
        this.offsets = Offsets.ofLengths(tokens);
        Arrays.setAll(ids, i -> 1000 + i * 7919 % 20_000);
    }

    /// All states; the last one, [tokens, 384], is returned.
    float[] ours(TextEncoder encoder, Backend backend) {
        try (Tape tape = new Tape(backend)) {
            List<Variable> states = encoder.states(Pass.inference(tape, encoder.parameters()), ids, kinds, offsets);
            return states.stream()
                    .map(state -> state.value().toArray())
                    .reduce((all, last) -> last)
                    .orElseThrow();
        }
    }

    /// A session of one thread.
    static OrtSession session(Path onnx) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return OrtEnvironment.getEnvironment().createSession(onnx.toString(), options);
    }

    /// The last state.
    float[] onnxruntime(OrtSession session) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[][] tokens = {Arrays.stream(ids).asLongStream().toArray()};
        long[][] read = {new long[ids.length]};
        Arrays.fill(read[0], 1);
        try (OnnxTensor a = OnnxTensor.createTensor(environment, tokens);
                OnnxTensor b = OnnxTensor.createTensor(environment, read);
                OnnxTensor c = OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]});
                OrtSession.Result result =
                        session.run(Map.of("input_ids", a, "attention_mask", b, "token_type_ids", c))) {
            OnnxTensor state = (OnnxTensor) result.get(0);
            float[] values = new float[state.getFloatBuffer().remaining()];
            state.getFloatBuffer().get(values);
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
        }
    }
}
