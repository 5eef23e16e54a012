"""Arrays that NumPy saved, for the reader of .npy files: the folder npy."""
import io

import numpy as np

import golden

MATRIX = np.array([[-1, -0.5, 0], [0.5, 1, 1.5]], np.float32)


def saved(array, version=(1, 0)):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(array), version)
    return file.getvalue()


def make():
    return {
        "float32.npy": saved(MATRIX),
        "float64.npy": saved(MATRIX.astype(np.float64)),
        "fortran.npy": saved(np.asfortranarray(MATRIX)),
        "int64.npy": saved(MATRIX.astype(np.int64)),
        "scalar.npy": saved(np.float32(7)),
        "vector.npy": saved(np.array([1, 2, 3], np.float32)),
        "version2.npy": saved(MATRIX, (2, 0)),
    }


if __name__ == "__main__":
    golden.main_of_files("npy", make)
