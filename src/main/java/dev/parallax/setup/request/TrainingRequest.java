package dev.parallax.setup.request;

import dev.parallax.io.RecordJson;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that is to be trained.
///
/// @param corpus     the training data
/// @param model      which it is, and how it is trained
/// @param split      who is tested
/// @param start      what it starts from
/// @param asRecorded whether it is trained on recordings as they are, without varied copies
/// @param out        a new or empty folder that gets its files, null for none
/// @param resume     whether to go on with the run in that folder
public record TrainingRequest(
        CorpusRequest corpus,
        ModelRequest model,
        SplitRequest split,
        StartRequest start,
        boolean asRecorded,
        @Nullable Path out,
        boolean resume) {

    /// The defaults on some corpora; nothing is written.
    ///
    /// @param places each as `KIND:PATH`: `emodb:/data/emodb`
    public static TrainingRequest of(String... places) {
        return new TrainingRequest(
                CorpusRequest.of(places),
                ModelRequest.STANDARD,
                SplitRequest.STANDARD,
                StartRequest.RANDOM,
                false,
                null,
                false);
    }

    /// The same of other corpora, or of something else of them.
    public TrainingRequest withCorpus(CorpusRequest other) {
        return RecordJson.with(this, "corpus", other);
    }

    /// The same with another model.
    public TrainingRequest withModel(ModelRequest other) {
        return RecordJson.with(this, "model", other);
    }

    /// The same with one more setting changed.
    ///
    /// @param key as in `training.epochs`
    public TrainingRequest withSetting(String key, String value) {
        return withModel(model.withSetting(key, value));
    }

    /// The same with another split.
    public TrainingRequest withSplit(SplitRequest other) {
        return RecordJson.with(this, "split", other);
    }

    /// The same with these speakers tested, and those to choose the epoch.
    public TrainingRequest withSpeakers(List<String> test, List<String> val) {
        return withSplit(SplitRequest.speakers(test, val));
    }

    /// The same that starts from something else.
    public TrainingRequest withStart(StartRequest other) {
        return RecordJson.with(this, "start", other);
    }

    /// The same that is trained on recordings as they are.
    public TrainingRequest withoutVariedCopies() {
        return RecordJson.with(this, "asRecorded", true);
    }

    /// The same, kept in a folder.
    public TrainingRequest into(Path folder) {
        return RecordJson.with(this, "out", folder);
    }
}
