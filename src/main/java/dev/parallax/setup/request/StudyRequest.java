package dev.parallax.setup.request;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Loss;
import dev.parallax.io.RecordJson;
import dev.parallax.study.BaselineChoice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A study of ways to fuse.
///
/// @param corpus     what it is on
/// @param model      what all its models have in common
/// @param fusions    names of strategies; empty for all that are possible
/// @param losses     every strategy is trained under each of them
/// @param seeds      repetitions of everything
/// @param folds      a protocol; null for the corpus's split
/// @param equalSizes whether strategies have about as many parameters as each other
/// @param tried      settings among which each cell chooses; all combinations are tried
/// @param tuneBy     a protocol for an inner cross-validation that chooses; null where the validation part chooses
/// @param splitSeed  of the random part of the folds, null for the first seed
/// @param baselines  which models without a network it has
/// @param groups     of test utterances that are scored by themselves, null for none
/// @param out        a new or empty folder, or that of the same study
public record StudyRequest(
        CorpusRequest corpus,
        ModelRequest model,
        List<String> fusions,
        List<Loss> losses,
        int seeds,
        @Nullable String folds,
        boolean equalSizes,
        List<TriedSetting> tried,
        @Nullable String tuneBy,
        @Nullable Long splitSeed,
        BaselineChoice baselines,
        @Nullable GroupsRequest groups,
        Path out) {

    /// The default number of repetitions.
    public static final int SEEDS = 3;

    /// The losses that are compared by default.
    public static final List<Loss> LOSSES = List.of(Loss.FUSED, Loss.PERSPECTIVE);

    public StudyRequest {
        fusions = List.copyOf(fusions);
        losses = List.copyOf(losses);
        tried = List.copyOf(tried);
        if (seeds < 1) {
            throw new BadInputException("study: ‹seeds " + seeds + "›: must be at least 1");
        }
    }

    /// All strategies under both losses.
    public static StudyRequest of(Path out, String... places) {
        return new StudyRequest(
                CorpusRequest.of(places),
                ModelRequest.STANDARD,
                List.of(),
                LOSSES,
                SEEDS,
                null,
                true,
                List.of(),
                null,
                null,
                BaselineChoice.LINEAR,
                null,
                out);
    }

    /// The same on other corpora, or on something else of them.
    public StudyRequest withCorpus(CorpusRequest other) {
        return RecordJson.with(this, "corpus", other);
    }

    /// The same with other models.
    public StudyRequest withModel(ModelRequest other) {
        return RecordJson.with(this, "model", other);
    }

    /// The same with some strategies.
    public StudyRequest withFusions(String... names) {
        return RecordJson.with(this, "fusions", List.of(names));
    }

    /// The same, so often.
    public StudyRequest withSeeds(int count) {
        return RecordJson.with(this, "seeds", count);
    }

    /// The same with the folds of a protocol.
    public StudyRequest withFolds(String protocol) {
        return RecordJson.with(this, "folds", protocol);
    }

    /// The same, with scores of groups of test utterances.
    public StudyRequest withGroups(Path file, String... columns) {
        return RecordJson.with(this, "groups", new GroupsRequest(file, List.of(columns)));
    }

    /// The same with some of the models without a network.
    public StudyRequest withBaselines(BaselineChoice choice) {
        return RecordJson.with(this, "baselines", choice);
    }
}
