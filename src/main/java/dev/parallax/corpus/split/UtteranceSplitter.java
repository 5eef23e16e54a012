package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.Nearest;
import dev.parallax.random.RandomStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Makes splits of single utterances. Their validation parts are of other speakers than those trained on; for
/// `dialogues-K` of other dialogues, for `random` of other utterances.
public final class UtteranceSplitter implements Splitter {

    /// Share of the groups (speakers, sessions or dialogues) in the test part, where nobody names them.
    public static final double TEST_SHARE = 0.2;

    /// Share of the remaining groups in the validation part, where nobody names them.
    public static final double VAL_SHARE = 0.15;

    /// The protocols of every corpus, K standing for a number (see [Splitter]).
    public static final List<String> PROTOCOLS = List.of(
            "speakers", "speakers-K", "loso", "sessions", "dialogues-K", "scripts", "scripts-K", "given", "random");

    /// Which random numbers are drawn: those of splits of utterances (see [RandomStream]).
    private static final int STREAM = 0x73706C74;

    private static final int FOR_VAL = 1;
    private static final int FOR_RANDOM = 3;

    private final List<Utterance> utterances;
    private final long seed;
    private final FoldMaker maker;
    private final SpeakerNames names;
    private final SoundCopies copies;

    /// @param utterances what is split; labelled and readable ones only
    /// @param sexes      the sex of each speaker where it is known
    /// @param seed       of all that is drawn
    public UtteranceSplitter(List<Utterance> utterances, Map<String, Sex> sexes, long seed) {
        this(utterances, sexes, seed, SoundCopies.exact(utterances));
    }

    /// The same where it is known which utterances sound the same.
    ///
    /// @param copies of the same sound, which are kept in one part wherever parts are drawn
    public UtteranceSplitter(List<Utterance> utterances, Map<String, Sex> sexes, long seed, SoundCopies copies) {
        this.names = new SpeakerNames(utterances);
        this.copies = copies;
        this.utterances = List.copyOf(names.unified(utterances));
        this.seed = seed;
        this.maker = new FoldMaker(
                this.utterances,
                List.of(),
                names.unified(sexes),
                seed,
                STREAM,
                new ValidationDraw(SplitGroups::bySpeaker, false, names.unified(sexes), copies),
                null,
                copies);
    }

    @Override
    public Split standard() {
        return utterances.stream().anyMatch(utterance -> utterance.split() != null) ? given() : drawn();
    }

    @Override
    public Split bySpeakers(List<String> testSpeakers, List<String> valSpeakers) {
        List<String> test = names.of(testSpeakers);
        List<String> val = names.of(valSpeakers);
        requireKnown(utterances, test, val);
        return maker.ofSpeakers("speakers named", test, val, 0);
    }

    /// @throws BadInputException when a speaker is unknown, or is tested and validated on
    static void requireKnown(List<Utterance> utterances, List<String> testSpeakers, List<String> valSpeakers) {
        Set<String> known = SplitGroups.bySpeaker(utterances).members().keySet();
        testSpeakers.forEach(speaker -> requireKnown(speaker, "‹test-speakers›", known));
        valSpeakers.forEach(speaker -> requireKnown(speaker, "‹val-speakers›", known));
        for (String speaker : valSpeakers) {
            if (testSpeakers.contains(speaker)) {
                throw new BadInputException(
                        "split: speaker " + speaker + " is to be tested and validated on; name each once");
            }
        }
    }

    private static void requireKnown(String speaker, String part, Set<String> known) {
        if (!known.contains(speaker)) {
            throw new BadInputException(
                    part + ": speaker \"" + speaker + "\" is not one of " + known + Nearest.hint(speaker, known));
        }
    }

