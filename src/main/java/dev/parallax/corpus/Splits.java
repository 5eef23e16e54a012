package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.io.Nearest;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes splits of a list of utterances. Speakers are kept apart unless something else is asked for by name; a
/// validation part is always made, of speakers who are otherwise trained on.
public final class Splits {

    /// Part of the utterances that is tested on where nobody says which.
    public static final double TEST_SHARE = 0.2;

    /// Part of the remaining utterances that is validated on where nobody says which.
    public static final double VAL_SHARE = 0.15;

    /// What the numbers are for (see [RandomStream]).
    private static final int STREAM = 0x73706C74;

    private static final int FOR_TEST = 0;
    private static final int FOR_VAL = 1;
    private static final int FOR_FOLDS = 2;
    private static final int FOR_RANDOM = 3;

    private final List<Utterance> utterances;
    private final Map<String, Sex> sexes;
    private final long seed;

    /// @param utterances what is split, each in exactly one part; labelled and readable ones only
    /// @param sexes      the sex of each speaker where it is known
    /// @param seed       of all that is drawn
    public Splits(List<Utterance> utterances, Map<String, Sex> sexes, long seed) {
        this.utterances = List.copyOf(utterances);
        this.sexes = sexes;
        this.seed = seed;
    }

    /// The split for who asks for nothing: the one that the corpus gives, else speakers drawn from the seed.
    ///
    /// @throws BadInputException when neither is possible since speakers are unknown
    public Split standard() {
        return utterances.stream().anyMatch(utterance -> utterance.split() != null) ? given() : drawn();
    }

    /// Named speakers are tested and validated on, all others trained on.
    ///
    /// @param testSpeakers may be empty
    /// @param valSpeakers  where empty, drawn from the other speakers
    /// @throws BadInputException when a speaker is unknown, is named twice, or nobody is left to train on
    public Split bySpeakers(List<String> testSpeakers, List<String> valSpeakers) {
        Set<String> known = knownSpeakers();
        testSpeakers.forEach(speaker -> check(speaker, "--test-speakers", known));
        valSpeakers.forEach(speaker -> check(speaker, "--val-speakers", known));
        for (String speaker : valSpeakers) {
            if (testSpeakers.contains(speaker)) {
                throw new BadInputException(
                        "split: speaker " + speaker + " is to be tested and validated on; name each once");
            }
        }
        List<String> val = valSpeakers.isEmpty() ? drawVal(testSpeakers) : valSpeakers;
        String how = "test speakers " + testSpeakers + ", validation speakers " + val
                + (valSpeakers.isEmpty() ? " (validation drawn, seed " + seed + ")" : "");
        return SplitAssembly.of(how, utterances, utterance -> partOf(utterance, testSpeakers, val));
    }

    /// Test and validation speakers drawn from the seed, about [#TEST_SHARE] and [#VAL_SHARE] of the utterances.
    ///
    /// @throws BadInputException when speakers are unknown or fewer than three
    public Split drawn() {
        Set<String> known = knownSpeakers();
        if (known.size() < 3) {
            throw new BadInputException("split: " + known.size() + " speakers " + known
                    + " cannot be kept apart in three parts; --protocol random mixes them, and is labelled so");
        }
        List<String> test = new SpeakerDraw(utterances, sexes).draw(TEST_SHARE, stream(FOR_TEST));
        List<String> val = drawVal(test);
        return SplitAssembly.of(
                "speakers drawn, seed " + seed + ": test " + test + ", validation " + val,
                utterances,
                utterance -> partOf(utterance, test, val));
    }

    /// The parts that the corpus names. Where it names no validation part, one is drawn from the training part, by
    /// speaker where speakers are known.
    ///
    /// @throws BadInputException when some utterances are in no part
    public Split given() {
        long unsaid = utterances.stream()
                .filter(utterance -> utterance.split() == null)
                .count();
        if (unsaid > 0) {
            throw new BadInputException("split: " + unsaid + " of " + utterances.size()
                    + " utterances name no part; fill the column split with " + Part.WORDS + " or leave it out");
        }
        Map<String, Part> parts = new HashMap<>();
        for (Utterance utterance : utterances) {
            parts.put(utterance.id(), Part.parse(String.valueOf(utterance.split()), utterance.id()));
        }
        String how = "given by the corpus";
        if (!parts.containsValue(Part.VAL)) {
            how += moveVal(parts);
        }
        return SplitAssembly.of(how, utterances, utterance -> parts.getOrDefault(utterance.id(), Part.TRAIN));
    }

    /// Moves a validation part out of the training part; says how.
    private String moveVal(Map<String, Part> parts) {
        List<Utterance> train = utterances.stream()
                .filter(utterance -> parts.get(utterance.id()) == Part.TRAIN)
                .toList();
        Set<@Nullable String> speakers =
                new HashSet<>(train.stream().map(Utterance::speaker).toList());
        if (speakers.size() >= 2 && !speakers.contains(null)) {
            List<String> val = new SpeakerDraw(train, sexes).draw(VAL_SHARE, stream(FOR_VAL));
            train.stream()
                    .filter(utterance -> val.contains(utterance.speaker()))
                    .forEach(utterance -> parts.put(utterance.id(), Part.VAL));
            return ", validation speakers " + val + " drawn from its training part, seed " + seed;
        }
        SplitAssembly.dealAtRandom(train, new double[] {1 - VAL_SHARE, VAL_SHARE, 0}, stream(FOR_VAL), parts);
        return ", validation utterances drawn AT RANDOM from its training part, seed " + seed;
    }

