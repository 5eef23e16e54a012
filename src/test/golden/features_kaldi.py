"""MFCC and log-mel of kaldi-native-fbank, which computes Kaldi's features anew: features_kaldi.safetensors."""
from importlib.metadata import version

import kaldi_native_fbank as knf
import numpy as np

import golden
from kaldi_settings import SCALE, SETTINGS, fill


def features(wave, sample_rate, kind, bins, snip_edges, use_energy):
    options = knf.MfccOptions() if kind == "mfcc" else knf.FbankOptions()
    options.frame_opts.samp_freq = float(sample_rate)
    options.frame_opts.frame_length_ms = 25.0
    options.frame_opts.frame_shift_ms = 10.0
    options.frame_opts.dither = 0.0
    options.frame_opts.preemph_coeff = 0.97
    options.frame_opts.window_type = "povey"
    options.frame_opts.snip_edges = snip_edges
    options.mel_opts.num_bins = bins
    options.mel_opts.low_freq = 20.0
    options.mel_opts.high_freq = 0.0  # Nyquist
    options.use_energy = use_energy
    options.energy_floor = 0.0
    if kind == "mfcc":
        options.num_ceps = 13
        options.cepstral_lifter = 22.0
    extractor = knf.OnlineMfcc(options) if kind == "mfcc" else knf.OnlineFbank(options)
    extractor.accept_waveform(float(sample_rate), (wave * SCALE).tolist())
    extractor.input_finished()
    return np.stack([extractor.get_frame(i) for i in range(extractor.num_frames_ready)])


def make(out):
    out.record["source"] = f"kaldi-native-fbank {version('kaldi-native-fbank')}; {SETTINGS}"
    fill(out, features)


if __name__ == "__main__":
    golden.main("features_kaldi", make, tolerance=5e-6)
