package dev.parallax.audio.file;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The simplest FLAC encoder, for tests: samples as they are (verbatim) or all the same (constant), with right
/// checksums.
final class FlacBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int channels;
    private final int bits;
    private int frames;
    private long buffer;
    private int filled;

    /// Begins a file.
    ///
    /// @param samples that the stream information declares, 0 for unknown
    FlacBytes(int rate, int channels, int bits, long samples) {
        this.channels = channels;
        this.bits = bits;
        for (char c : "fLaC".toCharArray()) {
            bits(c, 8);
        }
        bits(0x80, 8);
        bits(34, 24);
        bits(4096, 16);
        bits(4096, 16);
        bits(0, 24);
        bits(0, 24);
        bits(rate, 20);
        bits(channels - 1, 3);
        bits(bits - 1, 5);
        bits(samples, 36);
        for (int i = 0; i < 16; i++) {
            bits(0, 8);
        }
    }

    /// A frame of up to 65536 samples of each channel.
    ///
    /// @param wasted low bits of each sample that are 0 and not written
    FlacBytes frame(int wasted, int[]... x) {
        int start = out.size();
        bits(0xFFF8, 16);
        bits(7, 4);
        bits(0, 4);
        bits(channels - 1, 4);
        bits(0, 4);
        bits(frames++, 8);
        bits(x[0].length - 1, 16);
        bits(checksum(start, 8, 0x07), 8);
        for (int[] channel : x) {
            boolean constant = Arrays.stream(channel).allMatch(v -> v == channel[0]);
            bits(0, 1);
            bits(constant ? 0 : 1, 6);
            bits(wasted > 0 ? 1 : 0, 1);
            if (wasted > 0) {
                bits(1, wasted);
            }
            for (int i = 0; i < (constant ? 1 : channel.length); i++) {
                bits(channel[i] >> wasted, bits - wasted);
            }
        }
        while (filled > 0) {
            bits(0, 1);
        }
        bits(checksum(start, 16, 0x8005), 16);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void bits(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            buffer = buffer << 1 | (value >> i & 1);
            if (++filled == 8) {
                out.write((int) buffer);
                filled = 0;
            }
        }
    }

    /// The remainder of all bytes since `start`, bit by bit.
    private int checksum(int start, int width, int polynomial) {
        byte[] all = out.toByteArray();
        int crc = 0;
        for (int i = start; i < all.length; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                int top = crc >> (width - 1) & 1;
                crc = (crc << 1) & ((1 << width) - 1);
                crc ^= top != (all[i] >> bit & 1) ? polynomial : 0;
            }
        }
        return crc;
    }
}
