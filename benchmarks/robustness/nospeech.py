#!/usr/bin/env python3
"""Writes 100 files that hold no speech, and a manifest m.csv of them; see README.md."""
import sys
from pathlib import Path

import numpy as np

from sound import colored, db, fail, music, note, put, rms, seeded, write_wav

RATE = 16000
SECONDS = 3


def at_level(sound, level_db):
    """With an rms of so many dB below full scale, or less where peaks would clip."""
    sound = sound * (db(level_db) / max(rms(sound), 1e-12))
    return sound * min(1, 0.999 / max(np.abs(sound).max(), 1e-12))


def time(seconds=SECONDS):
    return np.arange(round(seconds * RATE)) / RATE


def tones(*frequencies):
    return sum(np.sin(2 * np.pi * f * time()) for f in frequencies)


def sweep(first, last):
    """A sine whose logarithm of frequency rises evenly."""
    ratio = np.log(last / first)
    return np.sin(2 * np.pi * first * SECONDS / ratio * (np.exp(time() / SECONDS * ratio) - 1))


def clicks(rng, a_second):
    track = np.zeros(len(time()))
    track[rng.integers(0, len(track), max(1, round(SECONDS * a_second)))] = rng.choice([-1, 1])
    return track


def on_off(sound, on, off):
    return sound * ((time() % (on + off)) < on)


def engine(rng, turns):
    """Pulses at an uneven rate through two resonances, as of an engine."""
    speed = turns * (1 + 0.1 * np.sin(2 * np.pi * 0.4 * time()) + 0.02 * colored(rng, len(time()), 2))
    phase = np.cumsum(np.maximum(speed, 1)) / RATE
    pulses = np.exp(-8 * (phase % 1)) - 0.12
    return pulses + 0.2 * colored(rng, len(time()), 1) * rms(pulses)


def rain(rng, drops_a_second):
    track = 0.02 * colored(rng, len(time()), 0)
    drop = np.arange(120) / RATE
    for start in rng.integers(0, len(track), SECONDS * drops_a_second):
        pitch = rng.uniform(1500, 6000)
        put(track, rng.uniform(0.05, 0.5) * np.sin(2 * np.pi * pitch * drop) * np.exp(-drop * 600), int(start))
    return track


def dialled(rng, digits):
    low, high = (697, 770, 852, 941), (1209, 1336, 1477)
    track = np.zeros(len(time()))
    for i in range(digits):
        pair = time(0.12)
        sound = np.sin(2 * np.pi * rng.choice(low) * pair) + np.sin(2 * np.pi * rng.choice(high) * pair)
        put(track, sound, round(i * 0.25 * RATE))
    return track


def dithered(rng):
    """Silence as a recorder with dither writes it: the last bit, at random."""
    return (rng.random(len(time())) - rng.random(len(time()))) / 32768


def files():
    """Each name with the samples that it stands for."""
    colors = {"white": 0, "pink": 1, "brown": 2, "blue": -1, "violet": -2}
    for color, exponent in colors.items():
        for level_db in (-10, -25, -40, -60):
            name = f"noise-{color}{level_db}"
            yield name, at_level(colored(seeded(name), len(time()), exponent), level_db)
    for frequency in (50, 150, 220, 440, 1000, 3000):
        for level_db in (-10, -40):
            yield f"tone-{frequency}{level_db}", at_level(tones(frequency), level_db)
    for first, last in ((50, 7000), (7000, 50), (100, 400), (400, 100), (200, 3000)):
        yield f"sweep-{first}-{last}", at_level(sweep(first, last), -15)
    for a_second in (1, 5, 20, 100):
        name = f"clicks-{a_second}"
        yield name, 0.8 * clicks(seeded(name), a_second)
    for i in range(6):
        for part in ("chords", "drums", "melody"):
            name = f"{part}-{i}"
            only = {p: p == part for p in ("chords", "drums", "melody")}
            yield name, at_level(music(seeded(name), SECONDS, RATE, **only), -20)
        name = f"music-{i}"
        yield name, at_level(music(seeded(name), SECONDS, RATE), -18)
    yield "silence-digital", np.zeros(len(time()))
    yield "silence-dithered", dithered(seeded("dithered"))
    yield "silence-offset", np.full(len(time()), 0.01)
    yield "sample-1", np.array([0.5])
    yield "sample-0.01s", 0.3 * tones(200)[: RATE // 100]
    for base in (50, 60):
        for level_db in (-20, -45):
            yield f"hum-{base}{level_db}", at_level(tones(base, 2 * base, 3 * base, 5 * base), level_db)
    for turns in (12, 25, 40, 80):
        name = f"engine-{turns}"
        yield name, at_level(engine(seeded(name), turns), -18)
    for drops in (50, 300, 1500):
        name = f"rain-{drops}"
        yield name, at_level(rain(seeded(name), drops), -25)
    for digits in (4, 8, 12):
        name = f"dial-{digits}"
        yield name, at_level(dialled(seeded(name), digits), -15)
    yield "tone-dial", at_level(tones(425), -15)
    yield "tone-busy", at_level(on_off(tones(425), 0.48, 0.48), -15)
    yield "tone-ringing", at_level(on_off(tones(440, 480), 1, 2), -15)
    for frequency, on, off in ((800, 0.1, 0.4), (1000, 0.05, 0.05), (2000, 0.2, 0.2), (400, 0.5, 0.5)):
        yield f"beeps-{frequency}", at_level(on_off(tones(frequency), on, off), -20)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * 0.5 * time())
    yield "waves", at_level(colored(seeded("waves"), len(time()), 1) * wave, -20)
    yield "wind", at_level(colored(seeded("wind"), len(time()), 2) * (0.3 + wave), -20)
    siren = np.cumsum(700 + 300 * np.sin(2 * np.pi * 0.6 * time())) / RATE
    yield "siren", at_level(np.sin(2 * np.pi * siren), -15)
    for frequency in (90, 130, 250):
        yield f"square-{frequency}", at_level(np.sign(tones(frequency)), -20)
    yield "chirps", at_level(on_off(np.sin(2 * np.pi * (3000 * time() + 60 * np.sin(2 * np.pi * 9 * time()))), 0.15, 0.35), -25)
    yield "bell", at_level(sum(note(f, SECONDS, RATE, 1) for f in (523, 1303, 1871, 2790)), -20)
    knocks = np.zeros(len(time()))
    for start in (0.3, 0.6, 0.9, 1.8, 2.1):
        put(knocks, colored(seeded("knocks"), RATE // 10, 1) * np.exp(-60 * time(0.1)), round(start * RATE))
    yield "knocks", at_level(knocks, -20)


def main():
    if len(sys.argv) != 2:
        fail("usage: nospeech.py OUT_DIR")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, samples in files():
        write_wav(folder / f"{name}.wav", samples, RATE)
        names.append(name)
    (folder / "m.csv").write_text("id,audio\n" + "".join(f"{name},{name}.wav\n" for name in names))
    print(f"{folder}: {len(names)} files without speech")


if __name__ == "__main__":
    main()
