package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.model.NetworkConfig;
import dev.parallax.setup.request.ModelRequest;

/// Refuses a loss for two perspectives where one is read: it would be the single loss under another name.
final class LossCheck {

    private LossCheck() {}

    /// What is known before anything is read.
    ///
    /// @param part of the request that names the loss
    static void beforeReading(ModelRequest model, String part, Loss loss) {
        if (model.modalities().size() == 1) {
            refuse(part, loss, model.modalities().getFirst());
        }
    }

    /// @param network what is read
    static void require(NetworkConfig network, String part, Loss loss) {
        if (network.audio() == null) {
            refuse(part, loss, Modality.TEXT);
        } else if (network.text() == null) {
            refuse(part, loss, Modality.AUDIO);
        }
    }

    private static void refuse(String part, Loss loss, Modality only) {
        if (loss.needsBoth()) {
            throw new BadInputException("‹" + part + " " + loss.word() + "› is between audio and text, and only "
                    + only.word() + " is read; take ‹" + part + " " + Loss.FUSED.word()
                    + "›, which for one is the same, or let both be read (‹modalities audio,text›)");
        }
    }
}
