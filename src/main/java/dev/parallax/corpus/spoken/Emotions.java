package dev.parallax.corpus.spoken;

import java.util.List;

/// The classes of the spoken corpus, and what words and tone of each relation are for a class.
final class Emotions {

    static final String NEUTRAL = "neutral";
    static final String ANGER = "anger";
    static final String JOY = "joy";

    /// The classes, in order. Each is a class of GoEmotions and has a [Tone].
    static final List<String> ALL = List.of(ANGER, JOY, NEUTRAL, "sadness", "surprise");

    private Emotions() {}

    /// Whether utterances of a class can stand in a relation. A neutral utterance has neutral words in a neutral
    /// tone; irony is anger or joy.
    static boolean possible(Relation relation, String emotion) {
        return switch (relation) {
            case AGREE -> true;
            case TEXT_ONLY, AUDIO_ONLY, CONFLICT -> !emotion.equals(NEUTRAL);
            case IRONY -> emotion.equals(ANGER) || emotion.equals(JOY);
        };
    }

    /// The tones and words that utterances of a class have in a relation; each pair is equally likely.
    static List<Shown> shown(Relation relation, String emotion) {
        Tone tone = Tone.of(emotion);
        return switch (relation) {
            case AGREE -> List.of(new Shown(tone, emotion));
            case TEXT_ONLY -> List.of(new Shown(Tone.NEUTRAL, emotion));
            case AUDIO_ONLY -> List.of(new Shown(tone, NEUTRAL));
            case CONFLICT ->
                ALL.stream()
                        .filter(words -> !words.equals(NEUTRAL) && !words.equals(emotion))
                        .map(words -> new Shown(tone, words))
                        .toList();
            case IRONY -> List.of(new Shown(Tone.IRONY, emotion.equals(ANGER) ? JOY : ANGER));
        };
    }

    /// What an utterance shows.
    ///
    /// @param tone  in the voice
    /// @param words the emotion of the sentence
    record Shown(Tone tone, String words) {}
}
