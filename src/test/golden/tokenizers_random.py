"""Small tokenizers with random settings, random strings, and what Hugging Face's `tokenizers` makes of them.

    python3 src/test/golden/tokenizers_random.py --check        # compares with the committed file, writes nothing
    python3 src/test/golden/tokenizers_random.py --out FOLDER   # writes the file to FOLDER; without --out over the committed one

Each row is a `tokenizer.json`, texts or pairs, and for each the ids and the types, or null where the library refuses.
"""
import argparse
import gzip
import json
import pathlib
import random

import tokenizers

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources/dev/parallax/pretrained/tokenizer"
NAME = "random.jsonl.gz"
SEED = 5
TOKENIZERS = 70
TEXTS = 15

PIECES = list("aabbccdeABC  \t\n.,!?'-_▁Ġ[]<>/s1") + (
    "é e\u0301 İ ß Σ 中 文 한 ᄒ\u1161 \u0301 \u0327 \u200d 😂 👍🏽 ﬁ ½ ① ٣ ｶﾞ क्षि 𝒲 \u00ad \ufeff \ufffd 's n't ab bc abc Foo foo "
    "[SEP] <mask> </s>"
).split(" ") + ["\u00a0", "\u2003", "\u3000", "\u0085", "\r\n", " <mask> "]
SPECIAL = ["[UNK]", "[CLS]", "[SEP]", "<mask>", "</s>"]
CHARACTERS = "abcdeABC.,!?'-_▁Ġ[]<>/s1éßσΣ中文한😂xfoF"
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
WORDS = r"(?i:'s|'t)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


