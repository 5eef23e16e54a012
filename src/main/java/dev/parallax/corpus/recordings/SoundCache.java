package dev.parallax.corpus.recordings;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.data.Utterance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is known of each recording, found out once: kept on disk beside the features, under the content of the file,
/// so that a corpus that was decoded once is checked for faults and copies without decoding it again. For several
/// threads.
public final class SoundCache {

    private final @Nullable Path folder;
    private final Consumer<String> warnings;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /// @param folder   where facts are kept, made when needed; null where they are not
    /// @param warnings receives one line for each of these: the folder cannot be written, an entry is damaged
    public SoundCache(@Nullable Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /// One that keeps nothing.
    public static SoundCache none() {
        return new SoundCache(null, _ -> {});
    }

    /// A recording's facts, and the sound itself where it had to be decoded for them.
    ///
    /// @param audio null where the facts were kept, or where the recording is long
    record Heard(SoundFacts facts, @Nullable Audio audio) {}

    /// The facts of a recording, kept or found out.
    ///
    /// @throws BadInputException when it cannot be read
    public SoundFacts facts(AudioSource source) {
        return heard(source, 0).facts();
    }

    /// The same, with the sound if it was decoded and is short.
    ///
    /// @param seconds at most so long
    Heard heard(AudioSource source, double seconds) {
        if (!(source instanceof FileAudio file)) {
            Audio audio = source.read();
            return new Heard(SoundFacts.of(audio, 1, List.of()), audio);
        }
        Path place = folder == null ? null : SoundFactsFile.place(folder, file.decodingHash());
        SoundFacts kept = place == null ? null : kept(place);
        Heard heard = kept == null ? decoded(file.path(), seconds) : new Heard(kept, null);
        file.decodedAs(heard.facts());
        if (place != null && kept == null) {
            keep(place, heard.facts());
        }
        return heard;
    }

    private static Heard decoded(Path path, double seconds) {
        List<String> said = new ArrayList<>();
        try (AudioFile file = AudioFile.open(path, Ffmpeg.ON_PATH, said::add)) {
            if (file.seconds() <= seconds) {
                Audio audio = file.readAll();
                return new Heard(SoundFacts.of(audio, file.channels(), said), audio);
            }
            return new Heard(SoundFacts.of(file, said), null);
        }
    }

    private @Nullable SoundFacts kept(Path place) {
        try {
            return Files.exists(place) ? SoundFactsFile.read(place) : null;
        } catch (BadInputException e) {
            warnOnce("damaged", "cache of recordings: " + e.getMessage() + "; it is decoded again (said once)");
            return null;
        }
    }

    private void keep(Path place, SoundFacts facts) {
        if (warned.contains("unwritable")) {
            return;
        }
        try {
            SoundFactsFile.write(place, facts);
        } catch (BadInputException e) {
            warnOnce("unwritable", "cache of recordings: " + e.getMessage() + "; they are decoded anew each time");
        }
    }

    private void warnOnce(String kind, String message) {
        if (warned.add(kind)) {
            warnings.accept(message);
        }
    }

    /// The facts of all recordings in files, on several threads; null for utterances without one, and for
    /// recordings that cannot be read.
    ///
    /// @param done called after each utterance with the number done
    public List<@Nullable SoundFacts> all(List<Utterance> utterances, int threads, Preparation.Progress done) {
        return Preparation.parallel(utterances, threads, done, utterance -> {
            try {
                return utterance.audio() instanceof FileAudio file ? facts(file) : null;
            } catch (BadInputException e) {
                return null; // who needs the sound says why
            }
        });
    }
}
