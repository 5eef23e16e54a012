package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TinyEncoders;
import dev.parallax.audio.Audio;
import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.AuditedUtterance;
import dev.parallax.audit.Replay;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.audit.attribution.Counterfactual;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.audit.attribution.ViewAttribution;
import dev.parallax.audit.training.TrainingCheck;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Utterance;
import dev.parallax.data.WordTimes;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Network;
import dev.parallax.model.Prediction;
import dev.parallax.model.Starter;
import dev.parallax.model.Turn;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.EncoderFolders;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.EncoderInputs;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.robustness.Robustness;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.trace.TraceFile;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models that read with pretrained encoders, tiny ones with random weights: every way from a request to an answer.
class EncoderTrainingTest {

    private static final int SIZE = 48;

    /// Of what the encoders make of the corpus, which all runs that read it alike have in common.
    @TempDir
    static Path cache;

    @TempDir
    Path folder;

    private Path bert;
    private Path wavlm;

    @BeforeEach
    void encoders() throws IOException {
        bert = TinyEncoders.bert(folder.resolve("bert"));
        wavlm = TinyEncoders.copy("wavlm-base", folder.resolve("wavlm"));
    }

    private ModelRequest reading(EncoderRequest encoders) {
        return ModelRequest.STANDARD
                .withEncoders(encoders)
                .withSetting("training.epochs", "2")
                .withSetting("network.audio.projection", "8")
                .withSetting("network.text.projection", "8")
                .withSetting("network.fusionWidth", "8");
    }

    private TrainingRequest both(String fusion) {
        return TrainingRequest.of()
                .withCorpus(CorpusRequest.of("synthetic:3").withSize(SIZE).withCache(cache))
                .withModel(reading(new EncoderRequest(wavlm, bert)).withFusion(fusion));
    }

    private static TrainingOutcome run(TrainingRequest request, int threads, Remarks remarks) {
        try (Workers workers = new Workers(threads)) {
            return Training.run(request, new ScalarBackend(), workers, remarks);
        }
    }

    private static float[] weights(Model model) {
        float[] values = new float[model.parameters().trainableSize()];
        model.backend().download(model.parameters().values(), values);
        return values;
    }

    /// Every place of fusion, the perspectives trained: the same bits on one thread and on three, and the answers of
    /// the file are those of the run.
    @ParameterizedTest
    @ValueSource(strings = {"late-add", "middle-concat", "transformer", "early-add"})
    void run_fusions_areTheSameOnAnyThreadsAndFromTheFile(String fusion) {
        Path out = folder.resolve("run");
        TrainingOutcome one = run(both(fusion).into(out), 1, Remarks.NONE);
        CorpusRequest apart = CorpusRequest.of("synthetic:3").withSize(SIZE).withCache(folder.resolve("cache"));
        TrainingOutcome three = run(both(fusion).withCorpus(apart), 3, Remarks.NONE);
        assertArrayEquals(weights(one.model()), weights(three.model()));
        List<Utterance> test = one.training()
                .setup()
                .split()
                .select(Part.TEST, one.training().setup().utterances());
        EmotionModel trained = (EmotionModel) one.model();
        Path file = out.resolve(ModelPath.BEST);
        EmotionModel read =
                (EmotionModel) Model.load(file, new ScalarBackend(), new FrozenEncoders.Places(wavlm, bert), null);
        for (Utterance utterance : test.subList(0, 3)) {
            Prediction of =
                    trained.predict(Objects.requireNonNull(utterance.audio()).read(), utterance.text());
            Prediction again =
                    read.predict(Objects.requireNonNull(utterance.audio()).read(), utterance.text());
            assertEquals(of.toJson().toText(), again.toJson().toText());
        }
    }

    /// Where a modality is missing, the other perspective answers.
    @Test
    void predict_oneModality_isAnsweredByItsPerspective() {
        TrainingOutcome outcome = run(both("middle-concat"), 1, Remarks.NONE);
        EmotionModel model = (EmotionModel) outcome.model();
        Prediction words = model.predict((Audio) null, "so glad you came");
        assertNotNull(words.text());
        assertNull(words.audio());
        assertNull(words.fused());
        Utterance any = outcome.training().setup().utterances().getFirst();
        Prediction sound = model.predict(Objects.requireNonNull(any.audio()).read(), null);
        assertNotNull(sound.audio());
        assertNull(sound.text());
    }

