package dev.parallax.fusion;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.Pass;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The perspective loss of Wu, Lu, Dai (ICASSP 2023), for batches in which some utterances lack a modality:
///
///     loss = sum over utterances of
///            [has both]  CE(z, y)  +  alpha [has audio] CE(z_audio, y)  +  beta [has text] CE(z_text, y)
///
/// so every encoder is trained by its own loss term, beside the fused one. With `perspectives` off it is the
/// single loss: CE(z, y) where both are there, else CE of the one that is. With `fused` off its first term is not
/// there, and each perspective is trained as if alone. An example with numbers is in
/// `docs/perspective-loss.md`.
///
/// @param fused        whether the fused answer has its term
/// @param perspectives whether each perspective has its own term
/// @param alpha        weight of the audio term
/// @param beta         weight of the text term
/// @param criteria     class weights and smoothing of each term
/// @param onProbabilities whether each term is CE(softmax(z), y), which applies the softmax twice, in place of CE(z,
///                        y): so the paper's released code does it; no term can then fall below ln(e + C - 1) - 1
public record PerspectiveLoss(
        boolean fused,
        boolean perspectives,
        float alpha,
        float beta,
        Perspectives<CrossEntropyLoss> criteria,
        boolean onProbabilities) {

    /// The loss on logits, of the same classes and smoothing in all terms.
    public PerspectiveLoss(boolean perspectives, float alpha, float beta, CrossEntropyLoss crossEntropy) {
        this(true, perspectives, alpha, beta, Perspectives.alike(crossEntropy), false);
    }

    public PerspectiveLoss {
        if (!fused && !perspectives) {
            throw new BadInputException("perspective loss: it needs the fused term or those of the perspectives");
        }
        if (!(alpha >= 0 && beta >= 0)) {
            throw new BadInputException(
                    "perspective loss: weights alpha " + alpha + " and beta " + beta + " must not be negative");
        }
    }

    /// The loss and its terms.
    ///
    /// @param total what is differentiated, [1]
    /// @param each  CE(z, y), CE(z_audio, y) and CE(z_text, y) [1], unweighted; null where one takes no part
    public record Terms(Variable total, Perspectives<@Nullable Variable> each) {}

    /// @param labels the class of each utterance of the batch; -1 for one that is there only as context of its
    ///               neighbours
    /// @param scale  1 for the sum over utterances; 1 / utterances for the mean
    public Terms of(Pass pass, FusedLogits logits, int[] labels, float scale) {
        int[] paired = logits.both().owners();
        Variable z = fused ? logits.fused() : null;
        Variable fusedTerm = z == null ? null : sum(pass, criteria.fused(), z, paired, owner -> true, labels, scale);
        Variable audioTerm = term(pass, criteria.audio(), logits.audio(), paired, labels, scale);
        Variable textTerm = term(pass, criteria.text(), logits.text(), paired, labels, scale);
        Variable total =
                plus(pass, plus(pass, fusedTerm, weighted(pass, audioTerm, alpha)), weighted(pass, textTerm, beta));
        if (total == null) {
            throw new BadInputException("perspective loss: the batch has no labelled utterance with audio or text");
        }
        return new Terms(total, new Perspectives<>(fusedTerm, audioTerm, textTerm));
    }

    /// CE of one perspective, over all utterances that have it, or under the single loss over those that have
    /// only it.
    private @Nullable Variable term(
            Pass pass,
            CrossEntropyLoss criterion,
            @Nullable Perspective perspective,
            int[] paired,
            int[] labels,
            float scale) {
        if (perspective == null) {
            return null;
        }
        IntPredicate counts = owner -> perspectives || Arrays.binarySearch(paired, owner) < 0;
        return sum(pass, criterion, perspective.logits(), perspective.owners(), counts, labels, scale);
    }

    /// CE over the labelled rows of the owners that count, or null where there are none.
    private @Nullable Variable sum(
            Pass pass,
            CrossEntropyLoss criterion,
            Variable logits,
            int[] owners,
            IntPredicate counts,
            int[] labels,
            float scale) {
        int[] rows = IntStream.range(0, owners.length)
                .filter(i -> labels[owners[i]] >= 0 && counts.test(owners[i]))
                .toArray();
        if (rows.length == 0) {
            return null;
        }
        Variable chosen = rows.length == owners.length ? logits : pass.tape().apply(new GatherRows(rows), logits);
        Variable judged = onProbabilities ? pass.tape().apply(new Softmax(), chosen) : chosen;
        return criterion.sum(pass, judged, choose(labels, choose(owners, rows)), scale);
    }

    private @Nullable Variable weighted(Pass pass, @Nullable Variable term, float weight) {
        if (term == null || !perspectives || weight == 1) {
            return term;
        }
        return pass.tape().apply(new Scale(weight), term);
    }

    private static @Nullable Variable plus(Pass pass, @Nullable Variable x, @Nullable Variable y) {
        if (x == null || y == null) {
            return x == null ? y : x;
        }
        return pass.tape().apply(new Add(), x, y);
    }

    private static int[] choose(int[] from, int[] rows) {
        return Arrays.stream(rows).map(row -> from[row]).toArray();
    }
}