    /// `count` folds: the speakers are shuffled and dealt into groups (each with its share of both sexes), fold i
    /// tests group i and validates on group i + 1. Every speaker is tested once.
    ///
    /// @param count at least 3, at most the number of speakers
    public List<Split> folds(int count) {
        Set<String> known = knownSpeakers();
        if (count < 3 || count > known.size()) {
            throw new BadInputException("split: " + count + " folds are asked for; " + known.size()
                    + " speakers allow 3 to " + known.size());
        }
        List<List<String>> groups = new SpeakerDraw(utterances, sexes).deal(count, stream(FOR_FOLDS));
        List<Split> folds = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            folds.add(fold(
                    "fold " + (g + 1) + " of " + count + ", seed " + seed, groups.get(g), groups.get((g + 1) % count)));
        }
        return folds;
    }

    /// Utterances at random, each emotion in its proportion, about 65 % to train on. Speakers are NOT kept apart:
    /// the result is seven points and more better than it would be on new speakers, and every report says so.
    public Split random() {
        Map<String, Part> parts = new HashMap<>();
        double[] shares = {(1 - TEST_SHARE) * (1 - VAL_SHARE), (1 - TEST_SHARE) * VAL_SHARE, TEST_SHARE};
        SplitAssembly.dealAtRandom(utterances, shares, stream(FOR_RANDOM), parts);
        return SplitAssembly.of(
                "RANDOM over utterances, speakers not kept apart, seed " + seed,
                utterances,
                utterance -> parts.getOrDefault(utterance.id(), Part.TRAIN));
    }

    /// The folds of a published protocol.
    public List<Split> of(Protocol protocol) {
        List<Split> splits = new ArrayList<>();
        for (Protocol.Fold fold : protocol.folds()) {
            String how = "protocol " + protocol.name() + ", fold " + (splits.size() + 1) + " of "
                    + protocol.folds().size();
            splits.add(fold(how, fold.testSpeakers(), fold.valSpeakers()));
        }
        return splits;
    }

    /// The splits of `--protocol NAME`: `given`, `speakers` (drawn), `random`, `folds-K`, or one of the corpus's
    /// own.
    ///
    /// @throws BadInputException when there is no such protocol, with the names of all
    public List<Split> byName(String name, List<Protocol> own) {
        for (Protocol protocol : own) {
            if (protocol.name().equals(name)) {
                return of(protocol);
            }
        }
        if (name.matches("folds-\\d{1,6}")) {
            return folds(Integer.parseInt(name.substring("folds-".length())));
        }
        return switch (name) {
            case "given" -> List.of(given());
            case "speakers" -> List.of(drawn());
            case "random" -> List.of(random());
            default -> {
                List<String> names = new ArrayList<>(List.of("speakers", "given", "random", "folds-5"));
                own.forEach(protocol -> names.add(protocol.name()));
                throw new BadInputException(
                        "--protocol: \"" + name + "\" is not one of " + names + Nearest.hint(name, names));
            }
        };
    }

    private Split fold(String how, List<String> test, List<String> val) {
        String all = how + ": test speakers " + test + ", validation speakers " + val;
        return SplitAssembly.of(all, utterances, utterance -> partOf(utterance, test, val));
    }

    private List<String> drawVal(List<String> testSpeakers) {
        List<Utterance> rest = utterances.stream()
                .filter(utterance -> !testSpeakers.contains(utterance.speaker()))
                .toList();
        if (rest.stream().map(Utterance::speaker).distinct().count() < 2) {
            throw new BadInputException("split: with the test speakers " + testSpeakers
                    + " fewer than two speakers are left, one to train and one to validate on; test fewer");
        }
        return new SpeakerDraw(rest, sexes).draw(VAL_SHARE, stream(FOR_VAL));
    }

    private static Part partOf(Utterance utterance, List<String> test, List<String> val) {
        if (test.contains(utterance.speaker())) {
            return Part.TEST;
        }
        return val.contains(utterance.speaker()) ? Part.VAL : Part.TRAIN;
    }

    private Set<String> knownSpeakers() {
        long unknown = utterances.stream().filter(u -> u.speaker() == null).count();
        if (unknown > 0) {
            throw new BadInputException(
                    "split: " + unknown + " of " + utterances.size() + " utterances have no speaker,"
                            + " so speakers cannot be kept apart; fill the column speaker, or ask for --protocol random");
        }
        return new TreeSet<>(utterances.stream()
                .map(Utterance::speaker)
                .filter(Objects::nonNull)
                .toList());
    }

    private static void check(String speaker, String option, Set<String> known) {
        if (!known.contains(speaker)) {
            throw new BadInputException(
                    option + ": speaker \"" + speaker + "\" is not one of " + known + Nearest.hint(speaker, known));
        }
    }

    private RandomStream stream(int use) {
        return new RandomStream(seed, 0, STREAM, use);
    }
}
