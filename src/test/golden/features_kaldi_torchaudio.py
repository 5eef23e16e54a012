"""The tensors of features_kaldi.safetensors by another program that computes Kaldi's features anew: torchaudio.

Both programs compute in float32, each in an order of its own.
"""
import torch
import torchaudio
from torchaudio.compliance import kaldi

import golden
from kaldi_settings import SCALE, SETTINGS, fill


def features(wave, sample_rate, kind, bins, snip_edges, use_energy):
    compute = {"mfcc": kaldi.mfcc, "fbank": kaldi.fbank}[kind]
    cepstra = {"num_ceps": 13, "cepstral_lifter": 22.0} if kind == "mfcc" else {}
    return compute(
        torch.from_numpy(wave * SCALE)[None],
        sample_frequency=sample_rate,
        frame_length=25.0,
        frame_shift=10.0,
        dither=0.0,
        preemphasis_coefficient=0.97,
        window_type="povey",
        snip_edges=snip_edges,
        num_mel_bins=bins,
        low_freq=20.0,
        high_freq=0.0,  # Nyquist
        use_energy=use_energy,
        energy_floor=0.0,
        **cepstra,
    )


def make(out):
    out.record["source"] = f"torchaudio {torchaudio.__version__}; {SETTINGS}"
    fill(out, features)


if __name__ == "__main__":
    golden.main("features_kaldi", make, tolerance=2e-5, writes=False)
