package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How a pretrained encoder is used, as the settings say it.
///
/// @param layers      whose states are summed: `all`, or numbers such as `4,8,12`; 0 is before the first block
/// @param trainedFrom the first transformer block that is trained, from 1; 0 for an encoder that stays as it is
/// @param rank        of the low-rank additions (LoRA) that are trained in place of the blocks' own parameters; 0 for
///                    the parameters themselves
public record EncoderUse(String layers, int trainedFrom, int rank) {

    /// The states of all layers of an encoder that stays as it is.
    public static final EncoderUse FROZEN = new EncoderUse("all", 0, 0);

    private static final int HIGHEST_RANK = 1024;

    public EncoderUse {
        if (trainedFrom < 0 || rank < 0 || rank > HIGHEST_RANK) {
            throw new BadInputException(
                    "encoder: trainedFrom is " + trainedFrom + ", must be 0 or the number of a block," + " and rank is "
                            + rank + ", must be in [0, " + HIGHEST_RANK + "]");
        }
        if (rank > 0 && trainedFrom == 0) {
            throw new BadInputException("encoder: rank is " + rank + " and no block is trained; set trainedFrom to the"
                    + " first one, from 1");
        }
    }

    /// The numbers of the layers.
    ///
    /// @param last  of the encoder
    /// @param place of these settings, such as `encoders.text`
    List<Integer> numbers(int last, String place) {
        if (layers.equals(FROZEN.layers)) {
            return IntStream.rangeClosed(0, last).boxed().toList();
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String number : layers.split(",", -1)) {
            if (!number.strip().matches("\\d{1,4}") || Integer.parseInt(number.strip()) > last) {
                throw new BadInputException("settings: " + place + ".layers: \"" + number.strip()
                        + "\" is no layer of this encoder; give all, or numbers from 0 to " + last + " such as "
                        + Math.max(0, last - 1) + "," + last);
            }
            numbers.add(Integer.parseInt(number.strip()));
        }
        return List.copyOf(numbers);
    }
}
