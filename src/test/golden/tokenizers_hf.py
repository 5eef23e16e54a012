"""Ids and offsets of Hugging Face's `tokenizers` for 200 strings, for the tokenizers of pretrained encoders.

    python3 src/test/golden/tokenizers_hf.py --check        # compares with the committed file, writes nothing
    python3 src/test/golden/tokenizers_hf.py --out FOLDER   # writes the file to FOLDER; without --out over the committed one

The strings and the vocabularies are the committed ones. Offsets count code points; they are of three tokenizers,
since those of the library are shifted after some normalizers. The ids of `bpe-full` need GPT-2's whole
vocabulary and are copied.
"""
import argparse
import gzip
import json
import pathlib

import tokenizers

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources/dev/parallax/pretrained/tokenizer"
NAME = "strings.jsonl.gz"
WITH_OFFSETS = ("wordpiece-uncased", "wordpiece-cased", "bpe")


def unpacked(name):
    return gzip.decompress((FOLDER / name).read_bytes()).decode()


def lines(text):
    """Ends of lines are LF alone: the strings contain others."""
    return text.rstrip("\n").split("\n")


def wordpiece(lowercase):
    """The tiny tokenizer of the folder `bert` with a whole vocabulary."""
    vocab = {token: number for number, token in enumerate(lines(unpacked("wordpiece.txt.gz")))}
    made = json.loads((FOLDER / "bert/tokenizer.json").read_text())
    made["normalizer"]["lowercase"] = lowercase
    made["model"]["vocab"] = vocab
    for token in made["added_tokens"]:
        token["id"] = vocab[token["content"]]
    for name, token in made["post_processor"]["special_tokens"].items():
        token["ids"] = [vocab[name]]
    return made


def unigram(words):
    """XLM-R's pre-tokenizers in two published forms: words first, or the whole text."""
    made = json.loads(unpacked("unigram.json.gz"))
    if not words:
        blanks = {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}
        made["normalizer"] = {"type": "Sequence", "normalizers": [made["normalizer"], blanks]}
        made["pre_tokenizer"] = made["pre_tokenizer"]["pretokenizers"][1]
    return made


def make():
    of_json = lambda made: tokenizers.Tokenizer.from_str(json.dumps(made))
    all_of = {
        "wordpiece-uncased": of_json(wordpiece(True)),
        "wordpiece-cased": of_json(wordpiece(False)),
        "wordpiece-uncased-max16": of_json(wordpiece(True)),
        "bpe": of_json(json.loads(unpacked("bpe.json.gz"))),
        "unigram-words": of_json(unigram(True)),
        "unigram-text": of_json(unigram(False)),
    }
    all_of["wordpiece-uncased-max16"].enable_truncation(16)
    rows = []
    for line in lines(unpacked(NAME)):
        row = json.loads(line)
        encodings = {name: each.encode(row["text"], row.get("pair")) for name, each in all_of.items()}
        ids = {name: each.ids for name, each in encodings.items()}
        offsets = {name: [place for pair in encodings[name].offsets for place in pair] for name in WITH_OFFSETS}
        pair = {"pair": row["pair"]} if "pair" in row else {}
        rows.append({"text": row["text"], **pair, "ids": {**row["ids"], **ids}, "offsets": offsets})
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=pathlib.Path, default=FOLDER)
    options = parser.parse_args()
    made = make()
    if options.check:
        pairs = list(zip(lines(made), lines(unpacked(NAME))))
        equal = sum(json.loads(new) == json.loads(old) for new, old in pairs)
        print(f"tokenizers {tokenizers.__version__}: {equal} of {len(pairs)} strings equal")
        raise SystemExit(equal < len(pairs))
    (options.out / NAME).write_bytes(gzip.compress(made.encode(), 9, mtime=0))
