package dev.parallax.audio.file;

import dev.parallax.audio.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes one channel out of those of a window, and checks whether averaging cancels them.
///
/// ```
/// Channels that are inverted copies of each other cancel out when they are averaged: what is left is noise, or an echo
/// of what they differ in. Powers show it: P_c of channel c and P of the mean, all about their own means, so that an
/// offset hides nothing. C independent channels of equal power lose 10 log10(C) dB, equal ones nothing. Only
/// channels that oppose each other lose more. They cancel where P is 12 dB below what independent ones would leave,
/// (1/C²) Σ P_c. For two channels that is 15 dB below their power, where the weaker is at least 0.7 times the inverse
/// of the stronger.
/// ```
final class Downmix {

    /// 10^(12 dB / 10).
    private static final double CANCELLING = 15.85;

    private final Channel channel;
    private final Moments mean = new Moments();
    private final Moments[] channels;

    /// @param channels that the recording has
    /// @param channel  the one that is made of them
    Downmix(int channels, Channel channel) {
        this.channel = channel;
        this.channels = new Moments[channels];
        for (int c = 0; c < channels; c++) {
            this.channels[c] = new Moments();
        }
    }

    /// Sums from which a power is computed.
    private static final class Moments {
        private double sum;
        private double squares;
        private long count;
        private float first;
        private boolean isConstant = true;

        void add(float x) {
            first = count == 0 ? x : first;
            sum += x;
            squares += (double) x * x;
            count++;
            isConstant &= x == first;
        }

        /// About the mean.
        double power() {
            return count == 0 ? 0 : Math.max(0, squares / count - sum / count * (sum / count));
        }
    }

    /// Mixes the next frames of the window: y\[i\] = (1/C) Σ_c x_c\[i\], or x_c\[i\] of the one channel.
    ///
    /// @param block [channels, at least `frames`]
    /// @param out   filled from `at` on
    void mix(float[][] block, int frames, float[] out, int at) {
        if (!channel.isMean() || channels.length == 1) {
            System.arraycopy(block[Math.max(0, channel.number() - 1)], 0, out, at, frames);
            return;
        }
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int c = 0; c < channels.length; c++) {
                float x = block[c][i];
                channels[c].add(x);
                sum += x;
            }
            float y = (float) (sum / channels.length);
            mean.add(y);
            out[at + i] = y;
        }
    }

    /// Why the window represents the recording badly, one line each.
    ///
    /// @param name the recording
    List<String> doubts(String name) {
        double powers = 0;
        for (Moments each : channels) {
            powers += each.power();
        }
        double independent = powers / ((double) channels.length * channels.length);
        if (channels.length == 1 || powers == 0 || mean.power() * CANCELLING > independent) {
            return List.of();
        }
        return List.of(name + ": its " + channels.length + " channels cancel each other: their mean, which is heard, is"
                + " far weaker than they are; choose one channel (‹channel "
                + firstAlive().word() + "›)");
    }

    /// A line about channels that are digital silence while others are not.
    ///
    /// @param name the recording
    List<String> silentChannels(String name) {
        List<Channel> silent = IntStream.range(0, channels.length)
                .filter(c -> channels[c].isConstant)
                .mapToObj(c -> new Channel(c + 1))
                .toList();
        if (!channel.isMean() || mean.count == 0 || silent.isEmpty() || silent.size() == channels.length) {
            return List.of();
        }
        long lossDb = Math.round(20 * Math.log10(channels.length / (double) (channels.length - silent.size())));
        List<String> named =
                new ArrayList<>(silent.stream().limit(4).map(Channel::toString).toList());
        if (silent.size() > named.size()) {
            named.add((silent.size() - named.size()) + " more");
        }
        return List.of(name + ": of its " + channels.length + " channels "
                + named.stream().collect(Collectors.joining(", ")) + (silent.size() == 1 ? " is" : " are")
                + " digital silence, at least in part: the mean of all is " + lossDb
                + " dB weaker than that of the others; choose one channel (‹channel "
                + firstAlive().word() + "›)");
    }

    private Channel firstAlive() {
        return IntStream.range(0, channels.length)
                .filter(c -> !channels[c].isConstant)
                .mapToObj(c -> new Channel(c + 1))
                .findFirst()
                .orElse(Channel.LEFT);
    }
}
