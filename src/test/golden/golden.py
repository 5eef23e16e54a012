"""Golden files: reading, writing, and comparing with what is committed.

A golden file is in safetensors format: the length of its header, the header as JSON, the tensors as float32 or int32.
Its record, the `__metadata__` of the header, tells programs, versions and settings.
"""
import argparse
import json
import pathlib
import struct
import sys

import numpy as np

SEED = 20231
COMMITTED = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"
INPUT_TOLERANCE = 1e-7  # a unit in the last place of float32: sines may differ from processor to processor
TYPES = {"F32": np.float32, "I32": np.int32}


class Golden:
    """What one script makes: inputs, which are drawn, and outputs, which a program computed from them."""

    def __init__(self):
        self.tensors = {}
        self.inputs = set()
        self.record = {}

    def input(self, name, values):
        self.inputs.add(name)
        self.output(name, values)

    def output(self, name, values):
        if name in self.tensors:
            raise ValueError(f"tensor {name} is made twice")
        values = np.atleast_1d(values)
        whole = values.dtype.kind in "biu"
        self.tensors[name] = np.array(values, np.int32 if whole else np.float32, order="C")


def read(name):
    """The tensors and the record of a committed file."""
    data = (COMMITTED / f"{name}.safetensors").read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    record = header.pop("__metadata__", {})
    tensors = {}
    for key, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[key] = np.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors, record


def write(path, golden):
    header = {"__metadata__": {key: str(value) for key, value in golden.record.items()}}
    end = 0
    for key, values in golden.tensors.items():
        begin, end = end, end + values.nbytes
        kind = "F32" if values.dtype == np.float32 else "I32"
        header[key] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [begin, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for values in golden.tensors.values():
            file.write(values.tobytes())


def check(name, golden, tolerance):
    """Prints how far `golden` is from the committed file, relative to the largest value of each tensor.

    The keys, the shapes and the types must be equal, the inputs to within INPUT_TOLERANCE, the outputs to within
    `tolerance`.
    """
    committed, record = read(name)
    for key, value in golden.record.items():
        if record.get(key) != str(value):
            print(f"{name}: record of {key}: committed {record.get(key)!r}, here {str(value)!r}")
    faults = [f"{key} is missing" for key in committed.keys() - golden.tensors.keys()]
    faults += [f"{key} is not in the committed file" for key in golden.tensors.keys() - committed.keys()]
    largest, where, equal = 0.0, "nowhere", 0
    for key in committed.keys() & golden.tensors.keys():
        expected, actual = committed[key], golden.tensors[key]
        if expected.dtype != actual.dtype or expected.shape != actual.shape:
            faults.append(f"{key} is {actual.dtype} {actual.shape}, committed {expected.dtype} {expected.shape}")
        elif np.array_equal(expected, actual):
            equal += 1
        else:
            scale = np.abs(expected.astype(np.float64)).max()
            difference = np.abs(expected.astype(np.float64) - actual).max() / scale
            if not difference <= (INPUT_TOLERANCE if key in golden.inputs else tolerance):
                faults.append(f"{'input ' if key in golden.inputs else ''}{key} differs by {difference:.2g}")
            if not difference <= largest:
                largest, where = difference, key
    for fault in sorted(faults):
        print(f"{name}: {fault}")
    print(
        f"{name}: {len(committed)} tensors, {equal} equal bit for bit; "
        f"largest relative difference {largest:.2g} in {where}, allowed {tolerance:g}"
    )
    return not faults


def arguments_of(what, folder):
    parser = argparse.ArgumentParser(description=f"Makes {what}.")
    parser.add_argument("--check", action="store_true", help="compare with what is committed and write nothing")
    parser.add_argument("--out", type=pathlib.Path, default=folder, help="folder to write to, default %(default)s")
    return parser


def main(name, make, tolerance, writes=True):
    """The command line of a script: `make(golden)` is written, or compared with the committed file.

    A script with `writes=False` only compares: the committed numbers are another program's.
    """
    parser = arguments_of(f"{name}.safetensors", COMMITTED)
    arguments = parser.parse_args()
    if not (arguments.check or writes):
        parser.error("the committed numbers are another program's, these are only compared with them; add --check")
    golden = Golden()
    make(golden)
    if arguments.check:
        sys.exit(0 if check(name, golden, tolerance) else 1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    write(arguments.out / f"{name}.safetensors", golden)


def main_of_files(folder, make):
    """The same for a script whose `make()` gives {file name: bytes}, which must be equal byte for byte."""
    committed = COMMITTED.parent / folder
    arguments = arguments_of(f"the files of {folder}", committed).parse_args()
    files = make()
    if arguments.check:
        present = {file.name for file in committed.iterdir()} - {"README.md"}
        same = {name for name in files if name in present and (committed / name).read_bytes() == files[name]}
        for name in sorted((present | files.keys()) - same):
            print(f"{folder}/{name}: not the same bytes")
        print(f"{folder}: {len(same)} of {len(present | files.keys())} files equal byte for byte")
        sys.exit(0 if same == present | files.keys() else 1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (arguments.out / name).write_bytes(data)
