#!/usr/bin/env python3
"""Temperatures fitted on few clips: the table of docs/sure.md.

    bin/parallax study --corpus emodb:EMODB --modalities audio --features functionals --folds speakers-4 --seeds 2 \\
        --out runs/t-emodb
    bin/parallax study --corpus synthetic:3 --size 400 --fusions late-add --losses perspective --folds speakers-4 \\
        --seeds 1 --set training.epochs=12 --out runs/t-synthetic
    python3 temperatures.py "EMO-DB=runs/t-emodb/audio" "synthetic=runs/t-synthetic/late-add"

Each argument is NAME=STUDY/STRATEGY. Of each cell of the strategy, n clips of the validation part are drawn without
replacement, 12 times; the temperature is fitted on them, by the formula of eval/TemperatureScaling, and the negative
log-likelihood of the test part is taken. The table has the mean over draws and cells. Where a validation part has fewer
than n clips, all of it is taken. First the fit is checked: on the whole validation part with 16 pseudo-clips it must
give the temperature that the cell keeps.
"""
import json
import sys
import zlib
from pathlib import Path

import numpy as np

from sound import fail

LEAST, MOST = 0.05, 20
CLIPS = [4, 8, 16, 32, 64]
PRIORS = {"plain fit": 0, "with 4 pseudo-clips": 4, "with 16": 16, "with 64": 64}
DRAWS = 12


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def fit(logits, truth, prior):
    """The temperature, by bisection of its logarithm."""
    right = logits[np.arange(len(truth)), truth]
    said = (softmax(logits) * logits).sum(axis=1)

    def slope(temperature):
        mean = (softmax(logits / temperature) * logits).sum(axis=1)
        return (mean - right).sum() + prior / len(truth) * (mean - said).sum()

    low, high = np.log(LEAST), np.log(MOST)
    for _ in range(60):
        middle = (low + high) / 2
        if slope(np.exp(middle)) > 0:
            low = middle
        else:
            high = middle
    return np.exp((low + high) / 2)


def negative_log_likelihood(logits, truth, temperature):
    return -np.log(softmax(logits / temperature)[np.arange(len(truth)), truth]).mean()


def cells(study, strategy):
    files = sorted((study / "cells").glob(f"{strategy}.*.json"))
    if not files:
        fail(f"{study}: it has no finished cell of {strategy}; run its study first")
    for file in files:
        cell = json.loads(file.read_text())
        parts = {
            part: (np.array(cell[part]["decision"]), np.array(cell[part]["truth"])) for part in ("validation", "test")
        }
        kept = cell["temperatures"][strategy if strategy in ("audio", "text") else "fused"]
        again = fit(*parts["validation"], 16)
        if abs(again - kept) > 1e-4 * kept:
            fail(f"{file}: the fit gives {again}, the cell keeps {kept}: temperatures.py no longer has the formula")
        yield file.name, parts


def row(all_cells, prior, clips):
    scores = []
    for name, parts in all_cells:
        logits, truth = parts["validation"]
        random = np.random.default_rng([zlib.crc32(name.encode()), clips])  # the same clips for every prior
        for _ in range(DRAWS):
            some = random.permutation(len(truth))[:clips]
            scores.append(negative_log_likelihood(*parts["test"], fit(logits[some], truth[some], prior)))
    return np.mean(scores)


def main():
    print("| | n = " + " | ".join(str(n) for n in CLIPS) + " | T = 1 |")
    print("|---" * (len(CLIPS) + 2) + "|")
    for argument in sys.argv[1:]:
        name, _, place = argument.partition("=")
        study = Path(place)
        all_cells = list(cells(study.parent, study.name))
        plain = np.mean([negative_log_likelihood(*parts["test"], 1) for _, parts in all_cells])
        for title, prior in PRIORS.items():
            first = prior == 0
            numbers = [f"{row(all_cells, prior, n):.3f}" for n in CLIPS]
            print("| " + (f"{name}, " if first else "") + title + " | " + " | ".join(numbers)
                  + (f" | {plain:.3f} |" if first else " | |"))
        sizes = [len(parts["validation"][1]) for _, parts in all_cells]
        print(f"{name}: {len(all_cells)} cells, {min(sizes)} to {max(sizes)} validation clips", file=sys.stderr)


if __name__ == "__main__":
    main()
