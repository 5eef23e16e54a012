package dev.parallax.audio;

import dev.parallax.backend.Butterflies;
import java.util.function.Supplier;

/// Spectra of some frames at once: in vectors where their length is a power of two ([FrameTransform]), else by
/// [FourierTransform], one after the other. It holds tables only and may be shared by threads.
public final class FrameSpectra {

    /// Frames that are transformed at once, at most.
    public static final int MOST = Butterflies.LANES;

    private final Spectrum spectrum;
    private final Supplier<Frames> frames;

    FrameSpectra(Spectrum spectrum) {
        this.spectrum = spectrum;
        if (FrameTransform.isLength(spectrum.nFft())) {
            FrameTransform transform = new FrameTransform(spectrum.nFft());
            this.frames = () -> new Together(transform.new Lanes());
        } else {
            FourierTransform transform = spectrum.transform();
            this.frames = () -> new OneByOne(transform);
        }
    }

    /// Work for one thread.
    public Frames frames() {
        return frames.get();
    }

    /// Some frames, and then their spectra.
    public sealed interface Frames {

        /// Sets a frame.
        ///
        /// @param number 0 to [#MOST] - 1
        /// @param frame  of nFft values, the zero-padded frame; overwritten
        void set(int number, double[] frame);

        /// Transforms the frames that were set; what others hold is lost.
        void transform();

        /// The spectrum of a frame that was set.
        ///
        /// @param out [nFft / 2 + 1]
        void get(int number, double[] out);
    }

    private final class Together implements Frames {

        private final FrameTransform.Lanes frames;

        Together(FrameTransform.Lanes frames) {
            this.frames = frames;
        }

        @Override
        public void set(int number, double[] frame) {
            frames.set(number, frame);
        }

        @Override
        public void transform() {
            frames.transform();
        }

        @Override
        public void get(int number, double[] out) {
            frames.powers(number, out);
            for (int k = 0; k < out.length; k++) {
                out[k] = spectrum.ofPower(out[k]);
            }
        }
    }

    private final class OneByOne implements Frames {

        private final FourierTransform transform;
        private final double[][] spectra = new double[MOST][spectrum.bins()];

        OneByOne(FourierTransform transform) {
            this.transform = transform;
        }

        @Override
        public void set(int number, double[] frame) {
            spectrum.of(transform, frame, spectra[number]);
        }

        @Override
        public void transform() {
            // each was, as it was set
        }

        @Override
        public void get(int number, double[] out) {
            System.arraycopy(spectra[number], 0, out, 0, out.length);
        }
    }
}
