package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.FeatureKind;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.autograd.SpareTapes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.data.Batch;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.data.Tokens;
import dev.parallax.data.Vectors;
import dev.parallax.data.WordTimes;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Count;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.ExampleReader.ReadText;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.domain.Doubts;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.domain.HeardWindow;
import dev.parallax.model.domain.SoundDoubts;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.pretrained.FrozenSpeech;
import dev.parallax.text.Vocabulary;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Recognises the emotion of speech: from a recording and a sentence, or one of them, to an emotion from each
/// perspective and from both.
///
///     EmotionModel model = EmotionModel.load(Path.of("runs/mine/best.safetensors"));
///     Prediction prediction = model.predict(AudioFile.read(Path.of("clip.wav")), "I am so glad you came!");
///     prediction.decision().label(); // "happiness"
///
/// **Threads.** It never changes once it is made: any number of threads may ask one model at once, and each answer
/// has the same bits as alone. [#predict(List)] does so itself.
///
/// **Memory.** Its weights take 4 bytes for each of its [#size] values, once, however many threads ask. A call
/// keeps the recording (4 bytes a sample) and the values of one window (30 s in most models) while it runs; a
/// recording in a file is read window by window, however long it is. Up to 4 MB are kept for the next call, as often
/// as there were calls at once. A pretrained encoder has its own weights, and keeps at most twice their memory for each
/// of these; with one of speech, a window of states is kept too. [#close] gives back what is not of an encoder; any
/// thread may call it at any time. A closed model answers with an IllegalStateException.
public final class EmotionModel extends Model {

    private static final int SURE_OF_SPEAKER = 20; // recordings, for an adapted answer that may be called sure

    private static final String CONTEXT = "each utterance by itself";
    private static final String ADAPTED = "each utterance by itself, its features adapted to the speaker over all of"
            + " his or her recordings, which need no labels";

    /// Threads for the features of a single recording.
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ModelConfig config;
    private final FrozenEncoders encoders;
    private final @Nullable Vocabulary vocabulary;
    private final @Nullable FeatureScaling scaling;
    private final Network network;
    private final ExampleReader reader;
    private final SpareTapes tapes;

    /// A new model with starting weights.
    ///
    /// @param vocabulary the words that the text encoder knows; null for a model of audio alone
    public EmotionModel(ModelConfig config, @Nullable Vocabulary vocabulary, Backend backend, long seed) {
        this(config, vocabulary, null, backend, seed);
    }

    /// A new model of standardised features.
    ///
    /// @param scaling over the training part, null where the features are read as they are
    public EmotionModel(
            ModelConfig config,
            @Nullable Vocabulary vocabulary,
            @Nullable FeatureScaling scaling,
            Backend backend,
            long seed) {
        this(config, FrozenEncoders.NONE, vocabulary, scaling, backend, seed);
    }

    /// A new model that reads with pretrained encoders.
    ///
    /// @param encoders those of the configuration
    /// @param scaling  over the training part, null where the features or states are read as they are
    EmotionModel(
            ModelConfig config,
            FrozenEncoders encoders,
            @Nullable Vocabulary vocabulary,
            @Nullable FeatureScaling scaling,
            Backend backend,
            long seed) {
        this(config, encoders, vocabulary, scaling, backend, AnswerRules.PLAIN, null);
        parameters().initialize(backend, seed);
        network.fill(encoders);
    }

    /// Fills what stays as it is of pretrained encoders, for [ModelFile], which carries the rest.
    void fillEncoders() {
        network.fill(encoders);
    }

