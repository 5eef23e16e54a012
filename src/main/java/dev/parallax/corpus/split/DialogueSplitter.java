package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes splits in which no dialogue is in two parts. Dialogues that share speakers make a session; validation parts
/// are of other sessions than those trained on, or of other dialogues where only one session is trained on.
public final class DialogueSplitter implements Splitter {

    /// The protocols of every corpus, K standing for a number (see [Splitter]); `dialogues` is one split of dialogues
    /// that are drawn, by session where there are three or more.
    public static final List<String> PROTOCOLS = Stream.concat(
                    UtteranceSplitter.PROTOCOLS.stream(), Stream.of("dialogues"))
            .toList();

    private static final int STREAM = 0x6469616C; // what the numbers are for
    private static final int LEAST_GROUPS = 3;

    private final List<Utterance> utterances;
    private final long seed;
    private final FoldMaker maker;
    private final SpeakerNames names;
    private final SoundCopies copies;

    /// @param utterances those of whole dialogues
    /// @param sexes      the sex of each speaker where it is known
    /// @param seed       of all that is drawn
    public DialogueSplitter(List<Utterance> utterances, Map<String, Sex> sexes, long seed) {
        this(utterances, sexes, seed, SoundCopies.exact(utterances));
    }

    /// The same where it is known which utterances sound the same.
    ///
    /// @param copies of the same sound, which are kept in one part wherever parts are drawn
    public DialogueSplitter(List<Utterance> utterances, Map<String, Sex> sexes, long seed, SoundCopies copies) {
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
                new ValidationDraw(DialogueSplitter::sessionsOrDialogues, true, names.unified(sexes), copies),
                null,
                copies);
    }

    private static SplitGroups sessionsOrDialogues(List<Utterance> training) {
        SplitGroups sessions = Sessions.connected(training);
        return sessions.size() >= 2 ? sessions : SplitGroups.byDialogue(training);
    }

    @Override
    public Split standard() {
        return utterances.stream().anyMatch(utterance -> utterance.split() != null) ? given() : drawn();
    }

    /// Those who talk with each other must be named together.
    @Override
    public Split bySpeakers(List<String> testSpeakers, List<String> valSpeakers) {
        List<String> test = names.of(testSpeakers);
        List<String> val = names.of(valSpeakers);
        UtteranceSplitter.requireKnown(utterances, test, val);
        return checked(maker.ofSpeakers("speakers named", test, val, 0));
    }

    /// The parts that the corpus names; where it names no validation part, sessions of its training part are drawn.
    ///
    /// @throws BadInputException when an utterance is in no part, or a dialogue in two
    public Split given() {
        Map<String, Part> parts = SplitAssembly.given(utterances);
        String how = "given by the corpus";
        if (!parts.containsValue(Part.VAL)) {
            how += ", " + maker.moveVal(maker.trainingOf(parts), parts) + ", seed " + seed;
        }
        return checked(SplitAssembly.of(how, utterances, parts, copies));
    }

    /// Test and validation sessions drawn from the seed, about [UtteranceSplitter#TEST_SHARE] of them and
    /// [UtteranceSplitter#VAL_SHARE] of the others; single dialogues where there are fewer than three sessions,
    /// or where these are so uneven that no draw of them comes near the share.
    ///
    /// @throws BadInputException when there are fewer than three dialogues
    public Split drawn() {
        SplitGroups sessions = Sessions.connected(utterances);
        if (sessions.size() < LEAST_GROUPS) {
            return dialogues("dialogues drawn, " + Split.NOT_KEPT_APART);
        }
        return maker.canTest(sessions)
                ? maker.drawn("dialogues drawn", sessions)
                : dialogues("dialogues drawn, " + Split.NOT_KEPT_APART
                        + " since dialogues that share speakers make sessions" + " that are too uneven, "
                        + sessions.largest());
    }

    private Split dialogues(String how) {
        SplitGroups dialogues = SplitGroups.byDialogue(utterances);
        if (dialogues.size() < LEAST_GROUPS) {
            throw new BadInputException("split: " + Count.of(dialogues.size(), "dialogue")
                    + " cannot be dealt into three parts;" + " give more, or fill the column split");
        }
        return maker.validatedOn(SplitGroups::byDialogue).drawn(how, dialogues);
    }

    @Override
    public List<Split> byName(String name, List<Protocol> own) {
        return folds(name, own).stream().map(this::checked).toList();
    }

    private List<Split> folds(String name, List<Protocol> own) {
        for (Protocol protocol : own) {
            if (protocol.name().equals(name)) {
                return maker.published(protocol);
            }
        }
        ProtocolName asked = ProtocolName.parse(name, UtteranceSplitter.names(PROTOCOLS, own));
        return switch (asked.kind()) {
            case "given" -> List.of(given());
            case "random" -> List.of(dialogues("RANDOM over dialogues, " + Split.NOT_KEPT_APART));
            case "dialogues" -> List.of(drawn());
            case "speakers" -> List.of(speakers());
            case "speakers-K" -> maker.dealtBySize(name, groupsOfSpeakers(), asked.folds());
            case "loso" -> maker.leaveOneOut(name, monologues(name));
            case "sessions" -> maker.leaveOneOut(name, Sessions.of(utterances));
            case "dialogues-K" -> maker.dialogues(name, asked.folds());
            default -> scripts(name, asked); // scripts and scripts-K
        };
    }

    private Split speakers() {
        SplitGroups sessions = groupsOfSpeakers();
        if (sessions.size() < LEAST_GROUPS) {
            throw new BadInputException(
                    "split: speakers: three sessions are needed, dialogues that share speakers make " + sessions.size()
                            + "; ‹protocol dialogues-5› mixes speakers, and is labelled so");
        }
        return maker.drawn("speakers drawn", sessions);
    }

    /// Dialogues that share speakers.
    private SplitGroups groupsOfSpeakers() {
        SplitGroups.bySpeaker(utterances); // for its error
        return Sessions.connected(utterances);
    }

    /// Groups of speakers who talk to nobody.
    private SplitGroups monologues(String name) {
        SplitGroups.byDialogue(utterances).members().forEach((dialogue, members) -> {
            Set<String> speakers = members.stream()
                    .map(utterance -> String.valueOf(utterance.speaker()))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (speakers.size() > 1) {
                throw new BadInputException("split: " + name + ": dialogue \"" + dialogue + "\" has the speakers "
                        + speakers + " and must not be in two parts; ask for ‹protocol sessions›");
            }
        });
        return SplitGroups.bySpeaker(utterances);
    }

    private List<Split> scripts(String name, ProtocolName asked) {
        Scripts scripts = Scripts.ofDialogues(utterances);
        SplitGroups sessions = Sessions.of(utterances);
        if (asked.kind().endsWith("-K") && asked.folds() != sessions.size()) {
            throw new BadInputException("split: " + name + ": whole dialogues are kept apart by session, and there are "
                    + sessions.size() + "; ask for ‹protocol scripts›");
        }
        return SplitAssembly.requireApart(name, maker.apart(scripts).leaveOneOut(name, sessions));
    }

    /// A split, if it keeps dialogues whole.
    ///
    /// @throws BadInputException when a dialogue is in two parts
    Split checked(Split split) {
        Map<String, Part> partOf = new HashMap<>();
        for (Part part : Part.values()) {
            split.members(part).forEach(member -> partOf.put(member.id(), part));
        }
        SplitGroups.byDialogue(utterances).members().forEach((dialogue, members) -> {
            Utterance first = members.getFirst();
            for (Utterance other : members) {
                if (partOf.get(other.id()) != partOf.get(first.id())) {
                    throw new BadInputException("split (" + split.how() + "): dialogue \"" + dialogue
                            + "\" would be in two parts, with " + first.id() + " in one and " + other.id()
                            + " in another; name all speakers of a dialogue, or none");
                }
            }
        });
        return split;
    }
}
