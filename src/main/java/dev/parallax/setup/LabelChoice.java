package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Corpus;
import dev.parallax.data.ClassSet;
import dev.parallax.data.LabelMap;
import dev.parallax.data.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request's choice of labels for each corpus: one map for all of them, or a class set that each has under that
/// name.
final class LabelChoice {

    private LabelChoice() {}

    /// The map of each corpus; all have the same labels.
    ///
    /// @param given as the request has it, or null where it was not given: then a single corpus decides
    static List<LabelMap> of(@Nullable String given, List<Corpus> corpora) {
        if (known(corpora).size() == 0) {
            throw new BadInputException("‹corpus›: no utterance has an emotion, so there is nothing to learn or to"
                    + " score; fill the column emotion");
        }
        if (given == null && corpora.size() == 1) {
            return List.of(corpora.getFirst().classSets().getFirst().labels());
        }
        if (given == null) {
            throw new BadInputException("‹corpus " + corpora.getFirst().name() + "› and " + (corpora.size() - 1)
                    + " more: several corpora need one set of labels; give ‹labels anger=anger|angry,...› "
                    + "(the emotions here are " + known(corpora) + ")" + orASet(corpora));
        }
        List<LabelMap> named = named(given, corpora);
        if (!named.isEmpty()) {
            return named;
        }
        Labels known = known(corpora);
        if (!given.contains(",") && !given.contains("=") && !known.contains(given)) {
            throw new BadInputException("‹labels " + given + "›: no class set has that name, and it is none of the"
                    + " emotions " + known + " here; give a map of these: ‹labels anger=anger|angry,...›"
                    + orASet(corpora));
        }
        LabelMap map = LabelMap.parse(given);
        map.check(known);
        return corpora.stream().map(_ -> map).toList();
    }

    /// All emotions of all corpora.
    static Labels known(List<Corpus> corpora) {
        return Labels.of(corpora.stream()
                .flatMap(corpus -> corpus.labels().names().stream())
                .distinct()
                .toList());
    }

    /// The class set of this name of each corpus; empty where no corpus has one.
    private static List<LabelMap> named(String name, List<Corpus> corpora) {
        List<LabelMap> maps = new ArrayList<>();
        for (Corpus corpus : corpora) {
            set(name, corpus).map(ClassSet::labels).ifPresent(maps::add);
        }
        if (maps.isEmpty()) {
            return maps;
        }
        boolean same = maps.stream().map(LabelMap::labels).distinct().count() == 1;
        if (maps.size() < corpora.size() || !same) {
            throw new BadInputException("‹labels " + name + "›: the corpora do not have the same classes under that"
                    + " name; give a map of their emotions " + known(corpora) + orASet(corpora));
        }
        return maps;
    }

    private static Optional<ClassSet> set(String name, Corpus corpus) {
        return corpus.classSets().stream()
                .filter(set -> set.name().equals(name))
                .findFirst();
    }

    /// The names that all corpora have, the end of a message.
    private static String orASet(List<Corpus> corpora) {
        List<String> names = corpora.getFirst().classSets().stream()
                .map(ClassSet::name)
                .filter(name -> corpora.stream()
                                .map(corpus -> set(name, corpus)
                                        .map(set -> set.labels().labels()))
                                .distinct()
                                .count()
                        == 1)
                .toList();
        return names.isEmpty() ? "" : "; or name one of the class sets " + names;
    }
}