    /// The weights of the layers start equal and are learned.
    @Test
    void run_layerWeights_areLearned() {
        Model model = run(both("late-add"), 1, Remarks.NONE).model();
        Map<String, Parameter> byName = byName(model);
        for (String name : List.of("audio.layers.weight", "text.layers.weight")) {
            float[] weights = model.parameters()
                    .value(Objects.requireNonNull(byName.get(name), name))
                    .toArray();
            assertEquals(4, weights.length);
            for (float weight : weights) {
                assertTrue(weight != 0 && Math.abs(weight) < 1, name + " " + weight);
            }
        }
        assertFalse(byName.containsKey("text.embedding.weight"));
    }

    /// Trained blocks start as the encoder's, move, and are carried by the model's file; what stays as it is is not.
    @Test
    void run_trainedBlocks_moveAndAreInTheFile() {
        Path out = folder.resolve("run");
        TrainingRequest request = both("middle-concat")
                .withSetting("encoders.text.trainedFrom", "2")
                .withSetting("encoders.audio.trainedFrom", "3")
                .withSetting("encoders.audio.rank", "2");
        EmotionModel trained =
                (EmotionModel) run(request.into(out), 1, Remarks.NONE).model();
        assertArrayEquals(
                weights(trained), weights(run(request, 3, Remarks.NONE).model()));
        SafeTensors file = SafeTensors.read(out.resolve(ModelPath.BEST));
        assertTrue(file.contains("text.encoder.encoder.layer.1.output.dense.weight"));
        assertFalse(file.contains("text.encoder.encoder.layer.0.output.dense.weight"));
        assertTrue(
                file.contains("audio.encoder.encoder.layers.2.attention.query.loraB"),
                file.names().toString());
        assertFalse(file.contains("audio.encoder.encoder.layers.2.feed_forward.output_dense.weight"));
        float[] start = Checkpoint.open(bert).floats("bert.encoder.layer.1.output.dense.weight");
        float[] end = file.floats("text.encoder.encoder.layer.1.output.dense.weight");
        assertFalse(Arrays.equals(start, end));
        for (int i = 0; i < start.length; i++) {
            assertEquals(start[i], end[i], 0.01);
        }
        EmotionModel read = EmotionModel.load(out.resolve(ModelPath.BEST), new ScalarBackend());
        assertEquals(
                trained.predict((Audio) null, "so glad you came").toJson().toText(),
                read.predict((Audio) null, "so glad you came").toJson().toText());
        assertGradients(read);
    }

    /// Steps of training from a model on hold, through what is trained of its encoders.
    private static void assertGradients(EmotionModel model) {
        try (Workers workers = new Workers(2)) {
            CorpusRequest corpus = CorpusRequest.of("synthetic:3").withSize(SIZE);
            TrainingCheck check = GradientAudit.of(model, corpus, workers, Remarks.NONE);
            assertTrue(check.holds(), check.toString());
        }
    }

    /// Without a step, a model whose blocks are trained answers as one whose encoder is frozen, but for the rounding of
    /// the states between.
    @Test
    void newModel_trainedBlocks_startAsTheEncoder() {
        TrainingRequest frozen = both("late-add");
        EmotionModel one = start(frozen);
        EmotionModel other = start(frozen.withSetting("encoders.text.trainedFrom", "1"));
        Map<String, Parameter> named = byName(one);
        for (Parameter parameter : other.parameters().all()) {
            if (!Network.isOfEncoder(parameter.name())) {
                float[] values = one.parameters()
                        .value(Objects.requireNonNull(named.get(parameter.name())))
                        .toArray();
                other.backend()
                        .upload(values, other.parameters().value(parameter).buffer());
            }
        }
        Example of = one.example(null, "so glad you came", null, 0);
        Example again = other.example(null, "so glad you came", null, 0);
        assertArrayEquals(logits(one, of), logits(other, again), 1e-2f);
    }

