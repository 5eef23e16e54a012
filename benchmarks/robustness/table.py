#!/usr/bin/env python3
"""Runs `predict` on altered clips and prints what becomes of its answers; see README.md."""
import argparse
import csv
import json
import subprocess
from collections import Counter
from itertools import chain
from pathlib import Path

from sound import fail

# The sixth character of a name in EMO-DB.
EMODB = {
    "W": "anger",
    "L": "boredom",
    "E": "disgust",
    "A": "fear",
    "F": "happiness",
    "T": "sadness",
    "N": "neutral",
}


def answers(parallax, model, manifest, threads):
    """What one process of predict says of each row, in order."""
    command = [parallax, "predict", "--manifest", str(manifest), "--quiet"]
    command += ["--model", model] if model else []
    command += ["--threads", str(threads)] if threads else []
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    if run.returncode not in (0, 1) or not run.stdout.strip():
        fail(f"{' '.join(command)}: exit code {run.returncode}: {run.stderr.strip()}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def print_rows(header, rows):
    """Prints Markdown as rows come, and returns it."""
    lines = []
    for cells in chain((header, None), rows):
        lines.append("| " + " | ".join(map(str, cells)) + " |" if cells else "|" + "---|" * len(header))
        print(lines[-1], flush=True)
    return "\n".join(lines)


def has_rows(manifest):
    """A condition that no clip could take without clipping has none."""
    return manifest.is_file() and manifest.read_text(encoding="utf-8").count("\n") > 1


def altered_rows(options):
    folder = Path(options.altered)
    conditions = [p.name for p in folder.iterdir() if has_rows(p / "m.csv")] if folder.is_dir() else []
    if "clean" not in conditions:
        fail(f"{folder}: has no clean/m.csv; write it with alter.py")
    conditions.sort(key=lambda name: (name != "clean", name))
    clean = {}
    for condition in conditions:
        all_of_it = answers(options.parallax, options.model, folder / condition / "m.csv", options.threads)
        said = [a for a in all_of_it if "error" not in a]
        if options.labels_from == "emodb":
            truth = {a["id"]: EMODB[a["id"][5]] for a in all_of_it}
            classes = set(said[0]["labels"]) if said else set()
            said = [a for a in said if truth[a["id"]] in classes]
        else:
            truth = {}
        if condition == "clean":
            clean = {a["id"]: a["decision"] for a in said}
        n = len(said)
        right = sum(a["decision"] == truth.get(a["id"]) for a in said)
        sure = [a for a in said if a["sure"]]
        other = [a for a in said if a["decision"] != clean.get(a["id"])]
        yield (
            condition,
            n,
            share(right, n) if truth else "-",
            share(len(sure), n),
            share(sum(a["decision"] != truth[a["id"]] for a in sure), n) if truth else "-",
            share(len(other), n),
            share(sum(a["sure"] and not a["warnings"] for a in other), n),
            share(sum(bool(a["warnings"]) for a in said), n),
            len(all_of_it) - sum("error" not in a for a in all_of_it),
        )


def sure_rows(options):
    for manifest in options.sure:
        said = answers(options.parallax, options.model, manifest, options.threads)
        refused = sum("error" in a for a in said)
        said = [a for a in said if "error" not in a]
        sure = [a for a in said if a["sure"]]
        n = len(said)
        decisions = ", ".join(f"{label} {count}" for label, count in Counter(a["decision"] for a in sure).most_common())
        yield manifest, n, share(len(sure), n), share(sum(bool(a["warnings"]) for a in said), n), refused, decisions or "-"
        if options.list:
            texts = {row["id"]: row.get("text", "") for row in csv.DictReader(open(manifest, encoding="utf-8"))}
            for a in sure:
                print(f"  {a['id']}: {a['decision']} {max(best(a)):.2f} {texts.get(a['id']) or ''}".rstrip())


def best(answer):
    return next(answer[p]["probabilities"] for p in ("fused", "audio", "text") if answer[p])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallax", required=True, help="path of bin/parallax")
    parser.add_argument("--model", help="a model file or the folder of a run (default: the starter)")
    parser.add_argument("--altered", help="the folder that alter.py wrote: a row per condition")
    parser.add_argument("--labels-from", choices=["emodb"], help="what the names of the clips tell")
    parser.add_argument("--sure", nargs="+", default=[], help="manifests: how many answers are sure")
    parser.add_argument("--list", action="store_true", help="with --sure: which")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    if not options.altered and not options.sure:
        fail("name --altered DIR, --sure FILE.csv, or both")
    if options.altered:
        header = ["condition", "n", "accuracy", "sure", "sure and wrong", "other than clean", "other, sure, unwarned"]
        print_rows([*header, "warned", "refused"], altered_rows(options))
    if options.altered and options.sure:
        print()
    if options.sure:
        print_rows(["manifest", "n", "sure", "warned", "refused", "sure of"], sure_rows(options))


if __name__ == "__main__":
    main()
