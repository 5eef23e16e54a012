package dev.parallax.model;

import dev.parallax.audio.Audio;

/// The largest magnitude of a recording.
final class Peak {

    private Peak() {}

    static float of(Audio audio) {
        float peak = 0;
        for (float sample : audio.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