    private static Map<String, Parameter> byName(Model model) {
        return model.parameters().all().stream().collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    }

    private static EmotionModel start(TrainingRequest request) {
        TrainingOutcome outcome = run(request.withSetting("training.learningRate", "1e-12"), 1, Remarks.NONE);
        return (EmotionModel) outcome.model();
    }

    private static float[] logits(EmotionModel model, Example example) {
        try (Tape tape = new Tape(model.backend())) {
            return Objects.requireNonNull(model.forward(Pass.inference(tape, model.parameters()), List.of(example))
                            .text())
                    .logits()
                    .value()
                    .toArray();
        }
    }

    /// One encoder leaves the other modality as it was.
    @Test
    void run_textEncoderAlone_readsFeaturesOfTheAudio() {
        List<String> lines = new ArrayList<>();
        TrainingRequest request = TrainingRequest.of()
                .withCorpus(CorpusRequest.of("synthetic:3").withSize(SIZE))
                .withModel(reading(EncoderRequest.ofText(bert)).withSetting("network.audio.projection", "0"));
        EmotionModel model = (EmotionModel) run(request, 1, new Remarks() {
                    @Override
                    public void log(String line) {
                        lines.add(line);
                    }
                })
                .model();
        assertNull(model.config().encoders().audio());
        assertTrue(
                lines.contains(
                        "text encoder: bert, layers 0 to 3 of width 32, frozen, licence not named in its folder"),
                lines.toString());
        String weights =
                "weights of the text encoder: " + bert.resolve("model.safetensors") + ": safetensors, 62 tensors";
        String heads = "; 7 are not the encoder's and not read: ";
        assertTrue(lines.stream().anyMatch(line -> line.startsWith(weights) && line.contains(heads)), lines.toString());
    }

    /// Adaptation to a speaker: states are standardised over his or her recordings.
    @Test
    void adaptedTo_statesOfTheSpeaker() {
        TrainingRequest request = both("late-add");
        TrainingOutcome outcome = run(request.withSetting("network.standardization", "SPEAKER"), 1, Remarks.NONE);
        EmotionModel model = (EmotionModel) outcome.model();
        List<Utterance> some = outcome.training().setup().utterances().subList(0, FeatureScaling.LEAST_OF_SPEAKER);
        EmotionModel adapted = model.adaptedTo(
                "ann",
                some.stream()
                        .map(utterance -> model.hear(
                                Objects.requireNonNull(utterance.audio()).read(), 1))
                        .toList());
        Prediction before =
                model.predict(Objects.requireNonNull(some.getFirst().audio()).read(), null);
        Prediction after =
                adapted.predict(Objects.requireNonNull(some.getFirst().audio()).read(), null);
        assertFalse(before.decision().probabilities().equals(after.decision().probabilities()));
        assertTrue(after.warnings().getFirst().startsWith("features are adapted to speaker ann"));
    }

    /// With the times of words each token has the frames of its word; the encoder's first and last token have none.
    @Test
    void example_times_areThoseOfTheWordsOfTokens() {
        EmotionModel model =
                (EmotionModel) run(both("early-add"), 1, Remarks.NONE).model();
        String text = "so gladly came";
        WordTimes times = WordTimes.parse("0.10-0.20 0.20-0.50 0.52-0.54", text, "test");
        float[] frames = new float[model.config().frameSize() * 50];
        int[] spans = Objects.requireNonNull(
                Objects.requireNonNull(model.example(frames, text, times, 0).tokens())
                        .spans());
        // [CLS] so glad ##l ##y came [SEP], frames of 20 ms
        assertArrayEquals(new int[] {-1, -1, 5, 10, 10, 25, 10, 25, 10, 25, 26, 27, -1, -1}, spans);
    }

