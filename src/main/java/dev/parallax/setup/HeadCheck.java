package dev.parallax.setup;

import dev.parallax.data.DialogueBatch;
import dev.parallax.fusion.Modality;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses self-attention whose heads do not divide the states that they share, with the settings that decide it.
/// A size of 0 is one that is not known yet; states of that size are passed over.
final class HeadCheck {

    private HeadCheck() {}

    /// What is known before anything is read.
    ///
    /// @param wordVectors whether word vectors are given, whose size is then that of the embedding
    static void beforeReading(ModelRequest model, NetworkConfig network, boolean wordVectors) {
        List<Modality> asked = model.modalities();
        NetworkConfig read = network.withModalities(
                network.audio() != null && (asked.isEmpty() || asked.contains(Modality.AUDIO)),
                network.text() != null && (asked.isEmpty() || asked.contains(Modality.TEXT)));
        if (model.level() == Level.DIALOGUE) {
            ofDialogues(read, 0, 0);
        } else {
            require(read, "network", 0, wordVectors ? 0 : read.embedding(), "network.embedding");
        }
    }

    /// Of a network of single utterances.
    ///
    /// @param place     of the network among the settings, such as `network`
    static void ofUtterances(UtteranceModelSpec model, String place) {
        require(model.network(), place, model.frameSize(), model.tokenSize(), place + ".embedding");
    }

    /// Of a network of dialogues.
    ///
    /// @param audioSize features of an audio vector   @param textSize those of a text vector
    static void ofDialogues(NetworkConfig network, int audioSize, int textSize) {
        int told = network.speakers() ? DialogueBatch.SPEAKERS : 0;
        require(
                network,
                "network",
                audioSize == 0 ? 0 : audioSize + told,
                textSize == 0 ? 0 : textSize + told,
                "network.text.projection");
    }

    /// @param textKey the setting of the size of what the text encoder reads
    private static void require(NetworkConfig network, String place, int audioSize, int textSize, String textKey) {
        EncoderConfig audio = network.audio();
        if (network.fusesInputs() && audio != null) { // one encoder, set as that of audio, reads both
            audio.withProjection(0).requireHeads(network.fusionWidth(), place + ".audio", place + ".fusionWidth");
            return;
        }
        require(audio, audioSize, place + ".audio", place + ".audio.projection");
        require(network.text(), textSize, place + ".text", textKey);
    }

    private static void require(@Nullable EncoderConfig encoder, int size, String place, String key) {
        if (encoder != null) {
            encoder.requireHeads(size, place, key);
        }
    }
}
