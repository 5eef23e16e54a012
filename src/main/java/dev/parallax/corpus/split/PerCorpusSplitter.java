package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Splits of several corpora: each is split by itself, in its own standard way, and the parts are joined. So every
/// corpus, and with it every modality, has its training, validation and test part, and what a corpus publishes
/// stays as it is published.
public final class PerCorpusSplitter implements Splitter {

    private final List<Utterance> utterances;
    private final Map<String, UtteranceSplitter> corpora = new LinkedHashMap<>();
    private final UtteranceSplitter whole;
    private final SpeakerNames names;
    private final SoundCopies copies;

    /// @param utterances what is split, each with the corpus that it is from
    /// @param sexes      the sex of each speaker where it is known
    /// @param seed       of all that is drawn
    /// @param copies of the same sound, also of two corpora
    public PerCorpusSplitter(List<Utterance> utterances, Map<String, Sex> sexes, long seed, SoundCopies copies) {
        this.names = new SpeakerNames(utterances);
        this.copies = copies;
        this.utterances = List.copyOf(names.unified(utterances));
        this.whole = new UtteranceSplitter(this.utterances, sexes, seed, copies);
        Map<String, List<Utterance>> byCorpus = new LinkedHashMap<>();
        for (Utterance utterance : this.utterances) {
            byCorpus.computeIfAbsent(utterance.origin().corpusOrNothing(), _ -> new ArrayList<>())
                    .add(utterance);
        }
        byCorpus.forEach((corpus, members) -> corpora.put(corpus, new UtteranceSplitter(members, sexes, seed, copies)));
    }

    @Override
    public Split standard() {
        Map<String, Split> parts = new LinkedHashMap<>();
        corpora.forEach((corpus, splits) -> parts.put(corpus, splits.standard()));
        return joined(parts);
    }

    /// The corpora of the speakers named are split by them, the others in their own way.
    @Override
    public Split bySpeakers(List<String> askedTest, List<String> askedVal) {
        List<String> testSpeakers = names.of(askedTest);
        List<String> valSpeakers = names.of(askedVal);
        UtteranceSplitter.requireKnown(
                utterances.stream()
                        .filter(utterance -> utterance.speaker() != null)
                        .toList(),
                testSpeakers,
                valSpeakers);
        Map<String, Split> parts = new LinkedHashMap<>();
        corpora.forEach((corpus, splits) -> {
            Set<String> speakers = new TreeSet<>();
            for (Utterance utterance : utterances) {
                String speaker = utterance.speaker();
                if (speaker != null && utterance.origin().corpusOrNothing().equals(corpus)) {
                    speakers.add(speaker);
                }
            }
            List<String> test = testSpeakers.stream().filter(speakers::contains).toList();
            List<String> val = valSpeakers.stream().filter(speakers::contains).toList();
            parts.put(corpus, test.isEmpty() && val.isEmpty() ? splits.standard() : splits.bySpeakers(test, val));
        });
        return joined(parts);
    }

    /// Protocols look at all corpora together; `given` and `speakers` at each by itself.
    @Override
    public List<Split> byName(String name, List<Protocol> own) {
        if (!name.equals("given") && !name.equals("speakers")) {
            return whole.byName(name, own);
        }
        Map<String, Split> parts = new LinkedHashMap<>();
        corpora.forEach(
                (corpus, splits) -> parts.put(corpus, splits.byName(name, own).getFirst()));
        return List.of(joined(parts));
    }

    private Split joined(Map<String, Split> parts) {
        if (parts.isEmpty()) {
            throw new BadInputException("split: there are no utterances to split");
        }
        List<String> how = new ArrayList<>();
        List<Split.Member> train = new ArrayList<>();
        List<Split.Member> val = new ArrayList<>();
        List<Split.Member> test = new ArrayList<>();
        List<Split.Member> excluded = new ArrayList<>();
        boolean independent = true;
        for (Map.Entry<String, Split> part : parts.entrySet()) {
            Split split = part.getValue();
            how.add(part.getKey().replaceAll("/$", "") + ": " + split.how()
                    + (split.speakerIndependent() ? "" : ", speakers not known to be kept apart"));
            train.addAll(split.train());
            val.addAll(split.val());
            test.addAll(split.test());
            excluded.addAll(split.excluded());
            independent &= split.speakerIndependent();
        }
        Split all = new Split(String.join("; ", how), independent, train, val, test, excluded);
        return SplitAssembly.withCopies(all, utterances, copies);
    }
}