class Draw(random.Random):
    """Draws tokenizers and texts."""

    def flag(self):
        return self.random() < 0.5

    def text(self):
        return "".join(self.choice(PIECES) for _ in range(self.randrange(12)))

    def normalizer(self, depth=0):
        if depth < 2 and self.random() < 0.1:
            parts = [self.normalizer(depth + 1) or {"type": "NFC"} for _ in range(self.randrange(3))]
            return {"type": "Sequence", "normalizers": parts}
        bert = {"clean_text": self.flag(), "handle_chinese_chars": self.flag(), "lowercase": self.flag()}
        string = {"String": self.choice(["a", "ab", " ", "é", "``"])}
        regex = {"Regex": self.choice([" {2,}", r"\s+", r"[^\w\s]", r"\w", "a|b", "^a", "b$"])}
        return self.choice(
            [
                None,
                {"type": "BertNormalizer", "strip_accents": self.choice([None, True, False]), **bert},
                {"type": self.choice(["NFC", "NFKC"])},
                {"type": self.choice(["NFD", "NFKD"])},
                {"type": "Lowercase"},
                {"type": "StripAccents"},
                {"type": "Strip", "strip_left": self.flag(), "strip_right": self.flag()},
                {"type": "Replace", "pattern": string, "content": self.choice(["", "x", "▁", "ab "])},
                {"type": "Replace", "pattern": regex, "content": self.choice(["_", " ", "$1"])},
                {"type": "Prepend", "prepend": self.choice(["▁", "x"])},
                {"type": "Nmt"},
            ]
        )

    def pre_tokenizer(self, depth=0):
        if depth < 2 and self.random() < 0.2:
            parts = [self.pre_tokenizer(depth + 1) or {"type": "Whitespace"} for _ in range(self.randrange(1, 4))]
            return {"type": "Sequence", "pretokenizers": parts}
        string = {"String": self.choice(["a", " ", "ab", "▁"])}
        regex = {"Regex": self.choice([r"\s+", "[ab]", r"\w+|[^\w\s]+", r"\p{L}+", WORDS, "b$", "^a", ".", r"\d"])}
        pattern = self.choice([string, regex])
        scheme = self.choice(["always", "first", "never"])
        return self.choice(
            [
                None,
                {"type": "BertPreTokenizer"},
                {"type": "Whitespace"},
                {"type": "WhitespaceSplit"},
                {"type": "Punctuation", "behavior": self.choice(BEHAVIORS)},
                {"type": "Digits", "individual_digits": self.flag()},
                {"type": "ByteLevel", "add_prefix_space": self.flag(), "trim_offsets": True, "use_regex": self.flag()},
                {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": self.flag()},
                {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True},
                {"type": "Split", "pattern": pattern, "behavior": self.choice(BEHAVIORS), "invert": self.flag()},
            ]
        )

    def model(self):
        characters = list(dict.fromkeys(CHARACTERS)) + [chr(256 + n) for n in self.sample(range(68), 40)]
        known = self.sample(characters, len(characters) * 3 // 4)
        kind = self.choice(["WordPiece", "BPE", "Unigram"])
        if kind == "WordPiece":
            words = ["".join(self.choice("abcde") for _ in range(self.randrange(2, 4))) for _ in range(20)]
            inside = ["##" + each for each in self.sample(characters, len(characters) * 3 // 4) + ["ab", "bc", "cde"]]
            tokens = dict.fromkeys(SPECIAL + known + words + inside)
            settings = {"unk_token": "[UNK]", "continuing_subword_prefix": "##"}
            settings["max_input_chars_per_word"] = self.choice([4, 100])
            return {"type": kind, **settings, "vocab": {each: number for number, each in enumerate(tokens)}}
        if kind == "Unigram":
            words = ["".join(self.choice("▁abcde ") for _ in range(self.randrange(2, 5))) for _ in range(40)]
            tokens = dict.fromkeys(SPECIAL + known + words)
            score = lambda each: 0.0 if each in SPECIAL else -self.randrange(1, 9) / self.choice([1, 2, 3])
            vocab = [[each, score(each)] for each in tokens]
            return {"type": kind, "unk_id": 0, "byte_fallback": False, "vocab": vocab}
        prefix, suffix = self.choice(["", "", "##"]), self.choice(["", "", "</w>"])
        tokens = SPECIAL + known
        tokens += [each for each in (prefix + c + end for c in known for end in ("", suffix)) if each not in tokens]
        letters = [each for each in tokens[5:] if each.strip("#")[:1] in tuple("abcdeĠ")] or tokens[5:]
        merges = []
        for _ in range(60):
            left, right = self.choice(letters), self.choice(letters)
            if right.startswith(prefix) and [left, right] not in merges:
                merges.append([left, right])
                letters.append(left + right[len(prefix) :])
        tokens = dict.fromkeys(tokens + letters)
        return {
            "type": kind,
            "dropout": None,
            "unk_token": self.choice([None, "[UNK]"]),
            "continuing_subword_prefix": prefix or None,
            "end_of_word_suffix": suffix or None,
            "fuse_unk": self.flag(),
            "byte_fallback": False,
            "ignore_merges": self.flag(),
            "vocab": {each: number for number, each in enumerate(tokens)},
            "merges": merges if self.flag() else [" ".join(each) for each in merges],
        }

    def post_processor(self, ids):
        text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
        token = lambda name, kind: {"SpecialToken": {"id": name, "type_id": kind}}
        cls, sep = ids["[CLS]"], ids["[SEP]"]
        twice = self.choice([1, 1, 2])
        special = {
            "[CLS]": {"id": "[CLS]", "ids": [cls], "tokens": ["[CLS]"]},
            "[SEP]": {"id": "[SEP]", "ids": [sep] * twice, "tokens": ["[SEP]"] * twice},
        }
        template = {
            "type": "TemplateProcessing",
            "single": [token("[CLS]", 0), text("A", 0), token("[SEP]", 0)],
            "pair": [token("[CLS]", 0), text("A", 0), token("[SEP]", 1), text("B", 1), token("[SEP]", 1)],
            "special_tokens": special,
        }
        bytes_ = {"type": "ByteLevel", "add_prefix_space": self.flag(), "trim_offsets": self.flag(), "use_regex": True}
        ends = {"sep": ["[SEP]", sep], "cls": ["[CLS]", cls]}
        roberta = {"trim_offsets": self.flag(), "add_prefix_space": self.flag()}
        return self.choice(
            [
                None,
                template,
                {"type": "BertProcessing", **ends},
                {"type": "RobertaProcessing", **ends, **roberta},
                bytes_,
                {"type": "Sequence", "processors": [bytes_, template]},
            ]
        )

    def truncation(self):
        strategy = self.choice(["LongestFirst", "LongestFirst", "OnlyFirst", "OnlySecond"])
        direction = self.choice(["Left", "Right"])
        length = self.randrange(6, 14)
        limit = {"direction": direction, "max_length": length, "strategy": strategy, "stride": 0}
        return self.choice([None, limit])

    def tokenizer(self):
        model = self.model()
        vocab = model["vocab"]
        ids = dict(vocab) if isinstance(vocab, dict) else {each: number for number, (each, _) in enumerate(vocab)}
        added = []
        others = self.sample(["Foo", "ab", "AB", "a b", "é", " x", "newtok", "</S>"], self.randrange(4))
        for content in SPECIAL + others:
            token = {"id": ids.setdefault(content, len(ids)), "content": content}
            for name, share in (("single_word", 0.2), ("lstrip", 0.3), ("rstrip", 0.2), ("normalized", 0.4)):
                token[name] = self.random() < share
            added.append({**token, "special": self.random() < 0.7})
        return {
            "version": "1.0",
            "truncation": self.truncation(),
            "padding": None,
            "added_tokens": added,
            "normalizer": self.normalizer(),
            "pre_tokenizer": self.pre_tokenizer(),
            "post_processor": self.post_processor(ids),
            "decoder": None,
            "model": model,
        }


def encoded(tokenizer, texts):
    try:
        encoding = tokenizer.encode(*texts)
        return {"ids": encoding.ids, "types": encoding.type_ids}
    except Exception:  # the library's own, which has no name
        return None


def make():
    draw = Draw(SEED)
    rows = []
    for _ in range(TOKENIZERS):
        made = draw.tokenizer()
        texts = [[draw.text() for _ in range(draw.choice([1, 1, 1, 2]))] for _ in range(TEXTS)]
        tokenizer = tokenizers.Tokenizer.from_str(json.dumps(made))
        results = [encoded(tokenizer, each) for each in texts]
        rows.append({"tokenizer": made, "texts": texts, "results": results})
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=pathlib.Path, default=FOLDER)
    options = parser.parse_args()
    made = make()
    if options.check:
        committed = gzip.decompress((FOLDER / NAME).read_bytes()).decode()
        print(f"tokenizers {tokenizers.__version__}: {'equal' if made == committed else 'different'}")
        raise SystemExit(made != committed)
    (options.out / NAME).write_bytes(gzip.compress(made.encode(), 9, mtime=0))
