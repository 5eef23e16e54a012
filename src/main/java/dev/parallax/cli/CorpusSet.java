package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.Corpus;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.Protocol;
import dev.parallax.corpus.Sex;
import dev.parallax.data.LabelMap;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The corpora of a command as one: labelled utterances with one set of labels. Of several corpora, ids and speakers
/// are preceded by the corpus they are from, so that two speakers called `03` stay two.
///
/// @param names       kinds of the corpora, in the order given
/// @param utterances  those with a label
/// @param labels      the classes
/// @param sexes       of the speakers, where it is known
/// @param protocols   published ones, of a single corpus
/// @param textIsFixed whether all texts are the same in every emotion
/// @param embedded    whether no corpus is on disk
/// @param notes       what everyone who uses them must know, a line each
record CorpusSet(
        List<String> names,
        List<Utterance> utterances,
        Labels labels,
        Map<String, Sex> sexes,
        List<Protocol> protocols,
        boolean textIsFixed,
        boolean embedded,
        List<String> notes) {

    /// Opens what `--corpus` names and maps its emotions by `--labels`.
    static CorpusSet open(Arguments arguments, Console console) {
        String first = arguments.required(
                "corpus", "name what to learn from: --corpus KIND:PATH, one of " + String.join(", ", Corpora.KINDS));
        List<String> places = arguments.texts("corpus");
        String map = arguments.text("labels");
        List<Corpus> corpora = places.stream().map(Corpora::open).toList();
        List<String> notes = corpora.stream()
                .flatMap(corpus -> corpus.notes().stream().map(note -> corpus.name() + ": " + note))
                .toList();
        notes.forEach(console::log);
        if (corpora.size() > 1 && map == null) {
            throw new BadInputException("--corpus " + first + " and " + (corpora.size() - 1)
                    + " more: several corpora need one set of labels; give --labels anger=anger|angry,... "
                    + "(the emotions here are " + known(corpora) + ")");
        }
        List<Utterance> utterances = new ArrayList<>();
        Map<String, Sex> sexes = new TreeMap<>();
        for (int i = 0; i < corpora.size(); i++) {
            String prefix = corpora.size() == 1 ? "" : corpora.get(i).name() + (i + 1) + "/";
            corpora.get(i).utterances().forEach(utterance -> utterances.add(prefixed(utterance, prefix)));
            corpora.get(i).sexes().forEach((speaker, sex) -> sexes.put(prefix + speaker, sex));
        }
        Labels known = known(corpora);
        LabelMap labels = LabelMap.parse(map == null ? String.join(",", known.names()) : map);
        labels.check(known);
        return new CorpusSet(
                corpora.stream().map(Corpus::name).toList(),
                mapped(labels, utterances, console),
                labels.labels(),
                sexes,
                corpora.size() == 1 ? corpora.getFirst().protocols() : List.of(),
                corpora.stream().allMatch(Corpus::textIsFixed),
                corpora.stream().allMatch(EmbeddedCorpus.class::isInstance),
                notes);
    }

    private static Labels known(List<Corpus> corpora) {
        return Labels.of(corpora.stream()
                .flatMap(corpus -> corpus.labels().names().stream())
                .distinct()
                .toList());
    }

    private static List<Utterance> mapped(LabelMap map, List<Utterance> utterances, Console console) {
        LabelMap.Mapped mapped = map.apply(utterances);
        if (!mapped.dropped().isEmpty()) {
            console.log("labels: left out " + mapped.dropped());
        }
        if (mapped.unlabelled() > 0) {
            console.log("labels: left out " + mapped.unlabelled() + " utterances without an emotion");
        }
        return mapped.utterances();
    }

    private static Utterance prefixed(Utterance u, String prefix) {
        return new Utterance(
                prefix + u.id(),
                u.audio(),
                u.text(),
                u.emotion(),
                orNull(prefix, u.speaker()),
                orNull(prefix, u.dialogue()),
                u.turn(),
                u.split(),
                u.vectors());
    }

    private static @Nullable String orNull(String prefix, @Nullable String name) {
        return name == null ? null : prefix + name;
    }
}