    /// Dialogues of sentences: the first stage reads with the encoder, and the model of dialogues finds it again.
    @Test
    void run_dialogues_firstStageReadsWithEncoders() throws IOException {
        StringBuilder manifest = new StringBuilder("id,text,emotion,dialogue,turn,speaker,split\n");
        for (int i = 0; i < 24; i++) {
            String emotion = i % 2 == 0 ? "joy" : "anger";
            String split = i < 12 ? "train" : i < 18 ? "val" : "test";
            manifest.append(String.join(",", "u" + i, i % 2 == 0 ? "so glad" : "no way", emotion, "d" + i / 3))
                    .append("," + i % 3 + ",s" + i / 3 + "," + split + "\n");
        }
        Path csv = Files.writeString(folder.resolve("dialogues.csv"), manifest);
        Path out = folder.resolve("run");
        ModelRequest model = ModelRequest.STANDARD
                .withLevel(Level.DIALOGUE)
                .withEncoders(EncoderRequest.ofText(bert))
                .withSetting("training.epochs", "1")
                .withSetting("first.training.epochs", "1");
        CorpusRequest corpus = RecordJson.with(CorpusRequest.of("manifest:" + csv), "cache", folder.resolve("cache"));
        TrainingRequest request =
                TrainingRequest.of().withCorpus(corpus).withModel(model).into(out);
        DialogueModel trained = (DialogueModel) run(request, 2, Remarks.NONE).model();
        assertNotNull(
                Objects.requireNonNull(trained.first()).config().encoders().text());
        DialogueModel read = (DialogueModel) Model.load(out.resolve(ModelPath.BEST), new ScalarBackend());
        List<Turn> turns = List.of(new Turn(null, "so glad you came", null), new Turn(null, "you came", null));
        assertEquals(
                trained.predict(turns).getLast().toJson().toText(),
                read.predict(turns).getLast().toJson().toText());
        assertEquals(
                trained.predict(turns).getLast().toJson().toText(),
                read.predict(turns, 3).getLast().toJson().toText());
        assertNotNull(ModelPath.of(out).encoders().text());
        Set<Path> kept = files(folder.resolve("cache"));
        EvaluationRequest asked = EvaluationRequest.of(out).withCorpus(corpus).withRobustness();
        Robustness robustness = Objects.requireNonNull(evaluate(asked).robustness());
        assertEquals(4, robustness.rows().size(), "clean and three of words");
        assertEquals(kept, files(folder.resolve("cache")), "states of wrong words are not kept");
    }

    private static Set<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    /// A run that was stopped goes on, and evaluation finds the encoder where the user says.
    @Test
    void evaluate_encoderThatMoved_isTakenFromWhereTheUserSays() throws IOException {
        Path out = folder.resolve("run");
        run(both("late-add").into(out), 1, Remarks.NONE);
        EvaluationRequest request = new EvaluationRequest(
                out, CorpusRequest.of("synthetic:3").withSize(SIZE), Part.TEST, false, new EncoderRequest(wavlm, bert));
        EvaluationOutcome outcome = evaluate(request);
        assertFalse(outcome.evaluation().scores().isEmpty());
        Files.writeString(bert.resolve("vocab.txt"), "[UNK]\n");
        String refusal = Refusal.of(() -> evaluate(request));
        assertTrue(refusal.contains("not the encoder of this model: it needs bert with hash "), refusal);
    }

    /// The folder of a run notes where the encoders were; it may carry them, which are then found before.
    @Test
    void load_encodersBesideTheModel_areFound() throws IOException {
        Path out = folder.resolve("run");
        Model trained = run(both("late-add").into(out), 1, Remarks.NONE).model();
        Files.move(bert, EncoderFolders.beside(out, EncoderKind.TEXT));
        Files.move(wavlm, EncoderFolders.beside(out, EncoderKind.SPEECH));
        EmotionModel read = EmotionModel.load(out.resolve(ModelPath.BEST), new ScalarBackend());
        assertArrayEquals(weights(trained), weights(read));
        assertNotNull(read.predict((Audio) null, "so glad").text());
    }

