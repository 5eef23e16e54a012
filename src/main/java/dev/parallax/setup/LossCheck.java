package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.model.NetworkConfig;
import dev.parallax.setup.request.ModelRequest;

/// Refuses a loss for two perspectives where one is read: it would be the single loss under another name.
final class LossCheck {

    private static final String FIRST = "first.training.loss=";

    private LossCheck() {}

    /// What is known before anything is read.
    ///
    /// @param part of the request that names the loss
    static void beforeReading(ModelRequest model, String part, Loss loss) {
        if (model.modalities().size() == 1) {
            refuse(
                    asked(part, loss),
                    asked(part, Loss.FUSED),
                    loss,
                    model.modalities().getFirst());
        }
    }

    /// @param network what is read
    static void require(NetworkConfig network, String part, Loss loss) {
        require(network, asked(part, loss), asked(part, Loss.FUSED), loss);
    }

    /// The same of the first stage of a model of dialogues, whose loss is a setting.
    ///
    /// @param network of the first stage
    static void requireFirst(NetworkConfig network, Loss loss) {
        require(network, FIRST + loss.word(), FIRST + Loss.FUSED.word(), loss);
    }

    private static void require(NetworkConfig network, String asked, String instead, Loss loss) {
        if (network.audio() == null) {
            refuse(asked, instead, loss, Modality.TEXT);
        } else if (network.text() == null) {
            refuse(asked, instead, loss, Modality.AUDIO);
        }
    }

    private static String asked(String part, Loss loss) {
        return "‹" + part + " " + loss.word() + "›";
    }

    private static void refuse(String asked, String instead, Loss loss, Modality only) {
        if (loss.needsBoth()) {
            throw new BadInputException(
                    asked + " is between audio and text, and only " + only.word() + " is read; take " + instead
                            + ", which for one is the same, or let both be read (‹modalities audio,text›)");
        }
    }
}
