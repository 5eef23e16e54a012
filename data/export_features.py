#!/usr/bin/env python3
"""Makes a features folder for Parallax of a feature pickle of the dialogue literature.

    python3 data/export_features.py IEMOCAP_features.pkl iemocap-features

The pickle holds nine things, by dialogue where they are dictionaries: ids of the utterances, speakers, label numbers,
vectors of the text, of the audio and of the video, the sentences, and the names of the dialogues to train and to test on.
The folder gets utterances.csv, audio.npy and text.npy, as data/README.md describes them.

Opening a pickle usually runs whatever is in it. Here only numbers, texts, lists, tuples, dictionaries, sets and numpy
arrays of numbers are made of one; anything else is refused before it is looked up. Needs Python 3.8 and numpy.
"""

import argparse
import csv
import pickle
import re
import sys
from pathlib import Path

import numpy

PARTS = ("videoIDs", "videoSpeakers", "videoLabels", "videoText", "videoAudio", "videoVisual", "videoSentence",
         "trainVid", "testVid")
LABELS = "happiness,sadness,neutral,anger,excitement,frustration"
COLUMNS = ("id", "text", "emotion", "speaker", "session", "dialogue", "turn", "script", "split")
IEMOCAP = re.compile(r"Ses0([1-5])[FM]_(?:impro\w+|(script\d+_\d+)[a-z]?)")


class Refused(Exception):
    """What is wrong, where, and how to mend it, in one line."""


# --- reading a pickle that may be hostile ---------------------------------------------------------------------------

# the functions by which numpy's pickles make arrays, under whatever name this version keeps them
_array_of = numpy.zeros(1).__reduce__()[0]
_array_of_buffer = numpy.zeros(1).__reduce_ex__(5)[0]
_scalar_of = numpy.float64(0).__reduce__()[0]


def _numbers_only(dtype):
    if not isinstance(dtype, numpy.dtype) or dtype.hasobject:
        raise Refused("the pickle holds an array of objects; only arrays of numbers are read")


def _array(kind, shape, code):
    if kind is not numpy.ndarray:
        raise Refused("the pickle holds an array of a kind of its own; only plain numpy arrays are read")
    return _array_of(kind, shape, code)


def _buffer(data, dtype, *rest):
    _numbers_only(dtype)
    return _array_of_buffer(data, dtype, *rest)


def _scalar(dtype, *data):
    _numbers_only(dtype)
    return _scalar_of(dtype, *data)


def _bytes(text, encoding="latin1"):
    if encoding not in ("latin1", "latin-1"):
        raise Refused(f"the pickle encodes its bytes as {encoding!r}; only latin1 is read")
    return text.encode("latin1")


ALLOWED = {("numpy", "ndarray"): numpy.ndarray, ("numpy", "dtype"): numpy.dtype, ("_codecs", "encode"): _bytes,
           ("builtins", "set"): set, ("__builtin__", "set"): set}
for _core in ("numpy.core", "numpy._core"):
    ALLOWED[_core + ".multiarray", "_reconstruct"] = _array
    ALLOWED[_core + ".multiarray", "scalar"] = _scalar
    ALLOWED[_core + ".numeric", "_frombuffer"] = _buffer


class NumbersAndTexts(pickle.Unpickler):
    """Looks up nothing but what arrays of numbers and sets are made of."""

    def find_class(self, module, name):
        if (module, name) not in ALLOWED:
            raise Refused(f"the pickle asks for {module}.{name}, which is no number, text, list or array: it could run"
                          " any program, so it is not opened; get the file from somebody you trust")
        return ALLOWED[module, name]

    def persistent_load(self, pid):
        raise Refused("the pickle refers to things outside of it; it is not opened")


def read_pickle(path):
    try:
        with open(path, "rb") as file:
            parts = NumbersAndTexts(file, encoding="latin1").load()
    except Refused as refused:
        raise Refused(f"{path}: {refused}") from None
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except Exception as error:  # a pickle can fail in any way
        raise Refused(f"{path}: is no pickle that can be read ({type(error).__name__}: {error})") from None
    if not isinstance(parts, (tuple, list)) or len(parts) != len(PARTS):
        raise Refused(f"{path}: holds {_kind(parts)}, expected the nine parts {', '.join(PARTS)}")
    parts = dict(zip(PARTS, parts))
    for name, part in parts.items():
        wanted = (list, tuple, set) if name.endswith("Vid") else dict
        if not isinstance(part, wanted):
            raise Refused(f"{path}: {name} is {_kind(part)}, expected {_kind(wanted())}")
    return parts


def _kind(thing):
    size = f" of {len(thing)}" if hasattr(thing, "__len__") and len(thing) else ""
    return f"a {type(thing).__name__}{size}"


# --- its utterances -------------------------------------------------------------------------------------------------

