#!/usr/bin/env python3
"""How far answers move when the same clip is written in another format, at another rate; needs SoX.

    python3 formats.py --parallax ../../bin/parallax [--model M] --out DIR CLIP.wav...

Every clip is written as WAV, AIFF, AU and FLAC, of several widths, at 16, 22.05, 44.1 and 48 kHz, with SoX's dither and
without. Prints the largest change of any probability of the audio against the clip itself.
"""
import argparse
import csv
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

from sound import fail
from table import answers, print_rows

RATES = (16000, 22050, 44100, 48000)
KINDS = {
    "16 bits": [("wav", 16, "signed-integer"), ("aiff", 16, None), ("au", 16, "signed-integer"), ("flac", 16, None)],
    "24 and 32 bits, floats": [
        ("wav", 24, "signed-integer"),
        ("wav", 32, "signed-integer"),
        ("wav", 32, "floating-point"),
        ("aiff", 24, None),
        ("au", 24, "signed-integer"),
        ("au", 32, "floating-point"),
        ("flac", 24, None),
    ],
    "mu-law": [("wav", 8, "mu-law"), ("au", 8, "mu-law")],
    "8 bits": [("wav", 8, "unsigned-integer"), ("aiff", 8, None), ("au", 8, "signed-integer")],
}


def written(clip, out):
    """Every copy of a clip, and the kind that it is of."""
    for kind, formats in KINDS.items():
        for suffix, bits, encoding in formats:
            for rate in RATES:
                for dither in (True, False):
                    name = f"{clip.stem}-{suffix}-{bits}-{encoding or 'plain'}-{rate}-{'d' if dither else 'n'}.{suffix}"
                    command = ["sox", *([] if dither else ["-D"]), str(clip), "-b", str(bits)]
                    command += ["-e", encoding] if encoding else []
                    command += ["-r", str(rate), str(out / name)]
                    done = subprocess.run(command, capture_output=True, text=True)
                    if done.returncode:
                        fail(f"{' '.join(command)}: {done.stderr.strip()}")
                    yield out / name, (kind + (", dithered" if dither and kind == "8 bits" else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallax", default="parallax")
    parser.add_argument("--model")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("clips", nargs="+", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    kind_of, clip_of = {}, {}
    manifest = options.out / "m.csv"
    with manifest.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "audio"])
        for clip in options.clips:
            shutil.copy(clip, options.out)
            rows.writerow([clip.name, clip.name])
            for copy, kind in written(clip, options.out):
                rows.writerow([copy.name, copy.name])
                kind_of[copy.name], clip_of[copy.name] = kind, clip.name
    said = {a["id"]: a for a in answers(options.parallax, options.model, manifest, None)}
    change, other = defaultdict(float), defaultdict(int)
    for copy, kind in kind_of.items():
        before, after = said[clip_of[copy]]["audio"], said[copy]["audio"]
        moved = max(abs(a - b) for a, b in zip(before["probabilities"], after["probabilities"]))
        change[kind] = max(change[kind], moved)
        other[kind] += before["label"] != after["label"]
    counts = defaultdict(int)
    for kind in kind_of.values():
        counts[kind] += 1
    print_rows(
        ["format", "files", "largest change", "other label"],
        [[kind, counts[kind], f"{change[kind]:.4f}", other[kind]] for kind in sorted(change)],
    )


if __name__ == "__main__":
    main()