    EmotionModel(
            ModelConfig config,
            FrozenEncoders encoders,
            @Nullable Vocabulary vocabulary,
            @Nullable FeatureScaling scaling,
            Backend backend,
            AnswerRules rules,
            @Nullable RunRecord record) {
        super(backend, new Parameters(), rules, record);
        if (config.network().text() != null && vocabulary == null) {
            throw new BadInputException("model: it reads text but has no vocabulary");
        }
        boolean scaled = config.network().audio() != null && config.network().standardization() != Standardization.NONE;
        if (scaled != (scaling != null) || (scaling != null && scaling.columns() != config.frameSize())) {
            throw new BadInputException(
                    "model: its configuration and the scaling of its features do not fit each other");
        }
        if (!encoders.inputs().equals(config.encoders())) {
            throw new IllegalArgumentException("model: its encoders are not those of its configuration");
        }
        this.config = config;
        this.encoders = encoders;
        this.vocabulary = vocabulary;
        this.scaling = scaling;
        this.reader = new ExampleReader(config, encoders, vocabulary, scaling, null);
        this.network = new Network(
                parameters(),
                config.network(),
                config.features().size(),
                vocabulary == null ? 0 : vocabulary.size() + config.subwords().buckets(),
                config.labels().size(),
                encoders);
        this.tapes = new SpareTapes(backend, valuesOfStates(config));
    }

    /// What a window of states takes on a tape: the states, what their sum saves, and what is made of it.
    private static long valuesOfStates(ModelConfig config) {
        EncoderInput heard = config.encoders().audio();
        return heard == null ? 0 : (long) (3 * heard.columns() * config.windowSeconds() / FrozenSpeech.ROW_SECONDS);
    }

    /// The weights of another model, shared, under other rules.
    private EmotionModel(
            EmotionModel other,
            @Nullable FeatureScaling scaling,
            ExampleReader reader,
            AnswerRules rules,
            @Nullable RunRecord record) {
        super(other.backend(), other.parameters(), rules, record);
        this.config = other.config;
        this.encoders = other.encoders;
        this.vocabulary = other.vocabulary;
        this.scaling = scaling;
        this.reader = reader;
        this.network = other.network;
        this.tapes = other.tapes;
    }

    /// This model for one speaker: its features are standardised over recordings of his or hers, which need no
    /// labels, in place of the training part. What is usual for this voice is then no longer taken for an emotion.
    /// The recordings should cover all moods: over angry ones alone, anger would be the mean. The weights are
    /// shared, not copied.
    ///
    /// The threshold of a sure answer was fitted on features as in training: with fewer than 20 recordings no
    /// answer that rests on audio is sure.
    ///
    /// @param speaker    the name in the answers, which are marked as adapted
    /// @param recordings of the speaker, at least [FeatureScaling#LEAST_OF_SPEAKER], as [#hear] gives them
    /// @throws BadInputException when this model reads features as they are
    public EmotionModel adaptedTo(String speaker, List<HeardRecording> recordings) {
        requireOpen();
        if (scaling == null || recordings.size() < FeatureScaling.LEAST_OF_SPEAKER) {
            throw new BadInputException("adapt: "
                    + (scaling == null
                            ? "this model reads features as they are, so there is nothing to adapt; train one of"
                                    + " functionals"
                            : Count.of(recordings.size(), "recording") + " of " + speaker + ", at least "
                                    + FeatureScaling.LEAST_OF_SPEAKER + " are needed"));
        }
        List<float[]> features = recordings.stream()
                .flatMap(recording -> StreamSupport.stream(recording.windows().spliterator(), false))
                .map(HeardWindow::features)
                .toList();
        boolean few = recordings.size() < SURE_OF_SPEAKER;
        String note = "features are adapted to speaker " + speaker + " over " + Count.of(recordings.size(), "recording")
                + (few ? "; no answer by ear is called sure with fewer than " + SURE_OF_SPEAKER : "");
        FeatureScaling own = FeatureScaling.of(config.frameSize(), features);
        AnswerRules rules = few ? rules().neverSureOfAudio() : rules();
        return new EmotionModel(this, own, new ExampleReader(config, encoders, vocabulary, own, note), rules, record());
    }

    /// How such a model uses an utterance's neighbours.
    static String context(NetworkConfig network) {
        boolean adapted = network.audio() != null && network.standardization() == Standardization.SPEAKER;
        return adapted ? ADAPTED : CONTEXT;
    }

