package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A corpus of any size on disk: short, different recordings with sentences, and a manifest. Each class has a tone
/// and a word of its own, so that a model can be trained; it is no speech.
final class LargeCorpus {

    static final int SPEAKERS = 100;
    static final double LEAST_SECONDS = 0.5;
    static final double MOST_SECONDS = 1.0;

    private static final int SAMPLE_RATE = 16_000;
    private static final int STREAM = 0x6C617267; // what the random numbers are for
    private static final int WORDS = 2000;
    private static final List<String> EMOTIONS = List.of("anger", "happiness", "neutral", "sadness");
    private static final float[] TONES = {520, 430, 350, 290}; // [Hz]

    private final float[] noise = MfccBenchmark.noise(60 * SAMPLE_RATE).samples();

    /// Writes the recordings, a thousand per folder, and `manifest.csv`.
    ///
    /// @return the manifest
    static Path write(Path folder, int utterances) throws IOException {
        LargeCorpus corpus = new LargeCorpus();
        Path manifest = folder.resolve("manifest.csv");
        try (Writer lines = Files.newBufferedWriter(manifest)) {
            lines.write("id,audio,text,emotion,speaker\n");
            for (int i = 0; i < utterances; i++) {
                String audio = "%03d/%06d.wav".formatted(i / 1000, i);
                if (i % 1000 == 0) {
                    Files.createDirectories(folder.resolve(audio).getParent());
                }
                RandomStream random = new RandomStream(1, 0, STREAM, i);
                int emotion = random.nextInt(EMOTIONS.size());
                int speaker = random.nextInt(SPEAKERS);
                Files.write(folder.resolve(audio), WavWriter.PCM_16.toBytes(corpus.sound(random, emotion, speaker)));
                lines.write("u%06d,%s,%s,%s,s%02d\n"
                        .formatted(i, audio, sentence(random, emotion), EMOTIONS.get(emotion), speaker));
            }
        }
        return manifest;
    }

    private Audio sound(RandomStream random, int emotion, int speaker) {
        int least = (int) (LEAST_SECONDS * SAMPLE_RATE);
        int samples = least + random.nextInt((int) (MOST_SECONDS * SAMPLE_RATE) - least);
        int from = random.nextInt(noise.length - samples);
        float[] sound = Arrays.copyOfRange(noise, from, from + samples);
        double step = 2 * Math.PI * TONES[emotion] * (1 + 0.002 * speaker) / SAMPLE_RATE;
        for (int t = 0; t < samples; t++) {
            sound[t] += (float) (0.05 * Math.sin(step * t));
        }
        return new Audio(sound, SAMPLE_RATE);
    }

    private static String sentence(RandomStream random, int emotion) {
        StringBuilder words = new StringBuilder();
        int count = 3 + random.nextInt(6);
        int telling = random.nextInt(3 * count); // two sentences of three are without the word of a class
        for (int w = 0; w < count; w++) {
            int word = w == telling ? emotion : EMOTIONS.size() + random.nextInt(WORDS - EMOTIONS.size());
            words.append(w == 0 ? "" : " ").append("word").append(word);
        }
        return words.toString();
    }
}
