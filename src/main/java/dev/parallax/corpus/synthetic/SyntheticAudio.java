package dev.parallax.corpus.synthetic;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;

/// The sound of one synthetic utterance, made each time it is asked for.
final class SyntheticAudio implements AudioSource {

    /// Changes whenever the same score would sound different.
    private static final String GENERATOR = "parallax-synthetic-1";

    private final SoundDesign score;
    private final int sampleRate;

    SyntheticAudio(SoundDesign score, int sampleRate) {
        this.score = score;
        this.sampleRate = sampleRate;
    }

    @Override
    public Audio read() {
        return new Audio(new Synthesiser(score, sampleRate).render(), sampleRate);
    }

    @Override
    public String contentHash() {
        String content = GENERATOR + " " + sampleRate + " " + score.key();
        return SafeFiles.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String description() {
        return "synthetic seed " + score.seed() + " utterance " + score.number();
    }
}