    /// Reads a model file, on the fastest backend that this JVM offers ([Backends#fastest]).
    ///
    /// @throws BadInputException when the file is not a model
    public static EmotionModel load(Path file) {
        Objects.requireNonNull(file, "file");
        return load(file, Backends.fastest());
    }

    /// Reads a model from a stream up to its end, such as one of the class path; the stream is not closed:
    ///
    ///     try (InputStream stream = App.class.getResourceAsStream("mine.safetensors")) {
    ///         EmotionModel model = EmotionModel.load(stream, "mine.safetensors");
    ///     }
    ///
    /// @param stream of at most 2 GiB, or a third of the memory if that is less; null where there is none
    /// @param name   what to call it in messages
    /// @throws BadInputException when there is none, it cannot be read, or is not a model
    public static EmotionModel load(@Nullable InputStream stream, String name) {
        Objects.requireNonNull(name, "name");
        if (stream == null) {
            throw new BadInputException(name + ": no such resource; name it from the class beside it");
        }
        return of(SafeTensors.read(stream, name), name);
    }

    /// Reads a model from memory.
    ///
    /// @param bytes of a whole model file; do not modify them afterwards
    /// @param name  what to call it in messages
    /// @throws BadInputException when they are not a model
    public static EmotionModel load(byte[] bytes, String name) {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(name, "name");
        return of(SafeTensors.parse(bytes, name), name);
    }

    private static EmotionModel of(SafeTensors file, String name) {
        return ofUtterances(Model.of(file, name, null, Backends.fastest(), FrozenEncoders.Places.UNKNOWN, null), name);
    }

    /// The model in the jar: [Starter], which is a demonstration.
    public static EmotionModel starter() {
        return Starter.load(Backends.fastest());
    }