    @Test
    void encoders_ofModelPath_areThoseOfTheFile() {
        Path out = folder.resolve("run");
        run(both("late-add").into(out), 1, Remarks.NONE);
        EncoderInputs encoders = ModelPath.of(out).encoders();
        assertEquals("wavlm", Objects.requireNonNull(encoders.audio()).name());
        assertEquals("bert", Objects.requireNonNull(encoders.text()).name());
        assertEquals(EncoderInputs.NONE, ModelPath.of(null).encoders());
        Path plain = folder.resolve("plain.safetensors");
        try (Model starter = Starter.load(new ScalarBackend())) {
            starter.save(plain);
        }
        assertEquals(EncoderInputs.NONE, ModelPath.of(plain).encoders());
        assertEquals(0, ModelPath.of(plain).encoderWork(true, "so glad"));
        double sentence = ModelPath.of(out).encoderWork(false, "so glad you came");
        EncoderInput reader = Objects.requireNonNull(encoders.text());
        assertEquals(12.0 * reader.width() * reader.width() * reader.layers().getLast() * 4, sentence);
        assertTrue(ModelPath.of(out).encoderWork(true, "so glad you came") > sentence);
    }

    @Test
    void run_encoderThatCannotBeUsed_isRefusedInOneLine() {
        TrainingRequest request = both("late-add");
        String unknown = Refusal.of(() -> run(
                request.withModel(request.model().withEncoders(EncoderRequest.ofText(Path.of("no-such-encoder")))),
                1,
                Remarks.NONE));
        assertTrue(unknown.startsWith("no-such-encoder: no such folder, and none of that name in "), unknown);
        String features =
                Refusal.of(() -> run(request.withModel(request.model().withFeatures("functionals")), 1, Remarks.NONE));
        assertEquals("‹features›: the states of ‹audio-encoder› stand in their place; give one of both", features);
        assertEquals(
                "settings: encoders.text.trainedFrom=9: the encoder has the blocks 1 to 3",
                Refusal.of(() -> run(request.withSetting("encoders.text.trainedFrom", "9"), 1, Remarks.NONE)));
        assertEquals(
                "‹set network.embedding=50›: nothing reads it, since the states of ‹text-encoder› are read; leave it out",
                Refusal.of(() -> run(request.withSetting("network.embedding", "50"), 1, Remarks.NONE)));
        String lone = Refusal.of(() -> run(request.withSetting("encoders.text.rank", "4"), 1, Remarks.NONE));
        assertTrue(lone.contains("rank is 4 and no block is trained"), lone);
        TrainingRequest wide =
                request.withSetting("encoders.text.trainedFrom", "1").withSetting("encoders.text.rank", "33");
        assertEquals(
                "settings: encoders.text.rank=33: must be at most the width of the encoder's states, 32",
                Refusal.of(() -> run(wide, 1, Remarks.NONE)));
        String layer = Refusal.of(() -> run(request.withSetting("encoders.audio.layers", "first"), 1, Remarks.NONE));
        assertTrue(layer.startsWith("settings: encoders.audio.layers: \"first\" is no layer of this encoder"), layer);
        ModelRequest wordless = request.model().withModalities(Modality.AUDIO);
        assertEquals(
                "‹text-encoder›: this model does not read text; leave it out",
                Refusal.of(() -> run(request.withModel(wordless), 1, Remarks.NONE)));
    }

