package dev.parallax.model.answer;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.domain.TrainingDomain;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How logits become answers: what is fitted on the validation part after training.
///
/// @param temperatures what the logits are divided by before the softmax, above 0: they change how sure an answer
///                     sounds, never which it is
/// @param thresholds   the least probability of an answer that is called sure, in [0, 1]; below it the answer is the
///                     best guess and "not sure" is said; at 1 no answer is sure, however probable
///                     ([dev.parallax.eval.Sureness])
/// @param unpaired     how perspectives that were trained apart are brought together, or null where the network
///                     does
/// @param domain       what the training data was like: an answer to anything else is not sure
/// @param fittedOn     how many labelled validation utterances each temperature and threshold was fitted on; 0
///                     where it was not fitted, or by a former version
public record AnswerRules(
        Perspectives<Double> temperatures,
        Perspectives<Double> thresholds,
        @Nullable UnpairedFusion unpaired,
        TrainingDomain domain,
        Perspectives<Integer> fittedOn) {

    /// The threshold that no answer reaches, not even one of probability 1.
    static final double NEVER_SURE = 1;

    private static final Perspectives<Integer> NOT_FITTED = Perspectives.alike(0);

    /// Logits as they are; every answer is sure.
    public static final AnswerRules PLAIN =
            new AnswerRules(Perspectives.alike(1.0), Perspectives.alike(0.0), null, TrainingDomain.UNKNOWN, NOT_FITTED);

    public AnswerRules {
        requireTemperatures(temperatures);
        for (View view : Perspectives.VIEWS) {
            if (fittedOn.get(view) < 0) {
                throw new BadInputException("model: fittedOn " + fittedOn.get(view) + " must not be negative");
            }
            if (!(thresholds.get(view) >= 0 && thresholds.get(view) <= 1)) {
                throw new BadInputException("model: thresholds " + listed(thresholds) + " must be in [0, 1]");
            }
        }
    }

    /// Refuses temperatures that nothing can be divided by.
    public static void requireTemperatures(Perspectives<Double> temperatures) {
        for (View view : Perspectives.VIEWS) {
            if (!(temperatures.get(view) > 0)) {
                throw new BadInputException("model: temperatures " + listed(temperatures) + " must be above 0");
            }
        }
    }

    private static String listed(Perspectives<Double> values) {
        return values.fused() + ", " + values.audio() + ", " + values.text();
    }

    /// These rules with another way to bring perspectives together.
    public AnswerRules withUnpaired(@Nullable UnpairedFusion changed) {
        return new AnswerRules(temperatures, thresholds, changed, domain, fittedOn);
    }

    /// These rules, but no answer is sure.
    public AnswerRules neverSure() {
        return new AnswerRules(temperatures, Perspectives.alike(NEVER_SURE), unpaired, domain, fittedOn);
    }

    /// These rules, but no answer that rests on audio is sure.
    public AnswerRules neverSureOfAudio() {
        return new AnswerRules(
                temperatures,
                new Perspectives<>(NEVER_SURE, NEVER_SURE, thresholds.text()),
                unpaired,
                domain,
                fittedOn);
    }

    /// The views of which no answer is ever sure.
    public List<View> viewsNeverSure() {
        return Perspectives.VIEWS.stream()
                .filter(view -> thresholds.get(view) >= NEVER_SURE)
                .toList();
    }

    /// These rules with this training domain.
    public AnswerRules withDomain(TrainingDomain changed) {
        return new AnswerRules(temperatures, thresholds, unpaired, changed, fittedOn);
    }

    public JsonObject toJson() {
        return json(_ -> domain).write(this);
    }

    /// What [#toJson] wrote.
    ///
    /// @param file   with the tensors of the domain
    /// @param prefix of their names
    public static AnswerRules read(JsonObject json, SafeTensors file, String prefix) {
        return json(document -> TrainingDomain.read(document, file, prefix)).read(json);
    }

    /// Files of former versions have no training domain.
    private static RecordJson<AnswerRules> json(Function<JsonObject, TrainingDomain> domain) {
        return RecordJson.of(AnswerRules.class)
                .nullable("unpaired")
                .since("domain", TrainingDomain.UNKNOWN)
                .leftOut("fittedOn", NOT_FITTED)
                .as("domain", TrainingDomain::toJson, domain);
    }
}