def split_of(dialogue, parts):
    train, test = dialogue in parts["trainVid"], dialogue in parts["testVid"]
    if train == test:
        where = "both in trainVid and in testVid" if train else "neither in trainVid nor in testVid"
        raise Refused(f"dialogue {dialogue} is {where}; a dialogue is in one part")
    return "train" if train else "test"


def origin_of(dialogue, speaker):
    """Speaker, session and script: of IEMOCAP's dialogues as Parallax's own loader tells them."""
    match = IEMOCAP.fullmatch(dialogue)
    if match and speaker in ("F", "M"):
        return f"Ses0{match[1]}{speaker}", f"Session{match[1]}", match[2] or ""
    return speaker, "", ""


def table(parts, labels):
    """A row of utterances.csv for each utterance, dialogues in alphabetical order."""
    rows = []
    for dialogue in sorted(parts["videoIDs"]):
        ids = list(parts["videoIDs"][dialogue])
        columns = {name: _column(parts, name, dialogue, len(ids))
                   for name in ("videoSpeakers", "videoLabels", "videoSentence")}
        split = split_of(dialogue, parts)
        for turn, name in enumerate(ids):
            speaker = columns["videoSpeakers"][turn]
            if not isinstance(speaker, str):
                raise Refused(f"{name}: its speaker is {_kind(speaker)}, expected a text such as \"F\"")
            person, session, script = origin_of(dialogue, speaker)
            words = " ".join(str(columns["videoSentence"][turn]).split())
            rows.append((str(name), words, _label(columns["videoLabels"][turn], labels, name), person, session,
                         str(dialogue), turn, script, split))
    names = [row[0] for row in rows]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"id {twice} stands twice in videoIDs; each utterance needs its own")
    if not rows:
        raise Refused("videoIDs holds no utterance")
    return rows


def _column(parts, name, dialogue, length):
    try:
        values = parts[name][dialogue]
    except KeyError:
        raise Refused(f"{name} lacks dialogue {dialogue}, which videoIDs has") from None
    if len(values) != length:
        raise Refused(f"{name} has {len(values)} values for dialogue {dialogue}, videoIDs has {length}")
    return values


def _label(number, labels, name):
    if isinstance(number, bool) or not isinstance(number, (int, numpy.integer)) or not 0 <= number < len(labels):
        raise Refused(f"{name}: its label is {number!r}, expected a number from 0 to {len(labels) - 1};"
                      " name the labels of the pickle in their order with --labels")
    return labels[number]


def vectors(parts, name):
    """The vectors of all utterances, [N, D] float32, in the order of the table."""
    blocks = []
    for dialogue in sorted(parts["videoIDs"]):
        length = len(parts["videoIDs"][dialogue])
        values = _column(parts, name, dialogue, length)
        try:
            block = numpy.asarray(values, dtype=numpy.float32)
        except (TypeError, ValueError):
            raise Refused(f"{name} of dialogue {dialogue} is no table of numbers") from None
        if block.ndim != 2 or (blocks and block.shape[1] != blocks[0].shape[1]):
            wanted = f"[{length}, {blocks[0].shape[1]}]" if blocks else "[utterances, features]"
            raise Refused(f"{name} of dialogue {dialogue} has shape {list(block.shape)}, expected {wanted}")
        if not numpy.isfinite(block).all():
            raise Refused(f"{name} of dialogue {dialogue} has values that are not finite")
        blocks.append(block)
    return numpy.concatenate(blocks)


# --- writing --------------------------------------------------------------------------------------------------------

def export(source, folder, labels):
    parts = read_pickle(source)
    rows = table(parts, labels)
    audio, text = vectors(parts, "videoAudio"), vectors(parts, "videoText")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused(f"{folder}: is not empty; name a new folder")
    numpy.save(folder / "audio.npy", audio)
    numpy.save(folder / "text.npy", text)
    with open(folder / "utterances.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    tested = sum(row[-1] == "test" for row in rows)
    print(f"{folder}: {len(rows)} utterances of {len(parts['videoIDs'])} dialogues, {len(rows) - tested} to train and"
          f" {tested} to test on; audio {list(audio.shape)}, text {list(text.shape)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pickle", type=Path, help="the file with the nine parts")
    parser.add_argument("folder", type=Path, help="a new folder for utterances.csv, audio.npy and text.npy")
    parser.add_argument("--labels", default=LABELS, help="names of the labels 0, 1, 2, ... (default: %(default)s)")
    arguments = parser.parse_args()
    labels = [name.strip() for name in arguments.labels.split(",")]
    if "" in labels or len(set(labels)) < len(labels):
        parser.error(f"--labels {arguments.labels}: each label needs a name of its own")
    try:
        export(arguments.pickle, arguments.folder, labels)
    except Refused as refused:
        print(f"export_features: {refused}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
