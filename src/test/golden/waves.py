"""Synthesised voices, the inputs of the feature files.

All come from one generator, one after the other, so that they are the same whichever script asks for them.
"""
import numpy as np

import golden

CLIPS = {"a16": (16000, 1.25), "b8": (8000, 0.731), "c48": (48000, 0.4)}  # sample rate [Hz], length [s]


def voice(rng, sample_rate, seconds):
    """Eleven harmonics of a pitch around 140 Hz that rises and falls, noise, and a stretch of digital silence."""
    n = int(sample_rate * seconds)
    t = np.arange(n) / sample_rate
    pitch = 140 + 60 * np.sin(2 * np.pi * 1.3 * t)
    phase = 2 * np.pi * np.cumsum(pitch) / sample_rate
    loudness = 0.35 + 0.3 * np.sin(2 * np.pi * 2.1 * t)
    x = sum(np.sin(k * phase) / k for k in range(1, 12)) * loudness
    x = 0.2 * x + 0.01 * rng.standard_normal(n)
    x[int(0.4 * n) : int(0.46 * n)] = 0.0
    return np.clip(x, -0.99, 0.99).astype(np.float32)


def draw():
    """Two sets of waves, {clip: wave}, and the generator as they leave it.

    The first set is that of librosa and kaldi-native-fbank, the second that of python_speech_features.
    """
    rng = np.random.default_rng(golden.SEED)
    first = {clip: voice(rng, *CLIPS[clip]) for clip in ("a16", "b8", "c48")}
    second = {clip: voice(rng, *CLIPS[clip]) for clip in ("a16", "b8")}
    return first, second, rng