    /// Test and validation speakers drawn from the seed, about [#TEST_SHARE] of the speakers and [#VAL_SHARE] of the
    /// others.
    ///
    /// @throws BadInputException when speakers are unknown or fewer than three
    public Split drawn() {
        SplitGroups speakers = SplitGroups.bySpeaker(utterances).joined(copies);
        if (speakers.size() < 3) {
            throw new BadInputException("split: " + Count.of(speakers.size(), "speaker") + " " + speakers.names()
                    + " cannot be kept apart in three parts; ‹protocol random› mixes them, and is labelled so");
        }
        return maker.drawn("speakers drawn", speakers);
    }

    /// The parts that the corpus names. Where it names no validation part, one is drawn from the training part, by
    /// speaker where speakers are known.
    ///
    /// @throws BadInputException when some utterances are in no part
    public Split given() {
        Map<String, Part> parts = SplitAssembly.given(utterances);
        String how = "given by the corpus";
        if (!parts.containsValue(Part.VAL)) {
            how += ", " + moveVal(parts) + ", seed " + seed;
        }
        return SplitAssembly.of(how, utterances, parts, copies);
    }

    /// Moves a validation part out of the training part; says how.
    private String moveVal(Map<String, Part> parts) {
        List<Utterance> train = maker.trainingOf(parts);
        if (speakersKnown(train) && SplitGroups.bySpeaker(train).joined(copies).size() >= 2) {
            return maker.moveVal(train, parts);
        }
        SplitAssembly.Shares shares = new SplitAssembly.Shares(1 - VAL_SHARE, VAL_SHARE);
        SplitAssembly.dealAtRandom(train, shares, stream(FOR_VAL), copies, parts);
        return "validation utterances drawn AT RANDOM from its training part";
    }

    /// Utterances at random, each emotion in its proportion, about 65 % to train on. Speakers are NOT kept apart, so
    /// the scores are higher than they would be on new speakers, and every report says so.
    public Split random() {
        Map<String, Part> parts = new HashMap<>();
        SplitAssembly.Shares shares =
                new SplitAssembly.Shares((1 - TEST_SHARE) * (1 - VAL_SHARE), (1 - TEST_SHARE) * VAL_SHARE);
        SplitAssembly.dealAtRandom(utterances, shares, stream(FOR_RANDOM), copies, parts);
        return SplitAssembly.of(
                "RANDOM over utterances, " + Split.NOT_KEPT_APART + ", seed " + seed, utterances, parts, copies);
    }

    @Override
    public List<Split> byName(String name, List<Protocol> own) {
        for (Protocol protocol : own) {
            if (protocol.name().equals(name)) {
                return maker.published(protocol);
            }
        }
        ProtocolName asked = ProtocolName.parse(name, names(PROTOCOLS, own));
        return switch (asked.kind()) {
            case "given" -> List.of(given());
            case "random" -> List.of(random());
            case "speakers" -> List.of(drawn());
            case "speakers-K" -> maker.dealt(name, SplitGroups.bySpeaker(utterances), asked.folds());
            case "loso" -> maker.leaveOneOut(name, SplitGroups.bySpeaker(utterances));
            case "sessions" -> sessions(name, maker);
            case "dialogues-K" -> maker.dialogues(name, asked.folds());
            case "scripts" -> SplitAssembly.requireApart(name, sessions(name, apart()));
            default -> apart().dealt(name, SplitGroups.bySpeaker(utterances), asked.folds()); // scripts-K
        };
    }

    /// The protocols of every corpus and a corpus's own.
    static List<String> names(List<String> protocols, List<Protocol> own) {
        return Stream.concat(protocols.stream(), own.stream().map(Protocol::name))
                .distinct()
                .toList();
    }

    private List<Split> sessions(String name, FoldMaker by) {
        FoldMaker validated = speakersKnown(utterances) ? by : by.validatedOn(Sessions::of);
        return validated.leaveOneOut(name, Sessions.of(utterances));
    }

    private FoldMaker apart() {
        return maker.apart(Scripts.ofUtterances(utterances));
    }

    private static boolean speakersKnown(List<Utterance> utterances) {
        return SplitGroups.unknown(utterances, Utterance::speaker) == 0;
    }

    private RandomStream stream(int use) {
        return new RandomStream(seed, 0, STREAM, use);
    }
}
