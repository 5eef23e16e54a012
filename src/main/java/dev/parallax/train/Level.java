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

    /// The utterances that are learned from, in their order.
    List<Utterance> learned();

    /// A model with starting weights.
    Model newModel(Backend backend);

    /// A part as examples for a model of this level.
    Examples examples(Model model, Part part);

    /// Varied copies of the validation part, which tell how sure an answer to something altered must be: as many a
    /// recording as the training part has; no example where it has none.
    Examples variedValidation(Model model);

    /// What the training and validation parts of a model are like, so that the model knows what it has heard and
    /// read.
    TrainingDomain domain(Model trained);

    /// What makes answers to the utterances of a part unreliable, by their ids; whose id is missing, nothing does.
    ///
    /// @param model with the domain that it knows
    Map<String, Doubts> doubts(Model model, Part part);

    /// What a resumed run must have in common with the one that it continues, beside settings and data.
    JsonObject identity();
}
