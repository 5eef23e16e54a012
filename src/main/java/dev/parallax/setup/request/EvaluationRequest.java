package dev.parallax.setup.request;

import dev.parallax.corpus.split.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A model that is to be scored. The parts are those stored in the model; they are never drawn again.
///
/// @param model     a model file, the folder of a run, or `starter`; null for the starter
/// @param corpus    what it is scored on
/// @param part      of the model's split, null for all utterances
/// @param allowSeen whether what it was trained on or chosen by is scored too; the result says so
/// @param encoders  where the pretrained encoders of the model are, if they are not found by themselves
/// @param groups    columns of the corpora by whose values the scores are told apart, such as `sex`, in any letter
/// case;
///                  possibly none
/// @param robustness whether the utterances are also scored as heard and read under other conditions
public record EvaluationRequest(
        @Nullable Path model,
        CorpusRequest corpus,
        @Nullable Part part,
        boolean allowSeen,
        EncoderRequest encoders,
        List<String> groups,
        boolean robustness) {

    public EvaluationRequest {
        groups = groups.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /// With pretrained encoders, if there are any, that are found by themselves.
    public EvaluationRequest(@Nullable Path model, CorpusRequest corpus, @Nullable Part part, boolean allowSeen) {
        this(model, corpus, part, allowSeen, EncoderRequest.NONE);
    }

    /// The scores alone.
    public EvaluationRequest(
            @Nullable Path model,
            CorpusRequest corpus,
            @Nullable Part part,
            boolean allowSeen,
            EncoderRequest encoders) {
        this(model, corpus, part, allowSeen, encoders, List.of(), false);
    }

    /// The test part of a model's own corpora.
    public static EvaluationRequest of(Path model, String... places) {
        return new EvaluationRequest(model, CorpusRequest.of(places), Part.TEST, false);
    }

    /// The same of another model.
    public EvaluationRequest ofModel(@Nullable Path other) {
        return new EvaluationRequest(other, corpus, part, allowSeen, encoders, groups, robustness);
    }

    /// The same on something else.
    public EvaluationRequest withCorpus(CorpusRequest other) {
        return new EvaluationRequest(model, other, part, allowSeen, encoders, groups, robustness);
    }

    /// All utterances of corpora that the model has not seen.
    public EvaluationRequest withAllParts() {
        return new EvaluationRequest(model, corpus, null, allowSeen, encoders, groups, robustness);
    }

    /// The same, with scores by the values of some columns.
    public EvaluationRequest withGroups(List<String> columns) {
        return new EvaluationRequest(model, corpus, part, allowSeen, encoders, columns, robustness);
    }

    /// The same, with scores under other conditions.
    public EvaluationRequest withRobustness() {
        return new EvaluationRequest(model, corpus, part, allowSeen, encoders, groups, true);
    }

    /// The name of the part in results.
    public String partName() {
        return part == null ? "all" : part.word();
    }
}
