package dev.parallax.corpus.synthetic;

import dev.parallax.audio.Audio;
import dev.parallax.data.AudioSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The sound of one synthetic utterance, made each time it is asked for.
final class SyntheticAudio implements AudioSource {

    /// Changes whenever the same score would sound different.
    private static final String GENERATOR = "parallax-synthetic-1";

    private final Score score;
    private final int sampleRate;

    SyntheticAudio(Score score, int sampleRate) {
        this.score = score;
        this.sampleRate = sampleRate;
    }

    @Override
    public Audio read() {
        return new Audio(new Synthesiser(score, sampleRate).render(), sampleRate);
    }

    @Override
    public String contentHash() {
        String content = GENERATOR + " " + sampleRate + " " + score;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String description() {
        return "synthetic seed " + score.seed() + " utterance " + score.number();
    }
}
