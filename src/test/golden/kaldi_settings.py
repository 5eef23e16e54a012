"""What features_kaldi.safetensors holds, for both programs that compute it."""
import waves

SCALE = 32768  # Kaldi works on samples of 16 bits
SETTINGS = (
    "dither 0; samples scaled by 32768; 25/10 ms; povey window; pre-emphasis 0.97; mfcc: 23 mels, 13 ceps, low 20 Hz, "
    "high Nyquist, lifter 22, use_energy false; mfcce: use_energy true; fbank: 40 mels, log, no energy"
)


def fill(out, compute):
    """Computes each tensor by `compute(wave, sample_rate, kind, bins, snip_edges, use_energy)`."""
    first, _, _ = waves.draw()
    for clip in ("a16", "b8"):
        wave, (sample_rate, _) = first[clip], waves.CLIPS[clip]
        out.input(f"{clip}.wave", wave)
        out.output(f"{clip}.mfcc.snip1", compute(wave, sample_rate, "mfcc", 23, True, False))
        out.output(f"{clip}.mfcc.snip0", compute(wave, sample_rate, "mfcc", 23, False, False))
        out.output(f"{clip}.mfcce.snip1", compute(wave, sample_rate, "mfcc", 23, True, True))
        out.output(f"{clip}.fbank.snip1", compute(wave, sample_rate, "fbank", 40, True, False))
