package dev.parallax.study;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;

/// One training run of a study.
///
/// @param strategy     a fusion's name, or `audio` or `text` for one perspective alone
/// @param perspectives whether it is trained with the perspective loss; false: the single loss
/// @param fold         which split, from 0
/// @param seed         number of the repetition, from 0
public record Cell(String strategy, boolean perspectives, int fold, int seed) {

    static final RecordJson<Cell> JSON = RecordJson.of(Cell.class)
            .named("perspectives", "loss")
            .as(
                    "perspectives",
                    (Boolean own) -> Json.of(loss(own)),
                    (json, key) -> json.text(key).equals(loss(true)));

    /// The word for the loss in files and tables.
    public String loss() {
        return loss(perspectives);
    }

    private static String loss(boolean perspectives) {
        return perspectives ? "perspective" : "fused";
    }

    /// What identifies it, fit for a file name.
    public String id() {
        return strategy + "." + loss() + ".fold" + fold + ".seed" + seed;
    }

    JsonObject toJson() {
        return JSON.write(this);
    }
}
