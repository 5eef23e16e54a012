package dev.parallax.setup.request;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [TrainingRequest] as the record of a model keeps it: all that was asked for but where files are. The same request
/// of the same files gives the same model.
///
/// @param places       of the corpora, without paths: `emodb`, `synthetic:1`
/// @param labels       see [CorpusRequest]
/// @param size         see [CorpusRequest]
/// @param synergy      see [CorpusRequest]
/// @param leaveOut     see [CorpusRequest]
/// @param level        what answers are for
/// @param modalities   that were named
/// @param features     the preset that was named, or null
/// @param preset       of settings, or null
/// @param file         the settings of a file, or null
/// @param settings     one at a time
/// @param seed         or null
/// @param fusion       that was named, or null
/// @param loss         that was named, or null
/// @param causal       see [ModelRequest]
/// @param speakers     see [ModelRequest]
/// @param audioEncoder whether a pretrained encoder read the audio
/// @param textEncoder  whether one read the text
/// @param testSpeakers that were named
/// @param valSpeakers  that were named
/// @param protocol     that was named, or null
/// @param splitSeed    that was named, or null
/// @param vectors      whether it started from a file of word vectors
/// @param init         whether it started from a model
/// @param frozen       see [StartRequest]
/// @param asRecorded   see [TrainingRequest]
public record RecordedRequest(
        List<String> places,
        @Nullable String labels,
        @Nullable Integer size,
        @Nullable Double synergy,
        List<String> leaveOut,
        Level level,
        List<Modality> modalities,
        @Nullable String features,
        @Nullable String preset,
        @Nullable JsonObject file,
        List<Setting> settings,
        @Nullable Long seed,
        @Nullable String fusion,
        @Nullable Loss loss,
        boolean causal,
        boolean speakers,
        boolean audioEncoder,
        boolean textEncoder,
        List<String> testSpeakers,
        List<String> valSpeakers,
        @Nullable String protocol,
        @Nullable Long splitSeed,
        boolean vectors,
        boolean init,
        List<Modality> frozen,
        boolean asRecorded) {

    private static final String FILE = "the record's file of settings";
    private static final RecordJson<RecordedRequest> JSON = RecordJson.of(RecordedRequest.class)
            .nullable("labels", "size", "synergy", "features", "preset", "file", "seed", "fusion", "loss")
            .nullable("protocol", "splitSeed");

    public RecordedRequest {
        places = List.copyOf(places);
        leaveOut = List.copyOf(leaveOut);
        modalities = List.copyOf(modalities);
        settings = List.copyOf(settings);
        testSpeakers = List.copyOf(testSpeakers);
        valSpeakers = List.copyOf(valSpeakers);
        frozen = List.copyOf(frozen);
    }

    /// What is kept of a request.
    public static RecordedRequest of(TrainingRequest request) {
        CorpusRequest corpus = request.corpus();
        ModelRequest model = request.model();
        SettingChanges changes = model.settings();
        SplitRequest split = request.split();
        StartRequest start = request.start();
        return new RecordedRequest(
                corpus.kinds(),
                corpus.labels(),
                corpus.size(),
                corpus.synergy(),
                corpus.leaveOut(),
                model.level(),
                model.modalities(),
                model.features(),
                changes.preset(),
                file(changes.file()),
                changes.settings(),
                model.seed(),
                model.fusion(),
                model.loss(),
                model.causal(),
                model.speakers(),
                model.encoders().audio() != null,
                model.encoders().text() != null,
                split.testSpeakers(),
                split.valSpeakers(),
                split.protocol(),
                split.seed(),
                start.vectors() != null,
                start.model() != null,
                start.frozen(),
                request.asRecorded());
    }

    private static @Nullable JsonObject file(@Nullable SettingsFile file) {
        return file == null ? null : file.document();
    }

    /// The request again.
    ///
    /// @param files says where the files are: places, cache, root, encoders, vectors, initial model, folder
    public TrainingRequest at(TrainingRequest files) {
        CorpusRequest corpus = files.corpus();
        return new TrainingRequest(
                new CorpusRequest(corpus.places(), labels, size, synergy, leaveOut, corpus.cache(), corpus.root()),
                new ModelRequest(
                        level,
                        modalities,
                        features,
                        new SettingChanges(preset, file == null ? null : new SettingsFile(FILE, file), settings),
                        seed,
                        fusion,
                        loss,
                        causal,
                        speakers,
                        files.model().encoders()),
                new SplitRequest(testSpeakers, valSpeakers, protocol, splitSeed),
                new StartRequest(files.start().vectors(), files.start().model(), frozen),
                asRecorded,
                files.out(),
                files.resume());
    }

    /// As a record keeps it.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    ///
    /// @throws dev.parallax.BadInputException when it is damaged
    public static RecordedRequest fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
