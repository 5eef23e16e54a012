package dev.parallax.cli.demo;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Table;
import dev.parallax.cli.train.ScoreTable;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.setup.RunSettings;
import dev.parallax.setup.TrainingRemarks;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.RecordedRequest;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.SettingsFile;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The four models of the demo, trained on the same split.
///
/// @param audio       reads audio alone
/// @param text        reads text alone
/// @param single      reads both, trained with the loss of the fused answer alone
/// @param perspective reads both, trained with a loss term for each perspective too
record DemoModels(
        TrainingRun.Result audio, TrainingRun.Result text, TrainingRun.Result single, TrainingRun.Result perspective) {

    /// Their names, in their order.
    static final List<String> NAMES =
            List.of("audio alone", "text alone", "fused, single loss", "fused, perspective loss");

    /// All, in the order of [#NAMES].
    List<TrainingRun.Result> all() {
        return List.of(audio, text, single, perspective);
    }

    /// The model that was trained with the perspective loss.
    EmotionModel model() {
        return (EmotionModel) perspective.model(); // the embedded corpus is one of single utterances
    }

    /// Trains the four. Each records the request by which `train` would make it, so that it can be reproduced.
    static DemoModels train(
            RunSettings settings,
            EmbeddedCorpus corpus,
            Split split,
            FeatureCache cache,
            Backend backend,
            Workers workers,
            Console console) {
        NetworkConfig network = settings.network();
        List<NetworkConfig> networks =
                List.of(network.withModalities(true, false), network.withModalities(false, true), network, network);
        List<TrainingRun.Result> results = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            Loss loss = i == 2 ? Loss.FUSED : Loss.PERSPECTIVE;
            TrainingConfig training = settings.training().with("loss", loss);
            TrainingSetup setup = new TrainingSetup(
                            List.of("synthetic"),
                            corpus.utterances(),
                            split,
                            new UtteranceModelSpec(
                                    corpus.labels(),
                                    settings.features(),
                                    networks.get(i),
                                    settings.tokenizer(),
                                    settings.subwords(),
                                    settings.vocabulary()),
                            training)
                    .withSyntheticSpeech(List.of("synthetic: " + SyntheticSpeech.BY_RULES))
                    .withRequest(RecordedRequest.of(request(settings, corpus, networks.get(i), loss))
                            .toJson());
            String name = NAMES.get(i);
            TrainingRemarks progress = new TrainingRemarks(console, name + ", ", training, false);
            TrainingRun.Result result =
                    TrainingRun.of(setup, cache, backend, workers).run(null, false, progress);
            results.add(result);
            console.log(String.format(
                    Locale.ROOT,
                    "%-24s trained %s in %.1f s",
                    name,
                    Count.of(result.history().size(), "epoch"),
                    result.seconds()));
        }
        return new DemoModels(results.get(0), results.get(1), results.get(2), results.get(3));
    }

    private static TrainingRequest request(
            RunSettings settings, EmbeddedCorpus corpus, NetworkConfig network, Loss loss) {
        SettingsFile all = new SettingsFile("the demo's settings", settings.toJson());
        ModelRequest model = ModelRequest.STANDARD
                .withModalities(Stream.of(Modality.values())
                        .filter(modality -> (modality == Modality.AUDIO ? network.audio() : network.text()) != null)
                        .toArray(Modality[]::new))
                .withSettings(new SettingChanges(null, all, List.of()))
                .withLoss(loss);
        String place = "synthetic:" + corpus.settings().seed();
        return TrainingRequest.of(place)
                .withCorpus(CorpusRequest.of(place).withSize(corpus.utterances().size()))
                .withModel(model);
    }

    /// The table of the demo: one row per model, one column per perspective, the ceilings above, the majority
    /// below.
    List<String> table(SyntheticCeilings ceilings, int classes) {
        Table table = new Table(List.of("accuracy on the test part", "fused", "audio", "text"));
        table.row(List.of(
                "ceiling (no model can do better)",
                Table.number(ceilings.fused()),
                Table.number(ceilings.audio()),
                Table.number(ceilings.text())));
        for (int i = 0; i < NAMES.size(); i++) {
            TrainingRun.Result result = all().get(i);
            table.row(
                    List.of(NAMES.get(i), cell(result, View.FUSED), cell(result, View.AUDIO), cell(result, View.TEXT)));
        }
        String majority = Table.number(1.0 / classes);
        table.row(List.of("majority (always one class)", majority, majority, majority));
        return table.lines();
    }

    private static String cell(TrainingRun.Result result, View view) {
        Scores scores = result.test().get(view);
        if (scores == null) {
            return "-";
        }
        double accuracy = accuracy(scores);
        double error = SyntheticCeilings.standardError(accuracy, size(scores));
        String cell = String.format(Locale.ROOT, "%.3f ±%.3f", accuracy, error);
        return ScoreTable.isTaught(result.model(), view) ? cell : "[" + cell + "]";
    }

    /// The accuracy of a view on the test part, NaN where there is none.
    static double accuracy(@Nullable Scores scores) {
        return scores == null ? Double.NaN : scores.metrics().weightedAccuracy();
    }

    /// How many utterances were scored, 1 where there are none.
    static int size(@Nullable Scores scores) {
        return scores == null ? 1 : scores.metrics().confusion().total();
    }
}
