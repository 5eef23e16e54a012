#!/usr/bin/env python3
"""Writes altered copies of clips, a folder per condition, each with a manifest m.csv; see README.md."""
import argparse
import shutil
from pathlib import Path

import numpy as np

from sound import active_rms, convolve, db, fail, frames_of, music, read_wav, resample, rms, seeded, write_wav

RT60 = 0.5  # seconds in which the sound of the room falls by 60 dB
DIRECT_TO_REVERBERANT_DB = 5


def zeros(seconds):
    return lambda clip: (np.pad(clip.samples, round(seconds * clip.rate)), clip.rate)


def noise_around(level_db, seconds):
    def alter(clip):
        size = round(seconds * clip.rate)
        noise = db(level_db) * clip.rng.standard_normal(2 * size)
        return np.concatenate([noise[:size], clip.samples, noise[size:]]), clip.rate

    return alter


def level(change_db):
    def alter(clip):
        louder = clip.samples * db(change_db)
        return None if np.abs(louder).max() >= 1 else (louder, clip.rate)

    return alter


def offset(share):
    def alter(clip):
        peak = np.abs(clip.samples).max()
        room = min(1, (0.999 - share) / peak) if peak > 0 else 1
        return clip.samples * room + share, clip.rate

    return alter


def mp3_like(clip):
    """Nothing above 5.5 kHz, and below it each spectral value rounded to a step that puts the noise of rounding 20 dB
    below its band of a third of an octave; what is smaller than half a step is lost, as in an MP3 of few bits."""
    size = 1024 if clip.rate >= 32000 else 512
    hop = size // 2
    window = np.sin(np.pi * (np.arange(size) + 0.5) / size)
    padded = np.pad(clip.samples, (size, 2 * size))
    out = np.zeros(len(padded))
    frequency = np.fft.rfftfreq(size, 1 / clip.rate)
    edges = [0, *(50 * 2 ** (np.arange(30) / 3))]
    bands = [b for b in (np.flatnonzero((frequency >= lo) & (frequency < hi)) for lo, hi in zip(edges, edges[1:])) if len(b)]
    for start in range(0, len(padded) - size, hop):
        spectrum = np.fft.rfft(padded[start : start + size] * window)
        spectrum[frequency > 5500] = 0
        for band in bands:
            power = np.mean(np.abs(spectrum[band]) ** 2)
            if power > 0:
                step = np.sqrt(6 * power * db(-20) ** 2)
                spectrum[band] = step * (np.rint(spectrum[band].real / step) + 1j * np.rint(spectrum[band].imag / step))
        out[start : start + size] += np.fft.irfft(spectrum, size) * window
    return out[size : size + len(clip.samples)], clip.rate


def telephone_rate(clip):
    return resample(clip.samples, clip.rate, 8000), 8000


def in_room(clip):
    """The direct sound as it was, and after 2.5 ms noise that decays exponentially (Polack); the tail is kept."""
    time = np.arange(round(RT60 * clip.rate)) / clip.rate
    response = clip.rng.standard_normal(len(time)) * np.exp(-3 * np.log(10) * time / RT60) * (time >= 0.0025)
    response *= db(-DIRECT_TO_REVERBERANT_DB) / np.sqrt(np.sum(response**2))
    response[0] = 1
    return without_clipping(convolve(clip.samples, response)), clip.rate


def with_music(clip):
    track = music(clip.rng, len(clip.samples) / clip.rate, clip.rate)
    track *= active_rms(clip.samples, clip.rate) * db(-10)
    return without_clipping(clip.samples + track), clip.rate


def with_babble(clip):
    """Four other clips of the folder at once, repeated where they end."""
    others = [path for path in clip.all if path.name != clip.path.name]
    if len(others) < 4:
        return None
    babble = np.zeros(len(clip.samples))
    for i in clip.rng.choice(len(others), 4, replace=False):
        other, rate = read_wav(others[i])
        other = other if rate == clip.rate else resample(other, rate, clip.rate)
        shift = int(clip.rng.integers(0, len(other)))
        babble += np.resize(np.roll(other, shift), len(babble)) / active_rms(other, clip.rate)
    babble *= active_rms(clip.samples, clip.rate) * db(-10) / active_rms(babble, clip.rate)
    return without_clipping(clip.samples + babble), clip.rate


