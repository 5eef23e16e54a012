package dev.parallax.corpus.split;

import java.util.ArrayList;
import java.util.List;

/// Makes the splits of a corpus, of single utterances or of whole dialogues. Speakers are kept apart unless
/// something else is asked for by name, and a validation part is always made: of speakers, sessions or dialogues
/// that are otherwise trained on, with both sexes where they are known.
///
/// | protocol | its folds |
/// |---|---|
/// | `given` | one: the parts that the corpus names |
/// | `speakers` | one: speakers drawn |
/// | `speakers-K` | K groups of speakers, each tested once (also called `folds-K`) |
/// | `loso` | leave one speaker out |
/// | `sessions` | leave one session out: as the corpus names them, else dialogues that share speakers |
/// | `dialogues-K` | K groups of whole dialogues of about equal size; speakers are not kept apart |
/// | `scripts` | as `sessions`, and nothing that one part says is said in another |
/// | `scripts-K` | the same as `speakers-K`; of whole dialogues K is the number of sessions |
/// | `random` | one: nothing is kept apart |
public sealed interface Splitter permits UtteranceSplitter, PerCorpusSplitter, DialogueSplitter {

    /// The split for who asks for nothing: the one that the corpus gives, else a drawn one.
    ///
    /// @throws dev.parallax.BadInputException when neither is possible
    Split standard();

    /// Named speakers are tested and validated on, all others trained on.
    ///
    /// @param testSpeakers may be empty
    /// @param valSpeakers  where empty, the validation part is drawn from the others
    /// @throws dev.parallax.BadInputException when a speaker is unknown or named twice, or nobody is left to train
    Split bySpeakers(List<String> testSpeakers, List<String> valSpeakers);

    /// Refuses a name that is no protocol's, before there are utterances to split.
    ///
    /// @param dialogues whether whole dialogues are split
    /// @param own       names of the corpus's own protocols
    /// @throws dev.parallax.BadInputException with the names of all
    static void requireName(String name, boolean dialogues, List<String> own) {
        if (!own.contains(name)) {
            List<String> kinds = new ArrayList<>(dialogues ? DialogueSplitter.PROTOCOLS : UtteranceSplitter.PROTOCOLS);
            kinds.addAll(own);
            ProtocolName.parse(name, kinds.stream().distinct().toList());
        }
    }

    /// The folds of a protocol, one of those above or of the corpus's own.
    ///
    /// @param own the published protocols of the corpus
    /// @throws dev.parallax.BadInputException when there is none of that name, with the names of all, or when the
    ///         corpus does not allow it, with what can be asked for instead
    List<Split> byName(String name, List<Protocol> own);
}
