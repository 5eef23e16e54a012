package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.data.AudioSource;
import dev.parallax.data.FileAudio;
import dev.parallax.data.Spelling;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
            bySpeaker(rows).forEach((speaker, theirs) -> {
                List<AudioSource> recordings =
                        theirs.size() < EmotionModel.LEAST_OF_SPEAKER ? List.of() : readable(theirs, channel);
                if (recordings.size() >= EmotionModel.LEAST_OF_SPEAKER) {
                    String name = String.valueOf(theirs.getFirst().speaker());
                    models.bySpeaker.put(speaker, emotions.adaptedTo(name, recordings));
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

    /// The rows with a speaker, however his or her name is spelled.
    private static Map<String, List<ManifestTable.Row>> bySpeaker(List<ManifestTable.Row> rows) {
        Map<String, List<ManifestTable.Row>> all = new TreeMap<>();
        for (ManifestTable.Row row : rows) {
            String speaker = row.speaker();
            if (speaker != null) {
                all.computeIfAbsent(Spelling.foldedSpeaker(speaker), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        return all;
    }

    /// Those recordings that can be read.
    private static List<AudioSource> readable(List<ManifestTable.Row> rows, Channel channel) {
        List<AudioSource> recordings = new ArrayList<>();
        for (ManifestTable.Row row : rows) {
            if (isReadable(row, channel)) {
                recordings.add(new FileAudio(Objects.requireNonNull(row.audio()), channel));
            }
        }
        return recordings;
    }

    /// Which cannot be read, the answers say.
    private static boolean isReadable(ManifestTable.Row row, Channel channel) {
        try {
            Path audio = row.audio();
            return audio != null && new FileAudio(audio, channel).read().samples().length > 0;
        } catch (BadInputException e) {
            return false;
        }
    }

    /// The model for a row.
    Model of(ManifestTable.Row row) {
        String speaker = row.speaker();
        EmotionModel adapted = speaker == null ? null : bySpeaker.get(Spelling.foldedSpeaker(speaker));
        return adapted == null ? model : adapted;
    }
}
