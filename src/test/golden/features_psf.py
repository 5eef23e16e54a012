"""MFCC, filterbank energies and deltas of python_speech_features: features_psf.safetensors."""
import numpy as np
import python_speech_features as psf

import golden
import waves


def make(out):
    out.record.update(
        numpy=np.__version__,
        seed=golden.SEED,
        settings="0.025 s window, 0.010 s step, 26 filters, nfft 512, low 0, high sr/2, pre-emphasis .97, lifter 22. "
        "mfcc13: rectangular window, c0 = log frame energy; mfcc13Hamming: Hamming window, c0 kept; "
        "logFbank26: rectangular; fbank80_100ms: no logarithm, 0.1 s window, 0.05 s step, 80 filters, nfft 2048, "
        "Hamming; delta: N=2 of mfcc13",
    )
    _, second, _ = waves.draw()
    for clip, wave in second.items():
        sample_rate, _ = waves.CLIPS[clip]
        mfcc = psf.mfcc(wave, sample_rate, nfft=512)
        hamming = psf.mfcc(wave, sample_rate, nfft=512, winfunc=np.hamming, appendEnergy=False)
        energies, _ = psf.fbank(
            wave,
            sample_rate,
            winlen=0.1,
            winstep=0.05,
            nfilt=80,
            nfft=2048,
            lowfreq=0,
            highfreq=sample_rate / 2,
            winfunc=np.hamming,
        )
        out.input(f"{clip}.wave", wave)
        out.output(f"{clip}.mfcc13", mfcc)
        out.output(f"{clip}.mfcc13Hamming", hamming)
        out.output(f"{clip}.logFbank26", psf.logfbank(wave, sample_rate, nfft=512))
        out.output(f"{clip}.fbank80_100ms", energies)
        out.output(f"{clip}.delta", psf.delta(mfcc, 2))


if __name__ == "__main__":
    golden.main("features_psf", make, tolerance=1e-6)
