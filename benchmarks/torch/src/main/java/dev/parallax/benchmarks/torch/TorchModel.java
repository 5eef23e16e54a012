package dev.parallax.benchmarks.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// A model of `peers/pytorch_epoch.py` with its batches in memory.
interface TorchModel {

    TensorVector parameters();

    /// How many parameters it must have.
    long size();

    int batches();

    /// How many utterances all batches have.
    long utterances();

    /// The perspective loss, CE(fused) + CE(audio) + CE(text), summed over the utterances of a batch.
    Tensor loss(int batch);
}
