package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.data.AudioSource;
import dev.parallax.data.FileAudio;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The model that answers each row of a manifest: adapted to the row's speaker where there are recordings enough of
/// him or her, else the model itself.
final class SpeakerModels {

    private final Model model;
    private final Map<String, EmotionModel> bySpeaker = new HashMap<>();

    private SpeakerModels(Model model) {
        this.model = model;
    }

    /// Adapts the model to each speaker that the rows name often enough; a model that reads features as they are
    /// stays as it is.
    ///
    /// @param channel of each recording that is heard
    /// @param adapt   whether it is wanted
    static SpeakerModels of(
            Model model, List<ManifestTable.Row> rows, Channel channel, boolean adapt, Console console) {
        SpeakerModels models = new SpeakerModels(model);
        if (adapt && model instanceof EmotionModel emotions && emotions.scaling() != null) {
            recordings(rows, channel).forEach((speaker, recordings) -> {
                if (recordings.size() >= EmotionModel.LEAST_OF_SPEAKER) {
                    models.bySpeaker.put(speaker, emotions.adaptedTo(speaker, recordings));
                }
            });
            if (!models.bySpeaker.isEmpty()) {
                console.log("features are adapted to " + models.bySpeaker.size()
                        + " speakers, each over his or her own recordings, which should be of all moods"
                        + " (--as-trained leaves them as in training)");
            }
        }
        return models;
    }

    /// Those that can be read, by speaker; which cannot, the answers say.
    private static Map<String, List<AudioSource>> recordings(List<ManifestTable.Row> rows, Channel channel) {
        Map<String, List<AudioSource>> recordings = new TreeMap<>();
        for (ManifestTable.Row row : rows) {
            String speaker = row.speaker();
            FileAudio recording = speaker == null ? null : readable(row, channel);
            if (speaker != null && recording != null) {
                recordings.computeIfAbsent(speaker, _ -> new ArrayList<>()).add(recording);
            }
        }
        return recordings;
    }

    private static @Nullable FileAudio readable(ManifestTable.Row row, Channel channel) {
        try {
            Path audio = row.audio();
            FileAudio recording = audio == null ? null : new FileAudio(audio, channel);
            return recording == null || recording.read().samples().length == 0 ? null : recording;
        } catch (BadInputException e) {
            return null;
        }
    }

    /// The model for a row.
    Model of(ManifestTable.Row row) {
        String speaker = row.speaker();
        EmotionModel adapted = speaker == null ? null : bySpeaker.get(speaker);
        return adapted == null ? model : adapted;
    }
}
