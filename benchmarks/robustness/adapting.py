#!/usr/bin/env python3
"""From how many clips is it worth going on from a model? The table of docs/adapting.md.

    python3 adapting.py --parallax ../../bin/parallax --emodb EMODB --out DIR [--draws 3]

Speakers of EMO-DB are drawn apart: six for a model of four classes (two of them choose its epoch), two whose clips are
learned from, one whose clips choose the epoch, one who is tested. Everything is seeded by the number of the draw.
"""
import argparse
import csv
import json
import random
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

from sound import fail
from table import EMODB

SPEAKERS = ["03", "08", "09", "10", "11", "12", "13", "14", "15", "16"]
LEARNED, CHOOSING = 38, 12

FEATURES = ["--features", "functionals"]
RATE = ["--set", "training.learningRate=0.003"]
LAST = ["--set", "training.chosenOn=nothing"]


def run(parallax, *arguments):
    done = subprocess.run([parallax, *arguments, "--quiet"], capture_output=True, text=True)
    if done.returncode:
        fail(f"{' '.join(arguments)}: {done.stderr.strip()}")


def accuracy(folder):
    scores = json.loads((folder / "run.json").read_text())["run"]["scores"]
    return scores["test"]["decision"]["unweightedAccuracy"]


def some(clips, count, random_numbers):
    """So many clips, of each emotion as many as can be."""
    by_emotion = defaultdict(list)
    for clip in random_numbers.sample(clips, len(clips)):
        by_emotion[clip.stem[5]].append(clip)
    chosen = []
    while len(chosen) < count:
        for emotion in EMODB:
            if by_emotion[emotion] and len(chosen) < count:
                chosen.append(by_emotion[emotion].pop())
    return chosen


def copied(clip, folder):
    """Its name beside the manifest, where recordings must be."""
    shutil.copy(clip, folder)
    return clip.name


def draw(options, number):
    random_numbers = random.Random(number)
    speakers = random_numbers.sample(SPEAKERS, len(SPEAKERS))
    base, learned, choosing, tested = speakers[:6], speakers[6:8], speakers[8], speakers[9]
    clips = sorted((options.emodb / "wav").glob("*.wav"))
    of = lambda *wanted: [clip for clip in clips if clip.stem[:2] in wanted]
    parts = {
        "train": some(of(*learned), LEARNED, random_numbers),
        "val": some(of(choosing), CHOOSING, random_numbers),
        "test": of(tested),
    }
    folder = options.out / f"draw-{number}"
    folder.mkdir(parents=True)
    own = folder / "own.csv"
    with own.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["audio", "emotion", "speaker", "split"])
        for part, its in parts.items():
            rows.writerows([copied(clip, folder), EMODB[clip.stem[5]], clip.stem[:2], part] for clip in its)
    of_base = folder / "base.csv"
    with of_base.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["audio", "emotion", "speaker", "split"])
        for clip in of(*base):
            part = "val" if clip.stem[:2] in base[4:] else "train"
            rows.writerow([copied(clip, folder), EMODB[clip.stem[5]], clip.stem[:2], part])
    corpus = ["--corpus", f"manifest:{own}"]
    run(options.parallax, "train", "--corpus", f"manifest:{of_base}", "--labels", "4", *FEATURES,
        "--out", str(folder / "base"))
    start = ["--init", str(folder / "base")]
    for name, arguments in {
        "anew": FEATURES,
        "init": start,
        "init, slower": start + RATE,
        "init, slower, last epoch": start + RATE + LAST,
    }.items():
        out = folder / name.replace(", ", "-").replace(" ", "-")
        run(options.parallax, "train", *corpus, *arguments, "--out", str(out))
        print(f"| {number} | {name} | {accuracy(out):.3f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallax", default="parallax", help="the program")
    parser.add_argument("--emodb", type=Path, required=True, help="a copy of EMO-DB")
    parser.add_argument("--out", type=Path, required=True, help="an empty or missing folder for models and tables")
    parser.add_argument("--draws", type=int, default=3)
    options = parser.parse_args()
    print("| draw | model | unweighted accuracy |\n|---|---|---|")
    for number in range(1, options.draws + 1):
        draw(options, number)


if __name__ == "__main__":
    main()
