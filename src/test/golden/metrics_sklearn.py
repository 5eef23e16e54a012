"""Confusion, accuracy, recall and F1 of scikit-learn: metrics_sklearn.safetensors."""
import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, recall_score

import golden
import waves

CLASSES = 5


def make(out):
    out.record.update(
        numpy=np.__version__,
        seed=golden.SEED,
        sklearn=sklearn.__version__,
        scores="[weighted accuracy = accuracy, unweighted accuracy = mean recall of classes present, "
        "macro F1 of classes present, weighted F1]",
    )
    _, _, rng = waves.draw()  # the labels are drawn after the waves
    for case, n in (("0", 200), ("1", 31)):
        truth, predicted = rng.integers(0, CLASSES, n), rng.integers(0, CLASSES, n)
        predicted[: n // 2] = truth[: n // 2]
        if case == "1":
            truth[truth == 4] = 0  # a class that is predicted and never occurs
        present = sorted(set(truth))
        out.input(f"{case}.truth", truth)
        out.input(f"{case}.predicted", predicted)
        out.output(f"{case}.confusion", confusion_matrix(truth, predicted, labels=range(CLASSES)))
        scores = [
            accuracy_score(truth, predicted),
            recall_score(truth, predicted, labels=present, average="macro"),
            f1_score(truth, predicted, labels=present, average="macro"),
            f1_score(truth, predicted, average="weighted"),
        ]
        out.output(f"{case}.scores", scores)


if __name__ == "__main__":
    golden.main("metrics_sklearn", make, tolerance=1e-7)
