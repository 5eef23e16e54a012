"""One synthesised sound, written by SoX and coded twice by flac: the folder formats."""
import pathlib
import subprocess
import tempfile

import golden

COMMANDS = (
    "sox -R -n -r 16000 -c 2 -b 16 tone.wav synth 0.2 sine 300-1200 sine 441 gain -6",
    "flac --silent -8 --no-padding tone.wav",
    "flac --silent -0 -l 0 --no-padding -b 576 tone.wav -o tone-fixed.flac",
)


def make():
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            subprocess.run(command.split(), cwd=folder, check=True)
        return {file.name: file.read_bytes() for file in sorted(pathlib.Path(folder).iterdir())}


if __name__ == "__main__":
    golden.main_of_files("formats", make)
