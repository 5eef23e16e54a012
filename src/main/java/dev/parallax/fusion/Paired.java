package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The utterances of a batch that have both modalities: owner i of the batch is row `inAudio[i]` of what audio says and
/// row `inText[i]` of what text says.
public final class Paired {

    private final int[] owners;
    private final int[] inAudio;
    private final int[] inText;

    private Paired(int[] owners, int[] inAudio, int[] inText) {
        this.owners = owners;
        this.inAudio = inAudio;
        this.inText = inText;
    }

    /// The owners that occur in both; each list rises.
    public static Paired of(int[] audioOwners, int[] textOwners) {
        int most = Math.min(audioOwners.length, textOwners.length);
        int[] owners = new int[most];
        int[] inAudio = new int[most];
        int[] inText = new int[most];
        int count = 0;
        for (int a = 0, t = 0; a < audioOwners.length && t < textOwners.length; ) {
            if (audioOwners[a] == textOwners[t]) {
                owners[count] = audioOwners[a];
                inAudio[count] = a;
                inText[count++] = t;
            }
            boolean audioBehind = audioOwners[a] <= textOwners[t];
            boolean textBehind = textOwners[t] <= audioOwners[a];
            a += audioBehind ? 1 : 0;
            t += textBehind ? 1 : 0;
        }
        return new Paired(Arrays.copyOf(owners, count), Arrays.copyOf(inAudio, count), Arrays.copyOf(inText, count));
    }

    public int count() {
        return owners.length;
    }

    /// Which utterances of the batch they are, rising.
    public int[] owners() {
        return owners.clone();
    }

    /// The rows of `x`, one an utterance with audio, that have text too.
    public Variable ofAudio(Pass pass, Variable x) {
        return Rows.choose(pass, x, inAudio);
    }

    /// The rows of `x`, one an utterance with text, that have audio too.
    public Variable ofText(Pass pass, Variable x) {
        return Rows.choose(pass, x, inText);
    }

    /// The states of those utterances with audio that have text too.
    States statesOfAudio(Pass pass, Perspective audio) {
        return states(pass, audio, inAudio);
    }

    /// The states of those utterances with text that have audio too.
    States statesOfText(Pass pass, Perspective text) {
        return states(pass, text, inText);
    }

    private static States states(Pass pass, Perspective perspective, int[] sequences) {
        Offsets from = perspective.offsets();
        Offsets offsets =
                Offsets.ofLengths(Arrays.stream(sequences).map(from::length).toArray());
        int[] rows = Arrays.stream(sequences)
                .flatMap(i -> IntStream.range(from.start(i), from.start(i + 1)))
                .toArray();
        return new States(Rows.choose(pass, perspective.states(), rows), offsets);
    }
}
