package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.FileAudio;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Berlin Database of Emotional Speech: ten actors speak ten German sentences in seven emotions, 535 recordings
/// at 16 kHz. Licence: CC0.
///
/// Layout: `wav/03a01Fa.wav` and so on, or the folder `wav` itself; the names say everything (see `EmoDbClip`).
///
/// Source: Burkhardt, Paeschke, Rolfes, Sendlmeier, Weiss, "A Database of German Emotional Speech", INTERSPEECH
/// 2005.
public final class EmoDbCorpus implements Corpus {

    private final Path folder;
    private final Map<String, String> published;
    private final List<Utterance> utterances;
    private final List<String> strangers;

    /// @param published name to the first digits of the SHA-256 of each recording that ought to be there
    EmoDbCorpus(Path folder, Map<String, String> published) {
        this.folder = folder;
        this.published = published;
        List<Utterance> found = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Path file : waveFiles(folder)) {
            String fileName = String.valueOf(file.getFileName());
            EmoDbClip clip = EmoDbClip.parse(fileName.substring(0, fileName.length() - ".wav".length()));
            if (clip == null) {
                others.add(fileName);
            } else {
                found.add(utterance(clip, file));
            }
        }
        if (found.isEmpty()) {
            throw new BadInputException("emodb: " + folder + " holds no recording named like 03a01Fa.wav;"
                    + " give the folder that has them, or has them in wav/ (how to get EMO-DB: data/README.md)");
        }
        this.utterances = List.copyOf(found);
        this.strangers = List.copyOf(others);
    }

    /// Opens the folder with the recordings, or the one above it.
    ///
    /// @throws BadInputException when there is no such folder or nothing of EMO-DB in it
    public static EmoDbCorpus open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new BadInputException("emodb: there is no folder " + path + " (how to get EMO-DB: data/README.md)");
        }
        Path inside = path.resolve("wav");
        return new EmoDbCorpus(Files.isDirectory(inside) ? inside : path, EmoDbVerification.published());
    }

    private static List<Path> waveFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wav"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInputException("emodb: " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static Utterance utterance(EmoDbClip clip, Path file) {
        return new Utterance(
                clip.name(),
                new FileAudio(file),
                clip.words(),
                clip.emotion(),
                Origin.ofSpeaker(clip.speaker()).withScript(clip.sentence()));
    }

    @Override
    public String name() {
        return "emodb";
    }

    @Override
    public List<Utterance> utterances() {
        return utterances;
    }

    @Override
    public Labels labels() {
        return Labels.of(EmoDbClip.LABELS);
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are fixed: the text carries no emotion, so only the audio is learned from",
                "small and uneven (speaker 08 has no disgust, 03 one, 09 one fear): pool the predictions of all folds"
                        + " before taking the unweighted accuracy");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        return Collections.unmodifiableMap(EmoDbClip.speakers());
    }

    /// `pairs`: five folds, each tests two speakers and validates on the next two.
    @Override
    public List<Protocol> protocols() {
        List<String> speakers = List.copyOf(EmoDbClip.speakers().keySet());
        List<Protocol.Fold> folds = new ArrayList<>();
        for (int start = 0; start < speakers.size(); start += 2) {
            int next = (start + 2) % speakers.size();
            folds.add(new Protocol.Fold(speakers.subList(start, start + 2), speakers.subList(next, next + 2)));
        }
        return List.of(new Protocol("pairs", "five folds of two speakers, each validated on the next two", folds));
    }

    @Override
    public Verification verify() {
        return new EmoDbVerification("emodb:" + folder, published, utterances, strangers).run();
    }
}
