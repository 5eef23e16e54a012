package dev.parallax.train;

import dev.parallax.backend.Backend;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Utterance;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.model.domain.Doubts;
import dev.parallax.model.domain.TrainingDomain;
import java.util.List;
import java.util.Map;

/// What a run makes of its utterances: all that differs between single utterances and dialogues.
interface Level {

    /// The utterances of the training part, in their order.
    List<Utterance> learned();

    /// A model with starting weights.
    Model newModel(Backend backend);

    /// A part as examples for a model of this level.
    Examples examples(Model model, Part part);

    /// Varied copies of the validation part, which show how sure an answer to an altered recording must be. There
    /// are as many per recording as in the training part, and no example where that has none.
    Examples variedValidation(Model model);

    /// What the training and validation parts of a model are like, so that the model can recognise what is unlike
    /// them.
    TrainingDomain domain(Model trained);

    /// What makes answers to the utterances of a part unreliable, by their ids; no entry means nothing.
    ///
    /// @param model with its training domain
    Map<String, Doubts> doubts(Model model, Part part);

    /// What a resumed run must have in common with the one that it continues, beside settings and data.
    JsonObject identity();
}
