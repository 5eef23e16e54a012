package dev.parallax.spark;

import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.data.FeatureScaling;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/// What of a table is answered together.
enum Answering {
    /// Each row by itself.
    ROWS(Scoring::utterances),
    /// The rows of a speaker, with features adapted to him or her.
    SPEAKERS((scoring, table) -> new SpeakerScoring(scoring).answer(table)),
    /// The turns of a dialogue.
    DIALOGUES((scoring, table) -> new DialogueScoring(scoring).answer(table)),
    /// Each stretch of speech of a recording by itself.
    STRETCHES((scoring, table) -> new StretchScoring(scoring).answer(table));

    private final BiFunction<Scoring, Dataset<Row>, Dataset<Row>> way;

    Answering(BiFunction<Scoring, Dataset<Row>, Dataset<Row>> way) {
        this.way = way;
    }

    /// The answers to a table, as rows of [AnswerColumns#TABLE].
    Dataset<Row> answers(Scoring scoring, Dataset<Row> table) {
        return way.apply(scoring, table);
    }

    /// The way that a model, a table and the arguments ask for. What the answers depend on is said.
    static Answering of(ManifestTable table, ModelSource model, Arguments arguments, Console console) {
        if (arguments.has("segments")) {
            model.requireListener();
            if (table.has("text")) {
                console.warn("--segments answers by ear alone; the column text is passed over");
            }
            return STRETCHES;
        }
        if (model.isOfDialogues()) {
            table.requireDialogue("this is a model of dialogues");
            return DIALOGUES;
        }
        if (model.isScaled() && table.has("speaker") && !arguments.has("as-trained")) {
            console.log("features are adapted to each speaker with at least " + FeatureScaling.LEAST_OF_SPEAKER
                    + " recordings, over his or her own, which should be of all moods (--as-trained leaves them as in"
                    + " training)");
            return SPEAKERS;
        }
        return ROWS;
    }
}
