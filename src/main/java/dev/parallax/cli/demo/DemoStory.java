package dev.parallax.cli.demo;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.cli.predict.PredictCommand;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.train.Evaluation;
import dev.parallax.train.Outputs;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.List;

/// One utterance of the test part, with the answers of each perspective.
///
/// @param utterance  chosen by [#RULE]; the first of all where there is none such
/// @param prediction the model's answers
record DemoStory(Utterance utterance, Prediction prediction) {

    /// How it is chosen, for people.
    static final String RULE = "the first of the test part that is answered right although audio and text disagree";

    /// Chooses the utterance, by [#RULE].
    static DemoStory choose(
            EmotionModel model, Split split, List<Utterance> utterances, FeatureCache cache, Workers workers) {
        List<Utterance> test = split.select(Part.TEST, utterances);
        Outputs outputs = Evaluation.outputs(model, test, cache, workers, _ -> {});
        Utterance chosen = test.getFirst();
        for (int i = 0; i < test.size(); i++) {
            double[] fused = outputs.logits(View.FUSED, i);
            double[] audio = outputs.logits(View.AUDIO, i);
            double[] text = outputs.logits(View.TEXT, i);
            if (fused == null || audio == null || text == null) {
                continue;
            }
            String answer = model.config().labels().name(Probabilities.argmax(fused));
            if (answer.equals(test.get(i).emotion()) && Probabilities.argmax(audio) != Probabilities.argmax(text)) {
                chosen = test.get(i);
                break;
            }
        }
        AudioSource audio = chosen.audio();
        return new DemoStory(chosen, model.predict(audio == null ? null : audio.read(), chosen.text()));
    }

    /// For people.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("one utterance from its perspectives: " + RULE);
        lines.add("\"" + utterance.text() + "\", truly " + utterance.emotion());
        lines.addAll(PredictCommand.table(prediction));
        return lines;
    }
}
