package dev.parallax.audio;

import dev.parallax.BadInputException;

/// Which channel of a recording is used: one of them, or the mean of all.
///
/// @param number from 1; 0 for the mean
public record Channel(int number) {

    /// The mean of all channels, which is the default.
    public static final Channel MEAN = new Channel(0);

    /// The first one.
    public static final Channel LEFT = new Channel(1);

    /// The second one.
    public static final Channel RIGHT = new Channel(2);

    private static final int MOST = 0xFFFF;

    public Channel {
        if (number < 0 || number > MOST) {
            throw new BadInputException("channel " + number + " is no channel; channels are numbered from 1");
        }
    }

    /// Reads `left`, `right` or a number from 1.
    ///
    /// @param where where the text comes from, the start of the message
    /// @throws BadInputException when it is none of these
    public static Channel parse(String text, String where) {
        return switch (text) {
            case "left" -> LEFT;
            case "right" -> RIGHT;
            default -> {
                if (!text.matches("0*[1-9]\\d{0,4}")) {
                    throw new BadInputException(
                            where + " " + text + ": no channel; write left, right or a number from 1");
                }
                yield new Channel(Integer.parseInt(text));
            }
        };
    }

    /// Whether it is the mean of all.
    public boolean isMean() {
        return number == 0;
    }

    /// As it is written: `left`, `right`, `3`.
    public String word() {
        return switch (number) {
            case 0 -> "mean";
            case 1 -> "left";
            case 2 -> "right";
            default -> Integer.toString(number);
        };
    }

    /// In words: `channel 2 (right)`, `channel 3`.
    @Override
    public String toString() {
        return switch (number) {
            case 0 -> "the mean of all channels";
            case 1, 2 -> "channel " + number + " (" + word() + ")";
            default -> "channel " + number;
        };
    }
}
