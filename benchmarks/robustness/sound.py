"""WAV files in and out, and the few sounds that the programs beside this one put together. Samples lie in [-1, 1]."""
import hashlib
import sys
import wave

import numpy as np


def fail(message):
    """One line, and the exit code that Parallax has for bad input."""
    print(message, file=sys.stderr)
    sys.exit(2)


def seeded(*names):
    """Random numbers that depend on the names alone."""
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def read_wav(path):
    """Samples of a WAV file of 16 bits, its channels averaged, and its sample rate."""
    try:
        with wave.open(str(path)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        fail(f"{path}: not a WAV file that can be altered ({error}); write it as PCM of 16 bits")
    if width != 2:
        fail(f"{path}: has {8 * width} bits a sample; write it as PCM of 16 bits")
    samples = np.frombuffer(raw[: len(raw) // (2 * channels) * 2 * channels], dtype="<i2")
    return samples.reshape(-1, channels).mean(axis=1) / 32768, rate


def write_wav(path, samples, rate):
    """A WAV file of 16 bits, one channel; samples are rounded, those beyond full scale clipped."""
    whole = np.clip(np.rint(np.asarray(samples) * 32768), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(whole.tobytes())


def db(value):
    """The factor of an amplitude that many decibels are."""
    return 10 ** (value / 20)


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0


def frames_of(samples, length):
    """Whole frames side by side, [frames, length]; at least one."""
    if len(samples) < length:
        samples = np.pad(samples, (0, length - len(samples)))
    return samples[: len(samples) // length * length].reshape(-1, length)


def active_rms(samples, rate):
    """Root mean square of the frames of 20 ms that are at most 30 dB below the loudest one."""
    power = np.mean(np.square(frames_of(samples, rate // 50)), axis=1)
    return float(np.sqrt(np.mean(power[power >= power.max() * 1e-3])))


def convolve(samples, response):
    """Linear convolution, len(samples) + len(response) - 1."""
    length = len(samples) + len(response) - 1
    size = 1 << (length - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)[:length]


def resample(samples, rate, target):
    """To another rate by cutting the spectrum of the clip off, which delays nothing."""
    edge = rate // 10
    padded = np.pad(samples, edge)
    length = round(len(padded) * target / rate)
    spectrum = np.fft.rfft(padded)[: length // 2 + 1].copy()
    spectrum[-len(spectrum) // 50:] *= np.linspace(1, 0, len(spectrum[-len(spectrum) // 50:]))
    spectrum = np.pad(spectrum, (0, length // 2 + 1 - len(spectrum)))
    start = round(edge * target / rate)
    return np.fft.irfft(spectrum, length)[start : start + round(len(samples) * target / rate)] * target / rate


def colored(rng, length, exponent, rate=16000):
    """Noise whose power falls with frequency as f^-exponent, rms 1: 0 white, 1 pink, 2 brown, -1 blue, -2 violet."""
    spectrum = np.fft.rfft(rng.standard_normal(length))
    frequency = np.maximum(np.fft.rfftfreq(length, 1 / rate), 20)
    noise = np.fft.irfft(spectrum * frequency ** (-exponent / 2), length)
    return noise / rms(noise)


def note(frequency, seconds, rate, harmonics=8):
    """A plucked tone: harmonics of 1/k, the high ones dying first."""
    time = np.arange(round(seconds * rate)) / rate
    tone = np.zeros(len(time))
    for k in range(1, harmonics + 1):
        if k * frequency < rate / 2:
            tone += np.sin(2 * np.pi * k * frequency * time) / k * np.exp(-time * (1.5 + 0.7 * k))
    return tone * np.minimum(1, time / 0.005)


def put(track, sound, start):
    """Adds a sound to a track from a sample on; what reaches beyond its end is lost."""
    end = min(len(track), start + len(sound))
    if start < end:
        track[start:end] += sound[: end - start]


def music(rng, seconds, rate, chords=True, drums=True, melody=True):
    """Chords, a beat and a melody, made up anew from each stream of random numbers; rms 1."""
    track = np.zeros(round(seconds * rate))
    beat = 60 / rng.uniform(80, 140)
    key = 110 * 2 ** (rng.integers(0, 12) / 12)
    minor = rng.random() < 0.5
    scale = [0, 2, 3, 5, 7, 8, 10] if minor else [0, 2, 4, 5, 7, 9, 11]
    roots = rng.permutation([0, 3, 4, 5])
    for i in range(int(seconds / beat) + 1):
        start = round(i * beat * rate)
        degree = int(roots[(i // 4) % 4])
        if chords and i % 2 == 0:
            for step in (0, 2, 4):
                octave, place = divmod(degree + step, 7)
                put(track, 0.3 * note(key * 2 ** (octave + scale[place] / 12), 2 * beat, rate), start)
        if melody:
            for half in (0, 1):
                place = scale[int(rng.integers(0, 7))]
                put(track, 0.4 * note(4 * key * 2 ** (place / 12), beat, rate), start + round(half * beat * rate / 2))
        if drums:
            time = np.arange(rate // 5) / rate
            kick = np.sin(2 * np.pi * 60 * time * np.exp(-3 * time)) * np.exp(-18 * time)
            snare = rng.standard_normal(len(time)) * np.exp(-25 * time) * 0.4
            put(track, kick if i % 2 == 0 else snare, start)
    return track / max(rms(track), 1e-9)
