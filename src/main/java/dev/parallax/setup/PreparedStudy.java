package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.verify.ClassReview;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Choice;
import dev.parallax.io.Nearest;
import dev.parallax.model.EpochChoice;
import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.setup.request.GroupsRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.setup.request.TriedSetting;
import dev.parallax.study.DecisionRule;
import dev.parallax.study.StudyDesign;
import dev.parallax.study.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A study that is ready for training.
///
/// @param request  for which it was prepared
/// @param base     what all its cells have in common
/// @param design   the study
/// @param variants the settings of each variant, by its name
/// @param groups   by the name of each column, the group of each utterance, by id; none where none were named
public record PreparedStudy(
        StudyRequest request,
        PreparedTraining base,
        StudyDesign design,
        Map<String, RunSettings> variants,
        Map<String, Map<String, String>> groups) {

    private static final String SYNERGY_EPOCHS = "80"; // after 20 no fusion is above those that add
    private static final String FEATURES = "features";

    /// Opens the corpora, computes features, and makes the folds.
    ///
    /// @param backend that computes states of pretrained encoders
    /// @param threads that read recordings, at least 1
    static PreparedStudy of(StudyRequest request, Backend backend, int threads, Remarks remarks) {
        List<String> asked = strategies(request, remarks);
        requireLosses(request, asked);
        requireFused(request, asked);
        TrainingPreparation.requireSettings(request.model(), defaults(request), false);
        Map<String, RunSettings> variants = variants(request);
        requireProtocols(request, variants.size());
        requireChooser(request, variants);
        GroupsRequest named = request.groups();
        UtteranceGroups table = named == null ? UtteranceGroups.NONE : UtteranceGroups.read(named);
        PreparedTraining base = base(request, backend, threads, remarks);
        Map<String, Map<String, String>> groups = table.of(base.setup().utterances());
        List<Split> folds = base.folds();
        for (int fold = 1; fold < folds.size(); fold++) { // the first was said
            String name = "fold " + (fold + 1) + ": ";
            Split split = folds.get(fold);
            new ClassReview(split, base.setup().utterances(), base.corpora().labels())
                    .lines()
                    .forEach(line -> remarks.warn(name + line));
            if (split.how().contains(Split.SAME_SOUND) || split.how().contains(Split.VALIDATED_ON_TRAINED)) {
                remarks.warn(name + split.how());
            }
        }
        StudyDesign design = new StudyDesign(
                base.setup(),
                folds,
                possible(asked, request, base, remarks),
                request.losses().stream().distinct().toList(),
                request.seeds(),
                variants.entrySet().stream()
                        .map(variant -> new Variant(
                                variant.getKey(),
                                spec(base.setup().plan(), variant.getValue()),
                                variant.getValue().training()))
                        .toList(),
                inner(request, base, folds),
                request.equalSizes());
        return new PreparedStudy(request, base, design, variants, groups);
    }

    /// The fusions that were requested; none where only one perspective is read and all were requested.
    private static List<String> possible(
            List<String> asked, StudyRequest request, PreparedTraining base, Remarks remarks) {
        NetworkConfig network = base.setup().plan().network();
        if (all(request) && (network.audio() == null || network.text() == null)) {
            request.losses().forEach(loss -> LossCheck.require(network, "losses", loss));
            remarks.log("strategies: none; one perspective is read, so nothing is fused");
            return List.of();
        }
        return asked;
    }

    private static boolean all(StudyRequest request) {
        return request.fusions().isEmpty() || request.fusions().equals(List.of("all"));
    }

    /// The folds of each fold's inner cross-validation; none where validation parts choose.
    private static List<List<Split>> inner(StudyRequest request, PreparedTraining base, List<Split> folds) {
        String protocol = request.tuneBy();
        if (protocol == null) {
            return List.of();
        }
        List<List<Split>> inner = new ArrayList<>();
        for (Split fold : folds) {
            List<Utterance> known =
                    new ArrayList<>(fold.select(Part.TRAIN, base.setup().utterances()));
            known.addAll(fold.select(Part.VAL, base.setup().utterances()));
            inner.add(foldsOf("tune-by", protocol, base.splitter(known), List.of()));
        }
        return inner;
    }

    /// The folds of a protocol that a study calls by another name; so do refusals.
    private static List<Split> foldsOf(String part, String protocol, Splitter splits, List<Protocol> own) {
        try {
            return splits.byName(protocol, own);
        } catch (BadInputException e) {
            throw renamed(part, e);
        }
    }

    private static BadInputException renamed(String part, BadInputException refusal) {
        String message = String.valueOf(refusal.getMessage()).replaceAll("‹protocol(?=[ ›])", "‹" + part);
        return new BadInputException(message, refusal);
    }

    /// Refuses names that are no protocol's, and an inner rotation with nothing to choose.
    private static void requireProtocols(StudyRequest request, int variants) {
        List<String> places = request.corpus().places();
        requireProtocol("folds", request.folds(), request, places.size() == 1 ? places : List.of());
        String inner = request.tuneBy();
        requireProtocol("tune-by", inner, request, List.of());
        if (inner != null && variants < 2) {
            throw new BadInputException("‹tune-by " + inner + "›: there is nothing to choose; name settings to try"
                    + " with ‹tune KEY=A,B›");
        }
    }

    /// Refuses settings to be tried where no part is left that could choose among them.
    private static void requireChooser(StudyRequest request, Map<String, RunSettings> variants) {
        boolean chosen = variants.values().stream()
                .noneMatch(settings -> settings.training().chosenOn() == EpochChoice.NOTHING);
        if (variants.size() > 1 && request.tuneBy() == null && !chosen) {
            throw new BadInputException("study: training.chosenOn=nothing leaves no validation part to choose among the"
                    + " settings of ‹tune›; name what chooses with ‹tune-by›, or leave one of them out");
        }
    }

    /// @param places corpora whose own protocols may be named
    private static void requireProtocol(
            String part, @Nullable String protocol, StudyRequest request, List<String> places) {
        if (protocol == null) {
            return;
        }
        try {
            Splitter.requireName(
                    protocol,
                    request.model().level() == Level.DIALOGUE,
                    places.stream()
                            .flatMap(place -> Corpora.protocols(place).stream())
                            .toList());
        } catch (BadInputException e) {
            throw renamed(part, e);
        }
    }

    /// Refuses fusions by name where one perspective alone is read.
    private static void requireFused(StudyRequest request, List<String> strategies) {
        List<Modality> read = request.model().modalities();
        if (!all(request) && !strategies.isEmpty() && read.stream().distinct().count() == 1) {
            throw new BadInputException("‹fusions " + String.join(",", strategies) + "›: with ‹modalities "
                    + read.getFirst().word() + "› one perspective is read, so nothing is fused; leave one of them out");
        }
    }

    private static ModelSpec spec(ModelSpec base, RunSettings settings) {
        ModelSpec sized = base.withNetwork(settings.network());
        if (!(sized instanceof UtteranceModelSpec single)) {
            return sized;
        }
        UtteranceModelSpec own = single.withFeatures(settings.features());
        HeadCheck.ofUtterances(own, "network");
        return own;
    }

    private static PreparedTraining base(StudyRequest request, Backend backend, int threads, Remarks remarks) {
        String protocol = request.folds();
        Level level = request.model().level();
        TrainingPreparation preparation = new TrainingPreparation(
                request.corpus(),
                request.model(),
                TrainingStart.RANDOM,
                (splits, own) -> StudyDesign.complete(
                        protocol == null ? List.of(splits.standard()) : foldsOf("folds", protocol, splits, own)),
                request.splitSeed(),
                true,
                1,
                backend,
                threads,
                remarks);
        return preparation.of(CorpusSet.open(request.corpus(), level, remarks), defaults(request));
    }

    /// On the embedded corpus the small models of the demo, unless the request says otherwise. Where only both
    /// perspectives together determine the emotions, they are trained for longer.
    private static RunSettings defaults(StudyRequest request) {
        ModelRequest model = request.model();
        String features = model.features() == null ? "speech" : model.features();
        if (model.level() == Level.DIALOGUE) {
            return RunSettings.dialogue(features);
        }
        boolean made = request.corpus().places().stream().allMatch(place -> place.startsWith("synthetic:"));
        if (!made || model.settings().preset() != null || model.features() != null) {
            return RunSettings.standard(features);
        }
        DemoSettings small = DemoSettings.standard(1);
        RunSettings settings = new RunSettings(small.features(), small.network(), small.training());
        Double synergy = request.corpus().synergy();
        return synergy != null && synergy > 0
                ? settings.with("training.epochs", SYNERGY_EPOCHS, "‹synergy›")
                : settings;
    }

    /// The fusions that were requested; decisions that every study has may be named too.
    private static List<String> strategies(StudyRequest request, Remarks remarks) {
        if (all(request)) {
            List<String> possible = Fusions.all().stream()
                    .filter(strategy -> strategy.causal() || !request.model().causal())
                    .map(Fusions.Strategy::name)
                    .toList();
            Fusions.names().stream()
                    .filter(name -> !possible.contains(name))
                    .forEach(name -> remarks.log("left out " + name + ": it cannot be causal"));
            return possible;
        }
        List<String> always = new ArrayList<>(Choice.words(Modality.class));
        always.addAll(Choice.words(DecisionRule.class));
        List<String> known = new ArrayList<>(Fusions.names());
        known.addAll(always);
        for (String name : request.fusions()) {
            if (!known.contains(name)) {
                throw new BadInputException(
                        "‹fusions›: \"" + name + "\" is not one of " + known + " or all" + Nearest.hint(name, known));
            }
        }
        return request.fusions().stream()
                .filter(name -> !always.contains(name))
                .distinct()
                .toList();
    }

    private static void requireLosses(StudyRequest request, List<String> strategies) {
        request.losses().forEach(loss -> LossCheck.beforeReading(request.model(), "losses", loss));
        if (strategies.isEmpty() && !request.losses().contains(Loss.FUSED)) {
            String losses = request.losses().stream().map(Loss::word).collect(Collectors.joining(","));
            throw new BadInputException("‹losses " + losses + "›: audio, text and decision-* are trained apart, and one"
                    + " perspective by itself has but one loss; name a fusion that is trained as a whole, one of "
                    + Fusions.names() + ", or take ‹losses fused›");
        }
    }

    /// All combinations of the values to be tried, each refused where it is wrong; one without a name where there are
    /// none.
    private static Map<String, RunSettings> variants(StudyRequest request) {
        Map<String, RunSettings> variants = new LinkedHashMap<>();
        variants.put("", TrainingPreparation.settings(request.model(), defaults(request)));
        for (TriedSetting setting : request.tried()) {
            String key = setting.key();
            requireTriable(key, request.model().level());
            Map<String, RunSettings> more = new LinkedHashMap<>();
            for (String value : setting.values()) {
                String where = "‹tune " + key + "=" + String.join(",", setting.values()) + "›";
                variants.forEach((name, settings) -> more.put(
                        (name.isEmpty() ? "" : name + " ") + key + "=" + value,
                        key.equals(FEATURES) ? settings.withFeatures(value) : settings.tried(key, value, where)));
            }
            variants = more;
        }
        return variants;
    }

    private static void requireTriable(String key, Level level) {
        if (key.equals("training.seed")) {
            throw new BadInputException("‹tune training.seed›: seeds are repeated, not chosen; take ‹seeds N›");
        }
        boolean ofFeatures = key.equals(FEATURES) || key.startsWith(FEATURES + ".");
        if (!ofFeatures && !key.startsWith("network.") && !key.startsWith("training.")) {
            throw new BadInputException(
                    "‹tune " + key + "›: only features and settings of network and training can be tried");
        }
        if (ofFeatures && level == Level.DIALOGUE) {
            throw new BadInputException("‹tune " + key + "›: models of dialogues read vectors, not features");
        }
    }
}
