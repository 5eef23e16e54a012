package dev.parallax.eval;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How many test transcripts also occur in training. Scripted lines that several speakers read make text scores
/// optimistic (Pepino et al., "Fusion Approaches for Emotion Recognition from Speech Using Acoustic and Text-Based
/// Features", ICASSP 2020).
///
/// @param transcripts test utterances that have a transcript
/// @param repeated    those whose transcript also occurs in training
public record TextOverlap(int transcripts, int repeated) {

    /// Compares the transcripts as they are given: normalise them before. Blank ones are no transcripts.
    ///
    /// @param training transcripts of the training part
    /// @param test     transcripts of the test part, one per utterance
    public static TextOverlap of(Collection<String> training, List<String> test) {
        Set<String> known = new HashSet<>(training);
        List<String> transcripts = test.stream().filter(text -> !text.isBlank()).toList();
        int repeated = (int) transcripts.stream().filter(known::contains).count();
        return new TextOverlap(transcripts.size(), repeated);
    }
}
