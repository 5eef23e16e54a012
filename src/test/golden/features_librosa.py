"""Power spectrum, filterbank, log-mel, MFCC and deltas of librosa: features_librosa.safetensors."""
import librosa
import numpy as np

import golden
import waves


def settings(sample_rate):
    """The arguments of each setting, as librosa names them."""
    return {
        "default": dict(n_fft=2048, hop_length=512, n_mels=128),
        "speech": dict(
            n_fft=512 if sample_rate * 0.025 <= 512 else 2048,
            hop_length=sample_rate // 100,
            win_length=sample_rate // 40,
            n_mels=40,
            fmin=20.0,
            fmax=sample_rate / 2,
        ),
        "htk": dict(n_fft=512, hop_length=160, n_mels=26, htk=True, norm=None, window="hamming"),
    }


def features(out, prefix, wave, sample_rate, arguments):
    framing = {key: arguments[key] for key in ("n_fft", "hop_length", "win_length", "window") if key in arguments}
    mel = {key: arguments[key] for key in ("n_fft", "n_mels", "fmin", "fmax", "htk", "norm") if key in arguments}
    power = np.abs(librosa.stft(wave, center=True, pad_mode="constant", **framing)) ** 2
    filterbank = librosa.filters.mel(sr=sample_rate, **mel)
    mel_db = librosa.power_to_db(filterbank @ power)
    mfcc = librosa.feature.mfcc(S=mel_db, n_mfcc=20)
    if prefix == "a16.speech":
        out.output(f"{prefix}.power", power)
        out.output(f"{prefix}.filterbank", filterbank)
    out.output(f"{prefix}.melDb", mel_db)
    out.output(f"{prefix}.mfcc", mfcc)
    out.output(f"{prefix}.mfccLifter22", librosa.feature.mfcc(S=mel_db, n_mfcc=20, lifter=22))
    out.output(f"{prefix}.delta", librosa.feature.delta(mfcc, width=9))
    out.output(f"{prefix}.delta2", librosa.feature.delta(mfcc, width=9, order=2))


def make(out):
    out.record.update(librosa=librosa.__version__, numpy=np.__version__, seed=golden.SEED)
    first, _, _ = waves.draw()
    for clip, wave in first.items():
        sample_rate, _ = waves.CLIPS[clip]
        out.input(f"{clip}.wave", wave)
        for setting, arguments in settings(sample_rate).items():
            features(out, f"{clip}.{setting}", wave, sample_rate, arguments)
            out.record[f"{clip}.{setting}.config"] = {**arguments, "sr": sample_rate}


if __name__ == "__main__":
    golden.main("features_librosa", make, tolerance=5e-6)
