package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.cli.command.Console;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Spelling;
import dev.parallax.io.Count;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.setup.Remarks;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The model that answers each row of a manifest: adapted to the row's speaker where there are enough recordings,
/// else the model itself. The features computed for the adaptation are kept for the answer, as far as the memory
/// allows; the samples never are.
final class SpeakerModels {

    private static final int SHARE = 4; // of the memory: one in so many bytes is for kept features

    private final Model model;
    private final Map<String, EmotionModel> bySpeaker = new HashMap<>();
    private final Map<ManifestTable.Row, HeardRecording> heard = Collections.synchronizedMap(new IdentityHashMap<>());
    private long room;

    /// @param room for kept features [bytes]
    private SpeakerModels(Model model, long room) {
        this.model = model;
        this.room = room;
    }

    /// Adapts the model to each speaker with enough rows. A model that does not scale its features stays as it is.
    ///
    /// @param channel of each recording that is used
    /// @param adapt   whether it is wanted
    /// @param threads at most, on which no answer depends
    static SpeakerModels of(
            Model model, List<ManifestTable.Row> rows, Channel channel, boolean adapt, int threads, Console console) {
        return of(model, rows, channel, adapt, threads, Runtime.getRuntime().maxMemory() / SHARE, console);
    }

    /// The same.
    ///
    /// @param room for features that are kept until their rows are answered [bytes]
    static SpeakerModels of(
            Model model,
            List<ManifestTable.Row> rows,
            Channel channel,
            boolean adapt,
            int threads,
            long room,
            Console console) {
        SpeakerModels models = new SpeakerModels(model, room);
        if (adapt && model instanceof EmotionModel emotions && emotions.scaling() != null) {
            List<List<ManifestTable.Row>> speakers = bySpeaker(rows).values().stream()
                    .filter(theirs -> theirs.size() >= FeatureScaling.LEAST_OF_SPEAKER)
                    .toList();
            int recordings = speakers.stream().mapToInt(List::size).sum();
            if (recordings > 0) {
                try (Remarks.Progress progress = console.progress("speakers", recordings);
                        Workers workers = new Workers(threads)) {
                    speakers.forEach(theirs -> models.adapt(emotions, theirs, channel, workers, progress));
                }
            }
            if (!models.bySpeaker.isEmpty()) {
                console.log("features are adapted to " + Count.of(models.bySpeaker.size(), "speaker")
                        + ", each over his or her own recordings, which should be of all moods"
                        + " (--as-trained leaves them as in training)");
            }
        }
        return models;
    }

    /// Adapts the model to one speaker, if enough of the recordings can be read.
    private void adapt(
            EmotionModel emotions,
            List<ManifestTable.Row> theirs,
            Channel channel,
            Workers workers,
            Remarks.Progress progress) {
        @Nullable HeardRecording[] all = new HeardRecording[theirs.size()];
        workers.forEach(all.length, i -> {
            all[i] = hear(emotions, theirs.get(i), channel);
            progress.advance(1);
        });
        List<HeardRecording> readable = Stream.of(all)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (readable.size() >= FeatureScaling.LEAST_OF_SPEAKER) {
            String name = String.valueOf(theirs.getFirst().speaker());
            bySpeaker.put(Spelling.foldedSpeaker(name), emotions.adaptedTo(name, readable));
        }
        for (int i = 0; i < all.length; i++) {
            HeardRecording recording = all[i];
            if (recording != null && recording.bytes() <= room) {
                room -= recording.bytes();
                heard.put(theirs.get(i), recording);
            }
        }
    }

    /// Decodes a recording, or returns null where it cannot be read; its answer will give the reason.
    private static @Nullable HeardRecording hear(EmotionModel emotions, ManifestTable.Row row, Channel channel) {
        try {
            Path audio = row.audio();
            return audio == null ? null : emotions.hear(new FileAudio(audio, channel));
        } catch (BadInputException e) {
            return null;
        }
    }

    /// Removes and returns the kept features of a row's recording; null where there are none.
    @Nullable
    HeardRecording take(ManifestTable.Row row) {
        return heard.remove(row);
    }

    /// The rows with a speaker, however his or her name is spelled.
    private static Map<String, List<ManifestTable.Row>> bySpeaker(List<ManifestTable.Row> rows) {
        Map<String, List<ManifestTable.Row>> all = new TreeMap<>();
        for (ManifestTable.Row row : rows) {
            String speaker = row.isSound() ? row.speaker() : null;
            if (speaker != null) {
                all.computeIfAbsent(Spelling.foldedSpeaker(speaker), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        return all;
    }

    /// The model for a row.
    Model of(ManifestTable.Row row) {
        String speaker = row.speaker();
        EmotionModel adapted = speaker == null ? null : bySpeaker.get(Spelling.foldedSpeaker(speaker));
        return adapted == null ? model : adapted;
    }
}
