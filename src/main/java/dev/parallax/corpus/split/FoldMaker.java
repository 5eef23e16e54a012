package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.SplitGroups.Choice;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes splits that test whole groups and validate on groups of what is left to train on. Each fold draws its
/// validation part anew, so that folds do not all choose their epoch on the same speakers.
///
/// @param utterances what is split
/// @param outside    what takes no part, in no fold; mostly empty
/// @param sexes      of the speakers, where it is known
/// @param seed       of all that is drawn
/// @param stream     what the numbers are for (see [RandomStream])
/// @param validation how a validation part is drawn from a training part
/// @param scripts    what must not be said in two parts; null where anything may
/// @param copies     utterances of the same sound, which are never put into two parts unless speakers are named
record FoldMaker(
        List<Utterance> utterances,
        List<Utterance> outside,
        Map<String, Sex> sexes,
        long seed,
        int stream,
        ValidationDraw validation,
        @Nullable Scripts scripts,
        SoundCopies copies) {

    private static final int FOR_TEST = 0;
    private static final int FOR_VAL = 1;
    private static final int FOR_FOLDS = 2;

    /// The same with validation parts of other groups.
    FoldMaker validatedOn(Function<List<Utterance>, SplitGroups> groups) {
        return validatedBy(new ValidationDraw(groups, validation.wholeDialogues(), sexes, copies));
    }

    private FoldMaker validatedBy(ValidationDraw draw) {
        return new FoldMaker(utterances, outside, sexes, seed, stream, draw, scripts, copies);
    }

    /// The same with parts that say nothing in common.
    FoldMaker apart(Scripts apart) {
        return new FoldMaker(utterances, outside, sexes, seed, stream, validation, apart, copies);
    }

    /// The same for those in scope alone.
    ///
    /// @throws BadInputException when nothing is
    private FoldMaker within(Protocol protocol) {
        Predicate<Utterance> includes = protocol.scope().includes();
        List<Utterance> inside = utterances.stream().filter(includes).toList();
        if (inside.isEmpty()) {
            throw new BadInputException("split: protocol " + protocol.name() + ": it leaves out those "
                    + protocol.scope().others() + ", and these are all; ask for another protocol");
        }
        List<Utterance> left = utterances.stream().filter(includes.negate()).toList();
        return new FoldMaker(inside, left, sexes, seed, stream, validation, scripts, copies);
    }

    /// One split whose test groups are drawn, about [UtteranceSplitter#TEST_SHARE] of the groups.
    ///
    /// @throws BadInputException when no draw comes near that share
    Split drawn(String how, SplitGroups all) {
        SplitGroups groups = all.joined(copies);
        Choice test = drawTest(groups);
        PartCheck check = new PartCheck(utterances, UtteranceSplitter.TEST_SHARE);
        if (!check.fits(PartCheck.labelled(test.utterances()))) {
            boolean dialogues = SplitGroups.unknown(utterances, Utterance::dialogue) == 0;
            throw new BadInputException("split: " + how + ": " + groups.unit() + "s are too uneven, "
                    + groups.largest() + ": the test part would have " + check.describe(test.utterances())
                    + "; name ‹test-speakers›, or ask for ‹protocol " + (dialogues ? "dialogues-5" : "random")
                    + "›, which mixes speakers and is labelled so");
        }
        return fold(how + ", seed " + seed, test, 0);
    }

    /// Whether a drawn test part comes near its share.
    boolean canTest(SplitGroups all) {
        return new PartCheck(utterances, UtteranceSplitter.TEST_SHARE)
                .fits(PartCheck.labelled(drawTest(all.joined(copies)).utterances()));
    }

    private Choice drawTest(SplitGroups groups) {
        return groups.choose(new GroupDraw(groups, sexes).draw(UtteranceSplitter.TEST_SHARE, random(FOR_TEST, 0)));
    }

    /// Each group is tested once, in the order of the names.
    List<Split> leaveOneOut(String name, SplitGroups all) {
        SplitGroups groups = all.joined(copies);
        if (groups.size() < 2) {
            throw new BadInputException("split: " + name + ": there is one " + groups.unit() + ", " + groups.names()
                    + ", and nothing is left to train on; ask for ‹protocol dialogues-5› or random");
        }
        return folds(name, groups, groups.names().stream().map(List::of).toList());
    }

    /// The groups are dealt into groups with their share of both sexes, each of which is tested once.
    List<Split> dealt(String name, SplitGroups all, int count) {
        SplitGroups groups = all.joined(copies);
        requireEnough(name, groups, count);
        return folds(name, groups, new GroupDraw(groups, sexes).deal(count, random(FOR_FOLDS, 0)));
    }

    /// The groups are dealt into groups of about equal size, each of which is tested once.
    List<Split> dealtBySize(String name, SplitGroups all, int count) {
        SplitGroups groups = all.joined(copies);
        requireEnough(name, groups, count);
        return folds(name, groups, new GroupDraw(groups, sexes).dealBySize(count, random(FOR_FOLDS, 0)));
    }

    /// Whole dialogues are dealt into groups of about equal size, each of which is tested once; a speaker may be in
    /// several.
    List<Split> dialogues(String name, int count) {
        return validatedBy(new ValidationDraw(SplitGroups::byDialogue, true, sexes, copies))
                .dealtBySize(name + ", " + Split.NOT_KEPT_APART, SplitGroups.byDialogue(utterances), count);
    }

    private static void requireEnough(String name, SplitGroups groups, int count) {
        if (count < 2 || count > groups.size()) {
            throw new BadInputException("split: " + name + ": " + groups.size() + " " + groups.unit() + "s allow 2 to "
                    + groups.size() + " folds, not " + count);
        }
    }

    private List<Split> folds(String name, SplitGroups groups, List<List<String>> tested) {
        List<Split> folds = new ArrayList<>();
        for (List<String> names : tested) {
            int fold = folds.size() + 1;
            String how = name + ", fold " + fold + " of " + tested.size() + ", seed " + seed;
            folds.add(fold(how, groups.choose(names), fold));
        }
        return folds;
    }

    /// The folds of a published protocol; where one names nobody to validate on, that is drawn.
    List<Split> published(Protocol protocol) {
        FoldMaker inScope = within(protocol);
        int left = inScope.outside.size();
        String less = left == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %d of %d utterances (%.0f %%) excluded, %s",
                        left,
                        utterances.size(),
                        100.0 * left / utterances.size(),
                        protocol.scope().others());
        List<Split> splits = new ArrayList<>();
        for (Protocol.Fold fold : protocol.folds()) {
            int number = splits.size() + 1;
            String how = "protocol " + protocol.name() + ", fold " + number + " of "
                    + protocol.folds().size() + less;
            splits.add(inScope.ofSpeakers(how, fold.testSpeakers(), fold.valSpeakers(), number));
        }
        return splits;
    }

    /// Named speakers are tested and validated on, all others trained on.
    ///
    /// @param valSpeakers where empty, the validation part is drawn
    /// @param fold        from 1, or 0 where there is but one
    Split ofSpeakers(String how, List<String> testSpeakers, List<String> valSpeakers, int fold) {
        SplitGroups speakers = SplitGroups.bySpeaker(utterances);
        Choice test = speakers.choose(testSpeakers);
        if (valSpeakers.isEmpty()) {
            return fold(how + ", seed " + seed, test, fold);
        }
        return assembled(how, test, speakers.choose(valSpeakers), without(test.utterances(), utterances));
    }

    /// A split whose validation part is drawn.
    private Split fold(String how, Choice test, int fold) {
        List<Utterance> rest = without(test.utterances(), utterances);
        List<Utterance> pool = scripts == null ? rest : scripts.unlike(test.utterances(), rest);
        requireSome(pool, how);
        return assembled(how, test, drawVal(pool, how + ": with the test " + test + ",", fold), pool);
    }

    /// The training part that a corpus gives.
    List<Utterance> trainingOf(Map<String, Part> parts) {
        return utterances.stream()
                .filter(utterance -> parts.get(utterance.id()) == Part.TRAIN)
                .toList();
    }

    /// Moves a validation part out of the training part that a corpus gives.
    ///
    /// @return how it was made
    String moveVal(List<Utterance> train, Map<String, Part> parts) {
        Choice val = drawVal(train, "in the training part that the corpus gives,", 0);
        val.utterances().forEach(utterance -> parts.put(utterance.id(), Part.VAL));
        return "validation " + val + " drawn from its training part" + val.remark();
    }

    private Choice drawVal(List<Utterance> training, String how, int fold) {
        return validation.of(training, how, random(FOR_VAL, fold));
    }

    /// @param pool what may be validated and trained on
    private Split assembled(String how, Choice test, Choice val, List<Utterance> pool) {
        List<Utterance> left = without(val.utterances(), pool);
        List<Utterance> train = scripts == null ? left : scripts.unlike(val.utterances(), left);
        requireSome(train, how);
        Map<String, Part> parts = new HashMap<>();
        train.forEach(utterance -> parts.put(utterance.id(), Part.TRAIN));
        val.utterances().forEach(utterance -> parts.put(utterance.id(), Part.VAL));
        test.utterances().forEach(utterance -> parts.put(utterance.id(), Part.TEST));
        int excluded = utterances.size() - parts.size();
        String less = scripts == null
                ? ""
                : ", " + excluded + " of " + utterances.size()
                        + " utterances excluded, which say what another part says";
        List<Utterance> everyone = new ArrayList<>(utterances);
        everyone.addAll(outside);
        return SplitAssembly.of(
                how + ": test " + test + ", validation " + val + val.remark() + less, everyone, parts, copies);
    }

    private void requireSome(List<Utterance> train, String how) {
        if (train.isEmpty() && scripts != null) {
            throw new BadInputException(
                    "split: " + how + ": nothing is left to train on, all others say what the test or"
                            + " the validation part says, as where sentences are fixed; ask for a protocol that keeps speakers"
                            + " apart alone, such as speakers-5 or sessions");
        }
    }

    private static List<Utterance> without(List<Utterance> taken, List<Utterance> all) {
        Set<String> ids = taken.stream().map(Utterance::id).collect(Collectors.toSet());
        return all.stream().filter(utterance -> !ids.contains(utterance.id())).toList();
    }

    private RandomStream random(int use, int fold) {
        return new RandomStream(seed, fold, stream, use);
    }
}
