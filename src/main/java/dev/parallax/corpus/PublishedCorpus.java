package dev.parallax.corpus;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.CopyCheck;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A copy of a corpus that was published, in a folder. Each kind reads its layout in its constructor, and adds
/// what it finds to [#reading].
abstract sealed class PublishedCorpus implements Corpus
        permits CremaDCorpus,
                EmoDbCorpus,
                EsdCorpus,
                GoEmotionsCorpus,
                IemocapCorpus,
                MeldCorpus,
                RavdessCorpus,
                SaveeCorpus,
                TessCorpus {

    /// The utterances of the copy, and what does not fit the published layout.
    final CorpusBuilder reading = new CorpusBuilder();

    private final String kind;
    private final Path folder;

    /// @param kind   as in `--corpus KIND:PATH`
    /// @param folder at which the corpus begins
    PublishedCorpus(String kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    @Override
    public final String name() {
        return kind;
    }

    @Override
    public final List<Utterance> utterances() {
        return reading.utterances();
    }

    /// Reads recordings whose names say everything. A name without a meaning is an error.
    ///
    /// @param meaning of the name of a file; null where it has none in this corpus
    /// @param title   of the corpus, for the message
    final void readNames(List<Path> files, Function<Path, @Nullable Utterance> meaning, String title) {
        for (Path file : files) {
            Utterance utterance = meaning.apply(file);
            if (utterance == null) {
                String message = folder.relativize(file) + " is no name of " + title + "'s; move it elsewhere";
                reading.find(Severity.ERROR, "extra", message);
            } else {
                reading.add(utterance);
            }
        }
    }

    /// Whether the name of any file has a meaning in the corpus.
    static boolean anyName(List<Path> files, Function<Path, @Nullable Utterance> meaning) {
        return files.stream().anyMatch(file -> meaning.apply(file) != null);
    }

    /// The comparison with what was published, begun with what did not fit when the copy was read.
    final CopyCheck copyCheck() {
        return new CopyCheck(kind + ":" + folder, utterances(), reading.findings());
    }
}
