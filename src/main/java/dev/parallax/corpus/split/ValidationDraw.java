package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.SplitGroups.Choice;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Draws the validation part out of a training part: groups such as speakers. Where these are so uneven that no
/// draw of them could validate (see [PartCheck]), it draws dialogues, else single utterances. Speakers are then
/// validated on who are also trained on, and the split says so. The test part is not touched.
///
/// @param groups         of a training part, of which some are drawn
/// @param wholeDialogues whether no dialogue may be in two parts
/// @param sexes          of the speakers, where it is known
/// @param copies         utterances of the same sound, which stay together
record ValidationDraw(
        Function<List<Utterance>, SplitGroups> groups,
        boolean wholeDialogues,
        Map<String, Sex> sexes,
        SoundCopies copies) {

    /// Draws about [UtteranceSplitter#VAL_SHARE].
    ///
    /// @param training what is drawn from
    /// @param how      what a message starts with: how the split is made
    /// @throws BadInputException when there is one group alone, or when nothing that may be drawn could validate
    Choice of(List<Utterance> training, String how, RandomStream random) {
        SplitGroups whole = groups.apply(training).joined(copies);
        if (whole.size() < 2) {
            throw new BadInputException("split: " + how + " fewer than two " + whole.unit()
                    + "s are left, one to train and one to validate on; test fewer");
        }
        PartCheck check = new PartCheck(training, UtteranceSplitter.VAL_SHARE);
        Choice drawn = draw(whole, random);
        if (check.serves(drawn.utterances())) {
            return drawn;
        }
        String why = "by " + whole.unit() + " it would have " + check.describe(drawn.utterances());
        Choice finer = finer(training, whole.unit(), check, random);
        if (finer == null) {
            throw new BadInputException("split: " + how + " no validation part can be drawn: " + why
                    + "; fill the column split, or name ‹val-speakers›");
        }
        return finer.with(", " + Split.VALIDATED_ON_TRAINED + ": " + why);
    }

    private Choice draw(SplitGroups from, RandomStream random) {
        return from.choose(new GroupDraw(from, sexes).draw(UtteranceSplitter.VAL_SHARE, random));
    }

    /// Dialogues, else utterances in every emotion in proportion; null where neither could validate.
    private @Nullable Choice finer(List<Utterance> training, String unit, PartCheck check, RandomStream random) {
        if (!unit.equals(SplitGroups.DIALOGUE) && SplitGroups.unknown(training, Utterance::dialogue) == 0) {
            SplitGroups dialogues = SplitGroups.byDialogue(training).joined(copies);
            Choice drawn = dialogues.size() < 2 ? null : draw(dialogues, random);
            if (drawn != null && check.serves(drawn.utterances())) {
                return drawn;
            }
        }
        Choice drawn = wholeDialogues ? null : utterances(training, random);
        return drawn != null && check.serves(drawn.utterances()) ? drawn : null;
    }

    private Choice utterances(List<Utterance> training, RandomStream random) {
        double share = UtteranceSplitter.VAL_SHARE;
        Map<String, Part> parts = new HashMap<>();
        SplitAssembly.dealAtRandom(training, new SplitAssembly.Shares(1 - share, share), random, copies, parts);
        return SplitGroups.by("utterance", training, Utterance::id)
                .choose(training.stream()
                        .map(Utterance::id)
                        .filter(id -> parts.get(id) == Part.VAL)
                        .toList());
    }
}
