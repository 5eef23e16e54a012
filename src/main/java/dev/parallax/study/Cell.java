package dev.parallax.study;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import org.jspecify.annotations.Nullable;

/// One training run of a study.
///
/// @param strategy a fusion's name, or `audio` or `text` for one perspective alone
/// @param loss     that it is trained with; [Loss#FUSED] for one perspective alone
/// @param fold     which split, from 0
/// @param seed     number of the repetition, from 0
public record Cell(String strategy, Loss loss, int fold, int seed) {

    static final RecordJson<Cell> JSON = RecordJson.of(Cell.class);

    /// The modality that is trained alone; null where the strategy is a fusion.
    public @Nullable Modality alone() {
        return Modality.named(strategy);
    }

    /// What identifies it, fit for a file name.
    public String id() {
        return strategy + "." + loss.word() + ".fold" + fold + ".seed" + seed;
    }

    JsonObject toJson() {
        return JSON.write(this);
    }
}
