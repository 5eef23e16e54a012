package dev.parallax.audio;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/// The discrete Fourier transform of one length, X\[k\] = Σ_i x\[i\] exp(-2π j k i / n), computed by JTransforms. It
/// holds tables only and may be shared by threads.
public final class FourierTransform {

    // with threads of its own, the order of the sums in a long transform would depend on the machine
    static {
        CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
        CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
    }

    private final DoubleFFT_1D transform;

    /// @param n length, at least 1
    public FourierTransform(int n) {
        this.transform = new DoubleFFT_1D(n);
    }

    /// Transforms n real values, n even, in place: Re 0, Re n/2, then Re k, Im k for k = 1..n/2-1.
    public void realForward(double[] values) {
        transform.realForward(values);
    }

    /// Undoes [#realForward] in place.
    public void realInverse(double[] values) {
        transform.realInverse(values, true);
    }

    /// Transforms n complex values in place: Re k, Im k for k = 0..n-1.
    public void complexForward(double[] values) {
        transform.complexForward(values);
    }
}
