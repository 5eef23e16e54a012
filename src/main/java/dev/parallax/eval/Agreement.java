package dev.parallax.eval;

import dev.parallax.ShapeException;

/// Who decides? Utterances by which perspective alone would have been right, and how fusion answers them.
///
/// @param both         audio and text are right
/// @param audio        audio alone is right
/// @param text         text alone is right
/// @param neither      neither is right; fusion is right in spite of both where it is
/// @param disagreement audio and text name different classes, whoever is right
public record Agreement(Case both, Case audio, Case text, Case neither, Disagreement disagreement) {

    /// Some of the utterances.
    ///
    /// @param count      how many they are
    /// @param fusedRight of how many of them the fused answer is right
    public record Case(int count, int fusedRight) {
        private Case plus(boolean right) {
            return new Case(count + 1, fusedRight + (right ? 1 : 0));
        }
    }

    /// Utterances whose perspectives disagree, by which of them the fused answer agrees with; the last three add up
    /// to the count.
    ///
    /// @param count      how many they are
    /// @param fusedRight of how many of them the fused answer is right
    /// @param asAudio    fused names the class that audio names
    /// @param asText     fused names the class that text names
    /// @param asNeither  fused names a third one
    public record Disagreement(int count, int fusedRight, int asAudio, int asText, int asNeither) {}

    /// Counts the cases.
    ///
    /// @param truth the true class of each utterance
    /// @param audio the class that audio alone names   @param text the class that text alone names
    /// @param fused the class that the fused answer names
    public static Agreement of(int[] truth, int[] audio, int[] text, int[] fused) {
        if (audio.length != truth.length || text.length != truth.length || fused.length != truth.length) {
            throw new ShapeException("agreement: " + truth.length + " true classes but " + audio.length + " by audio, "
                    + text.length + " by text, " + fused.length + " fused");
        }
        Case none = new Case(0, 0);
        Case[] cases = {none, none, none, none}; // 2 [audio right] + [text right]
        int count = 0;
        int right = 0;
        int asAudio = 0;
        int asText = 0;
        for (int i = 0; i < truth.length; i++) {
            boolean fusedRight = fused[i] == truth[i];
            int which = (audio[i] == truth[i] ? 2 : 0) + (text[i] == truth[i] ? 1 : 0);
            cases[which] = cases[which].plus(fusedRight);
            if (audio[i] != text[i]) {
                count++;
                right += fusedRight ? 1 : 0;
                asAudio += fused[i] == audio[i] ? 1 : 0;
                asText += fused[i] == text[i] ? 1 : 0;
            }
        }
        return new Agreement(
                cases[3],
                cases[2],
                cases[1],
                cases[0],
                new Disagreement(count, right, asAudio, asText, count - asAudio - asText));
    }

    /// How many utterances there are.
    public int total() {
        return both.count + audio.count + text.count + neither.count;
    }
}