    /// Reads a model file onto a backend.
    ///
    /// @throws BadInputException also when it is a model of dialogues
    public static EmotionModel load(Path file, Backend backend) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(backend, "backend");
        return ofUtterances(Model.load(file, backend), file.toString());
    }

    private static EmotionModel ofUtterances(Model loaded, String name) {
        if (loaded instanceof EmotionModel model) {
            return model;
        }
        throw new BadInputException(name + ": is a model of dialogues, which answers whole dialogues of vectors and no"
                + " single recording or sentence; score it with evaluate ‹corpus features:DIR›, or give a model of"
                + " utterances");
    }

    public ModelConfig config() {
        return config;
    }

    /// The pretrained encoders that it reads with.
    public FrozenEncoders encoders() {
        return encoders;
    }

    /// The learned shares of the layers of a pretrained encoder in their sum, in the order of
    /// `EncoderInput.layers`.
    ///
    /// @param modality that the encoder reads
    /// @return empty where no pretrained encoder reads it
    public List<Double> layerShares(Modality modality) {
        return network.layerShares(modality, parameters());
    }

    /// What it takes of a recording.
    public FeatureKind kind() {
        return encoders.audio() == null ? new FeatureExtractor(config.features()) : encoders.audio();
    }

    /// Whether a text holds anything that it reads.
    public boolean reads(@Nullable String text) {
        return reader.reads(text);
    }

    public @Nullable Vocabulary vocabulary() {
        return vocabulary;
    }

    /// How its features are standardised for an unknown speaker, or null where they are read as they are.
    public @Nullable FeatureScaling scaling() {
        return scaling;
    }

    @Override
    public Labels labels() {
        return config.labels();
    }

    @Override
    public boolean perspectivesTrained() {
        return config.perspectivesTrained();
    }

    @Override
    public boolean causal() {
        return true;
    }

    @Override
    public List<String> pretrainedEncoders() {
        return config.encoders().describe();
    }

    @Override
    public String context() {
        return context(config.network());
    }

    @Override
    public NetworkConfig network() {
        return config.network();
    }

    @Override
    public JsonObject configuration() {
        return config.toJson();
    }

    @Override
    public EmotionModel with(RunRecord changedRecord, AnswerRules changedRules) {
        requireOpen();
        return new EmotionModel(this, scaling, reader, changedRules, changedRecord);
    }

    /// The differentiable part: from examples of this model's features, as one batch in the memory of the tape, to
    /// logits.
    public FusedLogits forward(Pass pass, List<Example> examples) {
        return forward(pass, examples, InputRows.AS_READ);
    }

    /// The same where the encoders read other rows than those of the examples, or rows by which is differentiated.
    public FusedLogits forward(Pass pass, List<Example> examples, InputRows read) {
        Batch batch = new Batch(backend(), pass.tape()::room, examples, config.frameSize());
        return fused(pass, network.forward(pass, batch, read));
    }

    @Override
    public boolean readsAudio() {
        return config.network().audio() != null;
    }

    @Override
    public boolean readsText() {
        return config.network().text() != null;
    }

    /// The tokens of a sentence, or null where it holds none or the model does not read.
    public @Nullable Tokens encode(@Nullable String text) {
        return encode(text, _ -> {});
    }

    /// The same.
    ///
    /// @param warnings receives one line where part of a very long sentence is not read
    public @Nullable Tokens encode(@Nullable String text, Consumer<String> warnings) {
        return reader.encode(text, warnings);
    }

    /// What becomes of a text: its tokens in their order, with the rows that stand for each. A token beyond the most
    /// that are read is not among them.
    ///
    /// @return empty where the model does not read or there is no text
    public List<TokenText> tokens(@Nullable String text) {
        return reader.tokens(text);
    }

    /// An utterance as this model takes it.
    ///
    /// @param frames features of its audio, standardised where the model reads them so, or null
    /// @param text   its words, or null
    /// @param times  when each word is spoken, or null; only a fusion of inputs makes use of them
    /// @param label  its class, -1 where it is not known
    public Example example(float @Nullable [] frames, @Nullable String text, @Nullable WordTimes times, int label) {
        return reader.example(frames, text, times, label);
    }

    /// The emotion of a recording, a sentence, or both. The features of the recording and the states of pretrained
    /// encoders are computed on all processors.
    ///
    /// @param audio the recording, at any rate, or null
    /// @param text  the words, or null
    /// @throws BadInputException when the model reads none of what is given
    public Prediction predict(@Nullable Audio audio, @Nullable String text) {
        return predict(audio == null ? null : hear(audio, PROCESSORS), text, null, PROCESSORS);
    }

    /// The emotion of a sentence alone.
    ///
    /// @param text the words
    /// @throws BadInputException when the model does not read text, or it holds no word
    public Prediction predict(String text) {
        Objects.requireNonNull(text, "text");
        return predict((HeardRecording) null, text, null, PROCESSORS);
    }

    /// The emotion of a recording in a file, however long, and a sentence; the file is read window by window.
    ///
    /// @param audio the file; a text alone has a method of its own: [#predict(String)]
    /// @param text  the words, or null
    /// @throws BadInputException when the file cannot be read
    public Prediction predict(Path audio, @Nullable String text) {
        Objects.requireNonNull(audio, "audio");
        requireOpen();
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = AudioFile.open(audio, warnings::add)) {
            return predict(hear(file, warnings, PROCESSORS), text, null, PROCESSORS);
        }
    }

    /// The emotions of several utterances, on all processors; each answer has the same bits as alone.
    ///
    /// @return the answers, in the order of the inputs
    /// @throws BadInputException when one cannot be answered: of the first such one, after its number, from 1
    public List<Prediction> predict(List<PredictionInput> inputs) {
        Objects.requireNonNull(inputs, "inputs");
        requireOpen();
        @Nullable BadInputException[] refusals = new BadInputException[inputs.size()];
        List<Optional<Prediction>> answers = IntStream.range(0, inputs.size())
                .parallel()
                .mapToObj(i -> {
                    PredictionInput input = Objects.requireNonNull(inputs.get(i), () -> "input " + (i + 1));
                    Audio audio = input.audio();
                    try {
                        HeardRecording heard = audio == null ? null : hear(audio, 1);
                        return Optional.of(predict(heard, input.text(), null, 1));
                    } catch (BadInputException e) {
                        refusals[i] = e;
                        return Optional.<Prediction>empty();
                    }
                })
                .toList();
        for (int i = 0; i < refusals.length; i++) {
            BadInputException refusal = refusals[i];
            if (refusal != null) {
                throw new BadInputException("input " + (i + 1) + ": " + refusal.getMessage(), refusal);
            }
        }
        return answers.stream().flatMap(Optional::stream).toList();
    }

    /// The same of a recording as [#hear(AudioFile, List, int)] and its like give it.
    ///
    /// @param recording of a model of the same features, or null
    /// @param times     when each word of `text` is spoken, or null; only a fusion of inputs makes use of it, and
    ///                  only in recordings of one window
    public Prediction predict(@Nullable HeardRecording recording, @Nullable String text, @Nullable WordTimes times) {
        return predict(recording, text, times, 1);
    }

    /// The same of an utterance that is answered alone.
    ///
    /// @param threads at most, for states of a pretrained encoder of text; the answer does not depend on it
    public Prediction predict(
            @Nullable HeardRecording recording, @Nullable String text, @Nullable WordTimes times, int threads) {
        requireOpen();
        List<String> warnings = new ArrayList<>(recording == null ? List.of() : recording.warnings());
        ReadText read = reader.read(text, rules().domain().text(), warnings::add, threads);
        if (text != null && readsText() && read.tokens() == null && recording != null) {
            warnings.add("the text holds no word; it is passed over");
        }
        if (text != null && !readsText()) {
            warnings.add("this model does not read text; it is passed over");
        }
        if (recording != null && !readsAudio()) {
            warnings.add(HeardRecording.NOT_HEARD);
        }
        PredictionAverage average = new PredictionAverage(this);
        SoundDoubts heard = new SoundDoubts();
        if (recording != null && readsAudio()) {
            WordTimes known = recording.whole() ? times : null;
            for (HeardWindow window : recording.windows()) {
                float[] frames = reader.frames(window, rules().domain().sound(), heard, warnings);
                Example timed = reader.timed(frames, text, known, -1);
                ask(timed == null ? new Example(frames, read.tokens(), -1) : timed, logits -> average.add(logits, 0));
            }
        } else if (read.holdsWord()) {
            ask(new Example(null, read.tokens(), -1), logits -> average.add(logits, 0));
        } else {
            throw nothingToAnswer(text);
        }
        return average.prediction(warnings, new Doubts(heard.ofRecording(warnings), read.doubts()));
    }

    /// A recording as this model hears it: its features, window by window, not yet standardised.
    ///
    /// @param threads at most, for the features; they do not depend on how many
    public HeardRecording hear(Audio recording, int threads) {
        return heard(Recording.of(recording), new ArrayList<>(), threads);
    }

    /// The same of an open file, or of one channel of it. Its windows are read as they are asked for, while the file
    /// is open.
    ///
    /// @param warnings where the file puts what it warns of; they go over into the recording and its windows
    public HeardRecording hear(AudioFile recording, List<String> warnings, int threads) {
        return heard(Recording.of(recording), warnings, threads);
    }

    /// The same of a file that is opened and read here, once, for [#adaptedTo] and for [#predict].
    ///
    /// @throws BadInputException when it cannot be read
    public HeardRecording hear(FileAudio recording) {
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = recording.open(warnings::add)) {
            return hear(file, warnings, 1).kept();
        }
    }

    /// The same of a source, whose windows are read as they are asked for.
    public HeardRecording hear(AudioSource recording, int threads) {
        List<AudioSource> windows = SpeechWindows.of(recording, config.windowSeconds());
        return new HeardRecording(
                List.of(),
                () -> windows.stream()
                        .map(window -> reader.hear(window.read(), threads))
                        .iterator(),
                windows.size() == 1);
    }

    private HeardRecording heard(Recording recording, List<String> warnings, int threads) {
        requireOpen();
        List<String> opening = drain(warnings);
        double seconds = config.windowSeconds();
        return new HeardRecording(
                opening,
                () -> StreamSupport.stream(recording.windowsWithSpeech(seconds).spliterator(), false)
                        .map(window -> reader.hear(window, threads).after(drain(warnings)))
                        .iterator(),
                recording.count(seconds) == 1);
    }

    private static List<String> drain(List<String> warnings) {
        List<String> all = List.copyOf(warnings);
        warnings.clear();
        return all;
    }

    /// What makes an answer to an utterance unreliable, as [#predict] finds it.
    ///
    /// @param windows  of its recording, those that count ([SpeechWindows]); empty where there is none
    /// @param cache    of this model's features
    /// @param text     its words, or null
    public Doubts doubts(List<AudioSource> windows, FeatureCache cache, @Nullable String text) {
        SoundDoubts heard = new SoundDoubts();
        if (readsAudio()) {
            for (AudioSource window : windows) {
                HeardWindow its = reader.heard(cache.measured(window), cache.get(window), List.of());
                heard.add(ExampleReader.doubts(its, rules().domain().sound()));
            }
        }
        List<String> ofText =
                reader.read(text, rules().domain().text(), _ -> {}, 1).doubts();
        return new Doubts(heard.ofRecording(new ArrayList<>()), ofText);
    }

    /// The message where there is neither sound nor a word to read.
    private BadInputException nothingToAnswer(@Nullable String text) {
        if (text != null && readsText()) {
            String why = text.isBlank() ? "the text is empty" : "the text \"" + text + "\" holds no word";
            return new BadInputException("predict: " + why + "; give what was said");
        }
        String reads = readsAudio() && readsText() ? "audio and text" : readsAudio() ? "audio" : "text";
        return new BadInputException("predict: this model reads " + reads + ", and none is given; give it some");
    }

    /// The encoders' output for an utterance: the pooled row of each modality, the mean over the windows of a long
    /// recording. A modality that the model does not read or the utterance lacks has none; null where none is
    /// left.
    ///
    /// @param recording as this model hears it, or null
    /// @param warnings  receives what should be known of the recording, one line each
    /// @param threads   at most, on which the vectors do not depend
    /// @return also what makes an answer that rests on them unreliable
    Read vectors(@Nullable HeardRecording recording, @Nullable String text, List<String> warnings, int threads) {
        ReadText read = reader.read(text, rules().domain().text(), warnings::add, threads);
        VectorAverage average = new VectorAverage();
        SoundDoubts heard = new SoundDoubts();
        if (recording != null && readsAudio()) {
            warnings.addAll(recording.warnings());
            for (HeardWindow window : recording.windows()) {
                float[] frames = reader.frames(window, rules().domain().sound(), heard, warnings);
                ask(new Example(frames, read.tokens(), -1), logits -> average.add(logits, 0));
            }
        } else if (read.tokens() != null) {
            ask(new Example(null, read.tokens(), -1), logits -> average.add(logits, 0));
        }
        return new Read(average.vectors(), new Doubts(heard.ofRecording(warnings), read.doubts()));
    }

    /// The encoders' output for an utterance.
    ///
    /// @param vectors null where there was nothing that the model reads
    record Read(@Nullable Vectors vectors, Doubts doubts) {}

    @Override
    public void close() {
        super.close(); // waits for answers that have begun
        tapes.close();
    }

    /// Runs the network on an example.
    ///
    /// @param use what to do with its logits, which are gone afterwards
    private void ask(Example example, Consumer<FusedLogits> use) {
        try (Parameters.Use _ = parameters().use()) {
            tapes.lend(tape -> use.accept(forward(Pass.inference(tape, parameters()), List.of(example))));
        }
    }
}