    /// An encoder that is damaged is no fault of the first text or of all recordings.
    @Test
    void run_damagedEncoder_isRefusedByItsFile() throws IOException {
        TrainingRequest request = both("late-add");
        Path heard = wavlm.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(heard);
        Files.write(heard, Arrays.copyOf(whole, whole.length / 2));
        String cut = Refusal.of(() -> run(request, 1, Remarks.NONE));
        assertTrue(cut.startsWith(heard + ": the tensors take "), cut);
        Files.write(heard, whole);
        Path config = bert.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\"vocab_size\": \\d+", "\"vocab_size\": 9"));
        String other = Refusal.of(() -> run(request, 1, Remarks.NONE));
        assertTrue(other.startsWith(bert.resolve("model.safetensors") + ": tensor \"embeddings.word"), other);
        Files.delete(bert.resolve("vocab.txt"));
        String wordless = Refusal.of(() -> run(request, 1, Remarks.NONE));
        assertTrue(wordless.startsWith(bert + ": has no tokenizer that can be read"), wordless);
    }

    /// What is said of an encoder that is not there is refused, not passed over.
    @Test
    void run_settingsOfNoEncoder_areRefused() {
        TrainingRequest request = both("late-add");
        TrainingRequest heard = request.withModel(reading(EncoderRequest.ofAudio(wavlm)));
        assertEquals(
                "settings: encoders.text: nothing reads it, since no ‹text-encoder› is given; leave it out",
                Refusal.of(() -> run(heard.withSetting("encoders.text.layers", "1"), 1, Remarks.NONE)));
        TrainingRequest none = request.withModel(reading(EncoderRequest.NONE.carrying()));
        assertEquals(
                "‹carry-encoders›: the model reads with no pretrained encoder; leave it out",
                Refusal.of(() -> run(none, 1, Remarks.NONE)));
    }

    /// A study over both encoders: strategies, losses, perspectives alone, linear models.
    @Test
    void study_tinySpeechEncoderAndTextEncoder() {
        StudyRequest request = StudyRequest.of(folder.resolve("study"), "synthetic:3")
                .withModel(reading(new EncoderRequest(wavlm, bert)).withSetting("training.epochs", "1"));
        StudyRequest small = RecordJson.with(
                RecordJson.with(
                        RecordJson.with(
                                request,
                                "corpus",
                                CorpusRequest.of("synthetic:3").withSize(SIZE)),
                        "fusions",
                        List.of("late-add", "middle-gated")),
                "losses",
                List.of(Loss.FUSED, Loss.PERSPECTIVE));
        Backend backend = new ScalarBackend();
        StudyOutcome outcome = Study.run(small, backend, 2, Remarks.NONE);
        assertTrue(outcome.toJson().toText().contains("middle-gated"));
    }

    /// What was learned on the states of one encoder does not go on with those of another.
    @Test
    void run_resumedWithAnotherEncoder_isRefused() throws IOException {
        Path out = folder.resolve("run");
        TrainingRequest request = both("late-add").into(out);
        run(request, 1, Remarks.NONE);
        run(RecordJson.with(request, "resume", true), 1, Remarks.NONE);
        Path config = bert.resolve("config.json");
        Files.writeString(config, Files.readString(config) + "\n"); // another hash
        String refusal = Refusal.of(() -> run(RecordJson.with(request, "resume", true), 1, Remarks.NONE));
        assertTrue(refusal.contains("by a run with other settings or data"), refusal);
    }

    /// An answer can be followed through trained blocks of an encoder; the states below are a step of their own.
    @Test
    void audit_modelOfEncoders_holds() {
        Path out = folder.resolve("run");
        run(both("late-add").into(out), 1, Remarks.NONE);
        EmotionModel read = EmotionModel.load(out.resolve(ModelPath.BEST), new ScalarBackend());
        assertGradients(read);
        Audio sound = new Audio(new float[8000], 16_000);
        for (int i = 0; i < sound.samples().length; i++) {
            sound.samples()[i] = (float) Math.sin(i * 0.05) * 0.2f;
        }
        UtteranceAudit audit = UtteranceAudit.of(read, List.of(sound), "so glad");
        assertEquals(
                2,
                audit.trace().steps().stream()
                        .filter(step -> step.action().what().equals("states of a pretrained encoder"))
                        .count());
        TraceFile.write(
                folder,
                AuditSubject.of(read, "run", null, null, List.of(AuditedUtterance.of(null, null, audit)))
                        .toJson(),
                audit.trace());
        Replay.Report report = Replay.of(TraceFile.read(folder), read);
        assertEquals(List.of(), report.faults());
        assertTrue(report.findings().size() > 20);
        Explanation found = Explanation.of(read, audit, true);
        assertTrue(found.attributions().stream().allMatch(ViewAttribution::complete), found::toString);
        assertEquals(List.of("so", "glad"), found.words());
        assertEquals(2, found.decided().words().size());
        Counterfactual replaced = found.counterfactuals().get(1);
        assertEquals(Counterfactual.Kind.REPLACE, replaced.kind());
        assertTrue(Objects.requireNonNull(replaced.obstacle()).startsWith("a pretrained encoder reads the text"));
    }

    private static EvaluationOutcome evaluate(EvaluationRequest request) {
        try (Workers workers = new Workers(1)) {
            return ModelEvaluation.run(request, new ScalarBackend(), workers, Remarks.NONE);
        }
    }
}
