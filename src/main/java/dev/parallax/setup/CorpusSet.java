package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.Corpus;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.split.SpeakerNames;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.corpus.verify.TableChecks;
import dev.parallax.data.LabelMap;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The corpora of a run as one: labelled utterances with one set of labels. Of several corpora, ids, speakers,
/// sessions, dialogues and scripts are preceded by the corpus they are from, so that two speakers called `03` stay
/// two.
///
/// @param names       kinds of the corpora, in the order given
/// @param utterances  those with a label
/// @param labels      the classes
/// @param sexes       of the speakers, where it is known
/// @param columns     what corpora say of utterances beyond that, by column and id
/// @param protocols   published ones, of a single corpus
/// @param textIsFixed whether all texts are the same in every emotion
/// @param embedded    whether no corpus is on disk
/// @param published   recordings that a corpus publishes more than once
/// @param notes       facts that everyone who uses them needs, one line each
/// @param syntheticSpeech how the speech of those corpora was made that no person spoke, one line each
/// @param excluded    those without a label
public record CorpusSet(
        List<String> names,
        List<Utterance> utterances,
        Labels labels,
        Map<String, Sex> sexes,
        Map<String, Map<String, String>> columns,
        List<Protocol> protocols,
        boolean textIsFixed,
        boolean embedded,
        PublishedCopies published,
        List<String> notes,
        List<String> syntheticSpeech,
        ExcludedUtterances excluded) {

    /// Opens corpora and maps their emotions to labels.
    ///
    /// @param level for dialogues, utterances without a label stay as context of their neighbours, and all have
    ///              vectors; for single utterances, those without a label are left out, and none has vectors alone
    public static CorpusSet open(CorpusRequest request, Level level, Remarks remarks) {
        return open(request, level, List.of(), remarks);
    }

    /// The same where some further columns of tables are read.
    ///
    /// @param asked their names in lower case
    static CorpusSet open(CorpusRequest request, Level level, List<String> asked, Remarks remarks) {
        boolean dialogues = level == Level.DIALOGUE;
        if (request.places().isEmpty()) {
            throw new BadInputException("‹corpus›: none is named; name KIND:PATH, one of " + Corpora.KINDS);
        }
        List<Corpus> corpora = request.places().stream()
                .map(place -> resized(Corpora.open(place, rootOf(place, request)), request))
                .toList();
        List<String> notes = corpora.stream()
                .flatMap(corpus -> corpus.notes(asked).stream().map(note -> corpus.name() + ": " + note))
                .toList();
        for (Corpus corpus : corpora) {
            List<String> warnedOf = TableChecks.doubtfulLabels(corpus.utterances()); // below, once they are mapped
            corpus.notes(asked).stream()
                    .filter(note -> !warnedOf.contains(note))
                    .forEach(note -> remarks.log(corpus.name() + ": " + note));
        }
        List<LabelMap> maps = LabelChoice.of(request.labels(), corpora);
        List<Utterance> utterances = new ArrayList<>();
        Map<String, Sex> sexes = new TreeMap<>();
        Map<String, Map<String, String>> columns = new TreeMap<>();
        PublishedCopies published = PublishedCopies.NONE;
        LabelMap.Mapped mapped = LabelMap.Mapped.NOTHING;
        boolean tells = corpora.stream().anyMatch(corpus -> !corpus.textIsFixed());
        for (int i = 0; i < corpora.size(); i++) {
            boolean silent = tells && corpora.get(i).textIsFixed();
            if (silent) {
                remarks.log(corpora.get(i).name() + ": heard alone; its sentences are the same in every emotion, and"
                        + " another corpus teaches what words tell");
            }
            String prefix = corpora.size() == 1 ? "" : corpora.get(i).name() + (i + 1) + "/";
            List<Utterance> these = corpora.get(i).utterances().stream()
                    .map(utterance -> prefixed(silent ? heard(utterance) : utterance, prefix))
                    .toList();
            utterances.addAll(these);
            published = published.and(corpora.get(i).publishedCopies().prefixed(prefix));
            corpora.get(i).sexes().forEach((speaker, sex) -> sexes.put(prefix + speaker, sex));
            corpora.get(i).columns().forEach((column, values) -> {
                Map<String, String> known = columns.computeIfAbsent(column, _ -> new HashMap<>());
                values.forEach((id, value) -> known.put(prefix + id, value));
            });
            mapped = mapped.and(
                    dialogues ? maps.get(i).applyKeepingAll(these) : maps.get(i).apply(these));
        }
        requireFit(utterances, dialogues);
        say(mapped, utterances.size(), dialogues, remarks);
        SpeakerNames speakers = new SpeakerNames(mapped.utterances());
        speakers.lines().forEach(remarks::warn);
        TableChecks.doubtfulLabels(mapped.utterances()).forEach(line -> remarks.warn("labels: " + line));
        return new CorpusSet(
                corpora.stream().map(Corpus::name).toList(),
                speakers.unified(mapped.utterances()),
                maps.getFirst().labels(),
                sexes,
                columns,
                corpora.size() == 1 ? corpora.getFirst().protocols() : List.of(),
                corpora.stream().allMatch(Corpus::textIsFixed),
                corpora.stream().allMatch(EmbeddedCorpus.class::isInstance),
                published,
                notes,
                corpora.stream()
                        .filter(corpus -> corpus.syntheticSpeech() != null)
                        .map(corpus -> corpus.name() + ": " + corpus.syntheticSpeech())
                        .distinct()
                        .toList(),
                ExcludedUtterances.of(utterances.size())
                        .with("without an emotion", mapped.unlabelled())
                        .with("of emotions that are not among the labels", unlabelled(mapped) - mapped.unlabelled()));
    }

    /// The same for a model that hears nothing: no utterance with words has a recording.
    CorpusSet withoutAudio() {
        return new CorpusSet(
                names,
                utterances.stream().map(Utterance::withoutAudio).toList(),
                labels,
                sexes,
                columns,
                protocols,
                textIsFixed,
                embedded,
                published,
                notes,
                syntheticSpeech,
                excluded);
    }

    /// Some utterances without those that a corpus publishes twice under different labels: nobody knows which one
    /// is right. Reports what is left out.
    ///
    /// @param copies among the utterances of the corpora
    List<Utterance> withoutTwoLabels(List<Utterance> some, SoundCopies copies, Remarks remarks) {
        Set<String> ids = published.contradicting(copies);
        List<String> out =
                some.stream().map(Utterance::id).filter(ids::contains).toList();
        if (!out.isEmpty()) {
            remarks.log(
                    "left out " + Count.of(out.size(), "utterance") + ", which " + (out.size() == 1 ? "was" : "were")
                            + " published twice under different labels: "
                            + String.join(", ", out));
        }
        return some.stream().filter(utterance -> !ids.contains(utterance.id())).toList();
    }

    /// Where the recordings of a manifest lie; of several corpora the others have none.
    private static @Nullable Path rootOf(String place, CorpusRequest request) {
        boolean anyManifest = request.places().stream().anyMatch(Corpora::isManifest);
        return anyManifest && !Corpora.isManifest(place) ? null : request.root();
    }

    /// The embedded corpus with the requested size and share of synergy (utterances whose emotion only both
    /// perspectives together determine).
    static Corpus resized(Corpus corpus, CorpusRequest request) {
        Integer size = request.size();
        Double synergy = request.synergy();
        if (size == null && synergy == null) {
            return corpus;
        }
        if (!(corpus instanceof EmbeddedCorpus embedded)) {
            throw new BadInputException("‹size› and ‹synergy›: only synthetic corpora can be made to measure, "
                    + corpus.name() + " is what it is; leave them out");
        }
        SyntheticSettings settings = embedded.settings();
        return new EmbeddedCorpus(settings.withSize(size == null ? settings.size() : size)
                .withSynergy(synergy == null ? settings.synergy() : synergy));
    }

    /// Refuses a corpus that does not fit the level: dialogues need dialogues, with vectors or without; single
    /// utterances need audio or text, not vectors alone.
    private static void requireFit(List<Utterance> utterances, boolean dialogues) {
        List<Utterance> known = utterances.stream()
                .filter(utterance -> utterance.vectors() != null)
                .toList();
        if (!dialogues && !known.isEmpty()) {
            throw new BadInputException(
                    "‹level utterance›: utterance " + known.getFirst().id()
                            + " is known by its vectors alone; a features: corpus is for ‹level dialogue› and its models");
        }
        if (dialogues && !known.isEmpty() && known.size() < utterances.size()) {
            throw new BadInputException("‹corpus›: " + known.size() + " of " + utterances.size()
                    + " utterances have vectors and the others have none; train on corpora of one kind");
        }
        if (dialogues && utterances.stream().allMatch(utterance -> utterance.dialogue() == null)) {
            throw new BadInputException("‹level dialogue›: no utterance says which dialogue it is from; fill the column"
                    + " dialogue, or use ‹level utterance›");
        }
    }

    /// Reports which utterances have no label.
    private static void say(LabelMap.Mapped mapped, int all, boolean dialogues, Remarks remarks) {
        int without = unlabelled(mapped);
        if (dialogues && without > 0) {
            remarks.log("labels: " + without + " of " + Count.of(all, "utterance")
                    + (without == 1
                            ? " has none and stays for its neighbours"
                            : " have none and stay for their neighbours"));
        }
        if (!dialogues && !mapped.dropped().isEmpty()) {
            remarks.log("labels: left out " + mapped.dropped());
        }
        if (!dialogues && mapped.unlabelled() > 0) {
            remarks.log("labels: left out " + Count.of(mapped.unlabelled(), "utterance") + " without an emotion");
        }
    }

    private static int unlabelled(LabelMap.Mapped mapped) {
        return mapped.unlabelled()
                + mapped.dropped().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Utterance heard(Utterance utterance) {
        return utterance.audio() == null ? utterance : utterance.withoutText();
    }

    private static Utterance prefixed(Utterance utterance, String prefix) {
        return utterance
                .withId(prefix + utterance.id())
                .withOrigin(utterance.origin().prefixed(prefix));
    }
}
