#!/usr/bin/env python3
"""Risk over coverage of a model's decisions on altered clips: Markdown tables and SVG pictures; see README.md.

Like eval/RiskCoverage, from what predict prints: answers by falling probability, doubtful ones last, ties in every order
alike."""
import argparse
import math
import re
from itertools import groupby
from pathlib import Path

from sound import fail
from table import EMODB, answers, print_rows

COVERAGES = (0.2, 0.4, 0.6, 0.8, 1)
CONDITIONS = "clean,zeros-2,level-30,room,music-10,rate-8k,mp3like"
# Okabe and Ito, as in the pages; the clip as it is in ink.
COLOURS = ("#1B1F24", "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
WIDTH, HEIGHT, LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT = 640, 400, 64, 44, 420, 300


def decisions(options, path, manifest, truth):
    """(probability, doubtful, sure, wrong) of each row of a manifest that is of a class that the model has.

    `truth` gives the class from the id of a row, or None for a row that no answer is right for.
    """
    if not manifest.is_file():
        fail(f"{manifest}: is not there; alter.py and nospeech.py write such files")
    said = answers(options.parallax, path, manifest, options.threads)
    refused = [a for a in said if "error" in a]
    if refused:
        fail(f"{manifest}: {len(refused)} rows cannot be answered; the first: {refused[0]['error']}")
    all_of_it = []
    for answer in said:
        right = truth(answer["id"])
        if right is None or right in answer["labels"]:
            by = answer[answer["decidedBy"]]
            all_of_it.append((max(by["probabilities"]), by["doubtful"], answer["sure"], answer["decision"] != right))
    if not all_of_it:
        fail(f"{manifest}: no clip is of a class that the model has")
    return all_of_it


def confidence(decision):
    probability, doubtful, _, _ = decision
    return probability - 1 if doubtful else probability


def curve(decisions, key=confidence):
    """The share of wrong answers among the 1, 2, ... n most confident."""
    risks, wrong = [], 0
    for _, tied in groupby(sorted(decisions, key=key, reverse=True), key=key):
        tied = list(tied)
        wrong_of_tied = sum(d[3] for d in tied)
        before = len(risks)
        for j in range(1, len(tied) + 1):
            risks.append((wrong + wrong_of_tied * j / len(tied)) / (before + j))
        wrong += wrong_of_tied
    return risks


def area(risks):
    return sum(risks) / len(risks)


def excess(risks):
    n = len(risks)
    right = n - round(risks[-1] * n)
    return area(risks) - sum(max(0, k - right) / k for k in range(1, n + 1)) / n


def row(name, decisions, key=confidence):
    risks = curve(decisions, key)
    n = len(risks)
    sure = [d for d in decisions if d[2]]
    at = [risks[max(1, math.ceil(c * n - 1e-9 * n)) - 1] for c in COVERAGES]
    of_sure = f"{sum(d[3] for d in sure) / len(sure):.3f}" if sure else "-"
    numbers = [f"{value:.3f}" for value in (*at, area(risks), excess(risks))]
    return name, n, f"{len(sure) / n:.3f}", of_sure, *numbers


def svg(title, by_condition):
    """A line a condition, with a dot where its sure answers are."""
    curves = {name: curve(of) for name, of in by_condition.items()}
    top = max(0.1, math.ceil(10 * max(max(risks) for risks in curves.values())) / 10)

    def x(coverage):
        return LEFT + PLOT_WIDTH * coverage

    def y(risk):
        return TOP + PLOT_HEIGHT * (1 - risk / top)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13" fill="#1B1F24">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#FFFFFF"/>',
        f'<text x="{LEFT}" y="24" font-size="15" font-weight="bold">{title}</text>',
    ]
    for tick in range(round(top * 10) + 1):
        at = y(tick / 10)
        out.append(f'<path d="M{LEFT} {at:.1f}H{LEFT + PLOT_WIDTH}" stroke="#DDE2E7"/>')
        out.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{tick / 10:.1f}</text>')
    for tick in range(6):
        at = TOP + PLOT_HEIGHT + 20
        out.append(f'<text x="{x(tick / 5):.1f}" y="{at}" text-anchor="middle">{tick / 5:.1f}</text>')
    out.append(
        f'<text x="{x(0.5):.1f}" y="{HEIGHT - 14}" text-anchor="middle">coverage: share of the answers kept</text>'
    )
    middle = TOP + PLOT_HEIGHT / 2
    out.append(
        f'<text transform="translate(18 {middle}) rotate(-90)" text-anchor="middle">risk: share of them wrong</text>'
    )
    for i, (name, decisions) in reversed(list(enumerate(by_condition.items()))):  # the first on top
        colour = COLOURS[i % len(COLOURS)]
        risks = curves[name]
        points = " ".join(f"{x((k + 1) / len(risks)):.1f},{y(risk):.1f}" for k, risk in enumerate(risks))
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        sure = [d for d in decisions if d[2]]
        if sure:
            at = sum(d[3] for d in sure) / len(sure)
            out.append(
                f'<circle cx="{x(len(sure) / len(risks)):.1f}" cy="{y(at):.1f}" r="5" fill="{colour}" stroke="#FFFFFF"/>'
            )
        at = TOP + 14 + 22 * i
        left = LEFT + PLOT_WIDTH + 22
        out.append(f'<path d="M{left} {at - 4}h22" stroke="{colour}" stroke-width="2"/>')
        out.append(f'<text x="{left + 30}" y="{at}">{name}</text>')
    at = TOP + 14 + 22 * len(by_condition)
    out.append(f'<circle cx="{LEFT + PLOT_WIDTH + 33}" cy="{at - 4}" r="5"/>')
    out.append(f'<text x="{LEFT + PLOT_WIDTH + 52}" y="{at}">the sure answers</text>')
    return "\n".join([*out, "</svg>", ""])


