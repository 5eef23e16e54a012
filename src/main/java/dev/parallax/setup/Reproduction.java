package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.io.FolderLock;
import dev.parallax.io.JsonDifference;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.ModelFile;
import dev.parallax.model.RunRecord;
import dev.parallax.model.WeightDifference;
import dev.parallax.setup.request.RecordedRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model trained again from the record in its file, and what differs.
///
/// @param unlike      what of data and settings is not what the record has, one line each; if anything is, nothing was
///                    trained
/// @param isSameFile  whether the file is the same, bit for bit
/// @param firstEpoch  the first epoch after which the weights differ, from 1; 0 where none differs, or where the record
///                    does not have them
/// @param weights     parameters that differ
/// @param record      what differs in the document beside the weights
public record Reproduction(
        List<String> unlike,
        boolean isSameFile,
        int firstEpoch,
        List<WeightDifference> weights,
        List<JsonDifference> record) {

    public Reproduction {
        unlike = List.copyOf(unlike);
        weights = List.copyOf(weights);
        record = List.copyOf(record);
    }

    /// Whether all weights are the same, bit for bit; false also where nothing was trained.
    public boolean isSameWeights() {
        return unlike.isEmpty() && weights.isEmpty();
    }

    /// Trains again.
    ///
    /// @param file    of the model
    /// @param where   what it is called in messages
    /// @param files   where corpora, encoders, vectors and the initial model are; nothing else of it is read
    /// @throws BadInputException when the record does not say how, or the files are not of the kind that it names
    public static Reproduction of(
            SafeTensors file, String where, TrainingRequest files, Backend backend, Workers workers, Remarks remarks) {
        ModelDescription model = ModelDescription.of(file, where);
        RunRecord record = record(model, where);
        RecordedRequest asked = RecordedRequest.fromJson(record.request());
        requireKinds(asked, files, where);
        if (!record.backend().equals(backend.description())) {
            remarks.warn("reproduce: it was trained with " + record.backend() + ", here is " + backend.description()
                    + "; sums may be rounded otherwise");
        }
        TrainingRequest request = asked.at(files);
        Path out = request.out();
        if (out == null) {
            return of(file, model, record, request, backend, workers, remarks);
        }
        Training.requireFolder(out, false);
        try (FolderLock _ = FolderLock.of(out, remarks::warn)) {
            return of(file, model, record, request, backend, workers, remarks);
        }
    }

    private static Reproduction of(
            SafeTensors file,
            ModelDescription model,
            RunRecord record,
            TrainingRequest request,
            Backend backend,
            Workers workers,
            Remarks remarks) {
        PreparedTraining prepared = Training.prepared(request, backend, workers, remarks).stream()
                .filter(each -> RecordCheck.isOfFeatures(each, model))
                .findFirst()
                .orElseThrow(() -> new BadInputException("reproduce: the features of the model are none that this"
                        + " version would make of its request; use Parallax " + record.version()));
        List<String> unlike = new RecordCheck(model, record, prepared).lines();
        if (!unlike.isEmpty()) {
            return new Reproduction(unlike, false, 0, List.of(), List.of());
        }
        TrainingRemarks listener =
                new TrainingRemarks(remarks, "", prepared.setup().training(), true);
        try (TrainingRun.Result result = prepared.run(backend, workers).run(request.out(), false, listener)) {
            SafeTensors again =
                    SafeTensors.parse(ModelFile.builder(result.model()).toBytes(), "the model that was trained again");
            RunRecord itsRecord = result.model().record();
            return new Reproduction(
                    List.of(),
                    again.sha256().equals(file.sha256()),
                    firstEpoch(record.epochWeights(), itsRecord == null ? List.of() : itsRecord.epochWeights()),
                    WeightDifference.between(file, again),
                    JsonDifference.between(document(file), document(again)));
        }
    }

    private static JsonObject document(SafeTensors file) {
        return ModelFile.document(file, "the model");
    }

    private static RunRecord record(ModelDescription model, String where) {
        RunRecord record = model.record();
        if (record == null) {
            throw new BadInputException(
                    where + ": it has no record of its training, so it cannot be trained again; the record"
                            + " is written at the end: ‹resume› of `train` goes on with a training that was interrupted");
        }
        if (record.request().fields().isEmpty()) {
            throw new BadInputException(where + ": its record does not say what was asked for, so it cannot be trained"
                    + " again; only models that `train` of this version or a later one made can");
        }
        return record;
    }

    private static void requireKinds(RecordedRequest asked, TrainingRequest files, String where) {
        List<String> given = files.corpus().kinds();
        if (!given.equals(asked.places())) {
            throw new BadInputException("‹corpus›: " + where + " was trained on " + String.join(", ", asked.places())
                    + ", in this order; given is " + (given.isEmpty() ? "none" : String.join(", ", given)));
        }
        requireGiven("vectors", asked.vectors(), files.start().vectors());
        requireGiven("init", asked.init(), files.start().model());
        requireGiven(
                "audio-encoder", asked.audioEncoder(), files.model().encoders().audio());
        requireGiven(
                "text-encoder", asked.textEncoder(), files.model().encoders().text());
    }

    private static void requireGiven(String option, boolean needed, @Nullable Path given) {
        if (needed && given == null) {
            throw new BadInputException("‹" + option + "›: the model was trained with one; say where it is");
        }
        if (!needed && given != null) {
            throw new BadInputException("‹" + option + " " + given + "›: the model was trained without; leave it out");
        }
    }

    /// The first epoch whose weights differ, from 1; 0 where none does. More epochs than there were differ from the
    /// first that is more.
    private static int firstEpoch(List<String> before, List<String> now) {
        if (before.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            if (i >= before.size() || i >= now.size() || !before.get(i).equals(now.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }
}