def with_pause(clip):
    """A second of noise with the spectrum and level of the clip's quietest frames, put in at the quietest 20 ms of its
    middle three fifths."""
    size = max(16, clip.rate // 50)
    power = np.mean(np.square(frames_of(clip.samples, size)), axis=1)
    middle = range(len(power) // 5, max(len(power) // 5 + 1, 4 * len(power) // 5))
    at = min(middle, key=lambda i: power[i]) * size + size // 2
    quietest = frames_of(clip.samples, size)[np.argsort(power)[: max(3, len(power) // 10)]]
    shape = np.sqrt(np.mean(np.abs(np.fft.rfft(quietest * np.hanning(size), axis=1)) ** 2, axis=0))
    white = np.fft.rfft(clip.rng.standard_normal(clip.rate))
    grid = np.linspace(0, 1, len(white))
    floor = np.fft.irfft(white * np.interp(grid, np.linspace(0, 1, len(shape)), shape), clip.rate)
    floor *= rms(quietest) / max(rms(floor), 1e-12)
    return np.concatenate([clip.samples[:at], floor, clip.samples[at:]]), clip.rate


def without_clipping(samples):
    return samples * min(1, 0.999 / max(np.abs(samples).max(), 1e-9))


CONDITIONS = {
    "clean": None,
    "zeros-0.5": zeros(0.5),
    "zeros-2": zeros(2),
    "noise-66-1": noise_around(-66, 1),
    "noise-35-1": noise_around(-35, 1),
    "level-10": level(-10),
    "level-20": level(-20),
    "level-30": level(-30),
    "level+6": level(6),
    "offset-2": offset(0.02),
    "offset-10": offset(0.10),
    "mp3like": mp3_like,
    "rate-8k": telephone_rate,
    "room": in_room,
    "music-10": with_music,
    "babble-10": with_babble,
    "pause": with_pause,
}


class Clip:
    """A clip to alter, and the random numbers that its name and the condition give."""

    def __init__(self, path, condition, every):
        self.path, self.all = path, every
        self.samples, self.rate = read_wav(path)
        self.rng = seeded(condition, path.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("in_dir", type=Path)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--list", type=Path, help="names of clips, one a line, with or without .wav (default: all)")
    parser.add_argument("--conditions", help="some of: " + ",".join(CONDITIONS))
    options = parser.parse_args()
    every = sorted(options.in_dir.glob("*.wav"))
    if not every:
        fail(f"{options.in_dir}: holds no .wav files; name the folder that does")
    chosen = every
    if options.list:
        names = [line.strip().removesuffix(".wav") for line in options.list.read_text().splitlines() if line.strip()]
        missing = sorted(set(names) - {path.stem for path in every})
        if missing:
            fail(f"{options.list}: {missing[0]} is not in {options.in_dir}; mend the list")
        chosen = [path for path in every if path.stem in set(names)]
    conditions = options.conditions.split(",") if options.conditions else list(CONDITIONS)
    unknown = [condition for condition in conditions if condition not in CONDITIONS]
    if unknown:
        fail(f"--conditions: {unknown[0]} is not one of {', '.join(CONDITIONS)}")
    for condition in conditions:
        folder = options.out_dir / condition
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.wav"):
            path.unlink()
        written = []
        for path in chosen:
            if CONDITIONS[condition] is None:
                shutil.copyfile(path, folder / path.name)
            else:
                altered = CONDITIONS[condition](Clip(path, condition, every))
                if altered is None:
                    continue
                write_wav(folder / path.name, *altered)
            written.append(path)
        rows = "".join(f"{path.stem},{path.name}\n" for path in written)
        (folder / "m.csv").write_text("id,audio\n" + rows)
        left_out = f", {len(chosen) - len(written)} left out (would clip)" if len(written) < len(chosen) else ""
        print(f"{condition}: {len(written)} clips{left_out}")


if __name__ == "__main__":
    main()
