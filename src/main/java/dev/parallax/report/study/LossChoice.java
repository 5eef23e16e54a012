package dev.parallax.report.study;

import dev.parallax.fusion.Loss;
import dev.parallax.io.Choice;

/// The loss of a way to decide, as a study's tables give it.
public enum LossChoice implements Choice {
    /// [Loss#FUSED].
    FUSED("fused", "single"),
    /// [Loss#PERSPECTIVE].
    PERSPECTIVE("perspective", "perspective"),
    /// [Loss#MODULATED].
    MODULATED("modulated", "modulated"),
    /// [Loss#ALONE_FIRST].
    ALONE_FIRST("alone-first", "alone-first"),
    /// [Loss#MODALITY_DROPOUT].
    MODALITY_DROPOUT("modality-dropout", "modality-dropout"),
    /// There is no choice: one perspective alone, models that decide together, a baseline.
    NONE("-", "–");

    private final String word;
    private final String onPages;

    LossChoice(String word, String onPages) {
        this.word = word;
        this.onPages = onPages;
    }

    /// That of a strategy which was trained with one of them.
    public static LossChoice of(Loss loss) {
        return switch (loss) {
            case FUSED -> FUSED;
            case PERSPECTIVE -> PERSPECTIVE;
            case MODULATED -> MODULATED;
            case ALONE_FIRST -> ALONE_FIRST;
            case MODALITY_DROPOUT -> MODALITY_DROPOUT;
        };
    }

    @Override
    public String word() {
        return word;
    }

    /// The word on pages, where the loss of the fused answer alone is called the single loss.
    String onPages() {
        return onPages;
    }

    /// A strategy's name with this loss, where there is one.
    public String title(String strategy) {
        return this == NONE ? strategy : strategy + ", " + onPages + " loss";
    }
}
