#!/usr/bin/env python3
"""Which epoch is kept, and whether weights are averaged: the table of docs/splits.md.

    python3 epochs.py --parallax ../../bin/parallax --emodb EMODB --goemotions GOEMOTIONS --out DIR [--seeds 3]

Every way trains on the same parts with the same seeds. The validation part chooses the epoch, as the way says; what is
compared is the score of the test part, whose speakers or sentences are new. Deviations are over seeds. A difference is
the mean over pairs of runs of the same fold and seed, with its standard error over these pairs.
"""
import argparse
import csv
import json
import random
import statistics
import subprocess
from pathlib import Path

from sound import fail

WAYS = {
    "accuracy": [],
    "loss": ["--set", "training.chosenBy=loss"],
    "accuracy, averaged": ["--set", "training.averaging=0.98"],
    "loss, averaged": ["--set", "training.chosenBy=loss", "--set", "training.averaging=0.98"],
}
PARTS = {"train": ("train", 6000), "dev": ("val", 800), "test": ("test", 2500)}


def sentences(goemotions, manifest):
    """Some sentences of each part, drawn with a fixed seed."""
    labels = (goemotions / "labels.txt").read_text().split()
    draw = random.Random(1)
    with manifest.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text", "emotion", "split"])
        for part, (name, count) in PARTS.items():
            lines = (goemotions / f"{part}.tsv").read_text(encoding="utf-8").splitlines()
            cells = [line.split("\t") for line in lines]
            cells = [cell for cell in cells if "," not in cell[1]]
            draw.shuffle(cells)
            rows.writerows(
                [f"{name}{i}", text, labels[int(label)], name] for i, (text, label, *_) in enumerate(cells[:count])
            )
    return manifest


def accuracy(parallax, out, arguments):
    """Unweighted accuracy of the test part; what was trained before is not trained again."""
    if not (out / "run.json").exists():
        command = [parallax, "train", *arguments, "--out", str(out), "--threads", "1", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            fail(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    scores = json.loads((out / "run.json").read_text())["run"]["scores"]
    return scores["test"]["decision"]["unweightedAccuracy"]


def compare(options, name, arguments, folds):
    runs = {}
    for way, settings in WAYS.items():
        for seed in range(1, options.seeds + 1):
            for fold, of_fold in enumerate(folds):
                out = options.out / name / f"{way.replace(', ', '-')}-{seed}-{fold}"
                more = [*of_fold, "--seed", str(seed), "--split-seed", "1", *settings]
                runs[way, seed, fold] = accuracy(options.parallax, out, [*arguments, *more])
    pairs = [(seed, fold) for seed in range(1, options.seeds + 1) for fold in range(len(folds))]
    print(f"{name}: {len(pairs)} runs each")
    for way in WAYS:
        seeds = [
            statistics.mean(runs[way, seed, fold] for fold in range(len(folds)))
            for seed in range(1, options.seeds + 1)
        ]
        differences = [runs[(way, *pair)] - runs[("accuracy", *pair)] for pair in pairs]
        error = statistics.stdev(differences) / len(differences) ** 0.5
        print(
            f"  {way}: {statistics.mean(seeds):.4f}, deviation {statistics.stdev(seeds):.4f},"
            f" difference {statistics.mean(differences):+.4f} +- {error:.4f}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallax", required=True)
    parser.add_argument("--emodb", required=True, type=Path)
    parser.add_argument("--goemotions", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    compare(
        options,
        "emodb",
        ["--corpus", f"emodb:{options.emodb}", "--features", "functionals", "--as-recorded"],
        [["--protocol", f"speakers-5/{fold}"] for fold in range(1, 6)],
    )
    manifest = sentences(options.goemotions, options.out / "goemotions.csv")
    compare(options, "goemotions", ["--corpus", f"manifest:{manifest}", "--preset", "text"], [[]])
    compare(
        options,
        "synthetic",
        ["--corpus", "synthetic:7", "--size", "400", "--features", "speech", "--as-recorded"]
        + ["--set", "training.epochs=20"],
        [[]],
    )


if __name__ == "__main__":
    main()