def markdown(options, name, path):
    """The table of a model; its picture is written."""
    by_condition = {
        condition: decisions(options, path, Path(options.altered) / condition / "m.csv", lambda id: EMODB[id[5]])
        for condition in options.conditions.split(",")
    }
    rows = [row(condition, of) for condition, of in by_condition.items()]
    together = [d for of in by_condition.values() for d in of]
    rows += both_orders("all of these", together)
    if options.no_speech:
        silent = decisions(options, path, Path(options.no_speech), lambda _: None)
        rows += both_orders(f"all, and {len(silent)} without speech", together + silent)
    header = ["condition", "n", "sure", "risk of the sure", *(f"risk at {c:g}" for c in COVERAGES), "AURC", "E-AURC"]
    lines = print_rows(header, rows)
    if options.pictures:
        folder = Path(options.pictures)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"risk-{slug(name)}.svg").write_text(svg(f"Risk over coverage: {name}", by_condition), encoding="utf-8")
    return lines


def both_orders(name, decisions):
    """With doubtful answers last, and by the probability alone."""
    return row(name, decisions), row(f"{name}, by probability alone", decisions, key=lambda d: d[0])


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def insert(page, name, table):
    """Puts a table in place of what stands between the marks of its name."""
    path = Path(page)
    begin, end = f"<!-- curves: {name} -->", "<!-- end -->"
    text = path.read_text(encoding="utf-8")
    if begin not in text:
        fail(f'{page}: has no line "{begin}" before and "{end}" after the place of the table')
    before, rest = text.split(begin, 1)
    if end not in rest:
        fail(f'{page}: no line "{end}" follows "{begin}"')
    path.write_text(f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallax", required=True, help="path of bin/parallax")
    parser.add_argument(
        "--model",
        action="append",
        required=True,
        metavar="NAME[=PATH]",
        help="a model file or the folder of a run under a name; without a path the starter; again for more",
    )
    parser.add_argument("--altered", required=True, help="the folder that alter.py wrote")
    parser.add_argument("--labels-from", choices=["emodb"], required=True, help="what the names of the clips tell")
    parser.add_argument("--conditions", default=CONDITIONS, help=f"default: {CONDITIONS}")
    parser.add_argument("--no-speech", metavar="CSV", help="what nospeech.py wrote: no answer to it is right")
    parser.add_argument("--pictures", metavar="DIR", help="gets risk-NAME.svg of each model")
    parser.add_argument("--page", metavar="FILE", help="a Markdown page whose tables are put in place")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    for model in options.model:
        name, _, path = model.partition("=")
        print(f"\n{name}:\n")
        table = markdown(options, name, path or None)
        if options.page:
            insert(options.page, name, table)


if __name__ == "__main__":
    main()
