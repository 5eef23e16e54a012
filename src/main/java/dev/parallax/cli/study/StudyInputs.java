package dev.parallax.cli.study;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.demo.DemoSettings;
import dev.parallax.cli.setup.CorpusSet;
import dev.parallax.cli.setup.DialogueTrainPlan;
import dev.parallax.cli.setup.RunSettings;
import dev.parallax.cli.setup.StartChoice;
import dev.parallax.cli.setup.TrainPlan;
import dev.parallax.cli.setup.Usable;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.verify.ClassReview;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.Nearest;
import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.study.StudyDesign;
import dev.parallax.study.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `study` was asked for.
///
/// @param base     what all its cells have in common
/// @param plan     the study
/// @param variants the settings of each variant, by its name
record StudyInputs(TrainPlan base, StudyDesign plan, Map<String, RunSettings> variants) {

    static final int SEEDS = 3;
    private static final String SYNERGY_EPOCHS = "80"; // after 20 nothing that fuses is above what adds
    private static final String FEATURES = "features";
    private static final List<String> LOSSES = List.of("fused", "perspective");
    private static final List<String> SIZES = List.of("equal", "as-set");

    /// Reads the options, opens the corpora, computes features, and makes the folds.
    static StudyInputs of(Arguments arguments, Console console) {
        List<String> asked = strategies(arguments, console);
        List<Boolean> losses = losses(arguments, asked);
        String sizes = arguments.text("sizes", SIZES.getFirst());
        TrainPlan.oneOf("--sizes", sizes, SIZES);
        List<Split> folds = new ArrayList<>();
        TrainPlan.Wishes wishes = new TrainPlan.Wishes(true, 1, (given, splits, own) -> {
            String name = given.text("folds");
            folds.addAll(name == null ? List.of(splits.standard()) : splits.byName(name, own));
            return folds.getFirst();
        });
        TrainPlan base = base(arguments, wishes, console);
        folds.replaceAll(fold -> Usable.recorded(fold, base.leftOut()));
        for (int fold = 1; fold < folds.size(); fold++) { // the first was said
            String name = "fold " + (fold + 1) + ": ";
            Split split = folds.get(fold);
            new ClassReview(split, base.setup().utterances(), base.corpora().labels())
                    .lines()
                    .forEach(line -> console.warn(name + line));
            if (split.how().contains(Split.SAME_SOUND)) {
                console.warn(name + split.how());
            }
        }
        List<String> strategies = possible(asked, base, arguments, console);
        Map<String, RunSettings> variants = variants(arguments, base);
        StudyDesign plan = new StudyDesign(
                base.setup(),
                folds,
                strategies,
                losses,
                arguments.count("seeds", SEEDS),
                variants.entrySet().stream()
                        .map(variant -> new Variant(
                                variant.getKey(),
                                plan(base.setup().plan(), variant.getValue()),
                                variant.getValue().training()))
                        .toList(),
                inner(arguments, base, folds, variants.size()),
                sizes.equals(SIZES.getFirst()));
        return new StudyInputs(base, plan, variants);
    }

    /// Those that are asked for, none where but one perspective is read and all were asked for.
    private static List<String> possible(List<String> asked, TrainPlan base, Arguments arguments, Console console) {
        NetworkConfig network = base.setup().plan().network();
        boolean all =
                arguments.list("fusions").isEmpty() || arguments.list("fusions").equals(List.of("all"));
        if (all && (network.audio() == null || network.text() == null)) {
            console.log("strategies: none; one perspective is read, so nothing is fused");
            return List.of();
        }
        return asked;
    }

    /// The folds of each fold's inner rotation; none where validation parts choose.
    private static List<List<Split>> inner(Arguments arguments, TrainPlan base, List<Split> folds, int variants) {
        String protocol = arguments.text("tune-by");
        if (protocol == null) {
            return List.of();
        }
        if (variants < 2) {
            throw new BadInputException("--tune-by " + protocol + ": there is nothing to choose; name settings to try"
                    + " with --tune KEY=A,B");
        }
        List<List<Split>> inner = new ArrayList<>();
        for (Split fold : folds) {
            List<Utterance> known =
                    new ArrayList<>(fold.select(Part.TRAIN, base.setup().utterances()));
            known.addAll(fold.select(Part.VAL, base.setup().utterances()));
            inner.add(base.splitter(arguments, known).byName(protocol, List.of()));
        }
        return inner;
    }

    private static ModelSpec plan(ModelSpec base, RunSettings settings) {
        ModelSpec sized = base.withNetwork(settings.network());
        return sized instanceof UtteranceModelSpec single ? single.withFeatures(settings.features()) : sized;
    }

    private static TrainPlan base(Arguments arguments, TrainPlan.Wishes wishes, Console console) {
        String level = arguments.text("level", TrainPlan.UTTERANCE);
        TrainPlan.oneOf("--level", level, List.of(TrainPlan.UTTERANCE, TrainPlan.DIALOGUE));
        return level.equals(TrainPlan.DIALOGUE)
                ? DialogueTrainPlan.of(arguments, StartChoice.NONE, wishes, console)
                : TrainPlan.of(
                        arguments,
                        CorpusSet.open(arguments, level, console),
                        defaults(arguments),
                        StartChoice.NONE,
                        wishes,
                        console);
    }

    /// On the embedded corpus the small models of the demo, unless a preset is asked for; where emotions have to
    /// be told from both perspectives together, they learn for longer.
    private static RunSettings defaults(Arguments arguments) {
        boolean made = arguments.texts("corpus").stream().allMatch(place -> place.startsWith("synthetic:"));
        if (!made || arguments.has("preset") || arguments.has("features")) {
            return RunSettings.standard(arguments.text("features", "speech"));
        }
        DemoSettings small = DemoSettings.standard(1);
        RunSettings settings = new RunSettings(small.features(), small.network(), small.training());
        if (arguments.number("synergy", 0) > 0) {
            settings.set("training.epochs", SYNERGY_EPOCHS, "--synergy");
        }
        return settings;
    }

    /// The fusions that are asked for; what every study has may be named too.
    private static List<String> strategies(Arguments arguments, Console console) {
        List<String> asked = arguments.list("fusions");
        if (asked.isEmpty() || asked.equals(List.of("all"))) {
            List<String> possible = Fusions.all().stream()
                    .filter(strategy -> strategy.causal() || !arguments.has("causal"))
                    .map(Fusions.Strategy::name)
                    .toList();
            Fusions.names().stream()
                    .filter(name -> !possible.contains(name))
                    .forEach(name -> console.log("left out " + name + ": it cannot be causal"));
            return possible;
        }
        List<String> always = new ArrayList<>(StudyDesign.ALONE);
        always.addAll(StudyDesign.DECISIONS);
        List<String> known = new ArrayList<>(Fusions.names());
        known.addAll(always);
        for (String name : asked) {
            if (!known.contains(name)) {
                throw new BadInputException(
                        "--fusions: \"" + name + "\" is not one of " + known + " or all" + Nearest.hint(name, known));
            }
        }
        return asked.stream().filter(name -> !always.contains(name)).distinct().toList();
    }

    private static List<Boolean> losses(Arguments arguments, List<String> strategies) {
        List<String> asked = arguments.list("losses").isEmpty() ? LOSSES : arguments.list("losses");
        asked.forEach(loss -> TrainPlan.oneOf("--losses", loss, LOSSES));
        if (strategies.isEmpty() && asked.equals(List.of("perspective"))) {
            throw new BadInputException("--losses perspective: audio, text and decision-* are trained apart, and one"
                    + " perspective by itself has but one loss; name a fusion that is trained as a whole, one of "
                    + Fusions.names() + ", or take --losses fused");
        }
        return asked.stream().map("perspective"::equals).distinct().toList();
    }

    /// All combinations of the values that `--tune` names; one of no name where it names none.
    private static Map<String, RunSettings> variants(Arguments arguments, TrainPlan base) {
        Map<String, RunSettings> variants = new LinkedHashMap<>();
        variants.put("", base.settings());
        for (String tuned : arguments.texts("tune")) {
            int equals = tuned.indexOf('=');
            if (equals < 1) {
                throw new BadInputException("--tune " + tuned + ": write --tune KEY=VALUE,VALUE");
            }
            String key = tuned.substring(0, equals).strip();
            if (key.equals("training.seed")) {
                throw new BadInputException("--tune training.seed: seeds are repeated, not chosen; take --seeds N");
            }
            boolean ofFeatures = key.equals(FEATURES) || key.startsWith(FEATURES + ".");
            if (!ofFeatures && !key.startsWith("network.") && !key.startsWith("training.")) {
                throw new BadInputException(
                        "--tune " + key + ": only features and settings of network and training can be tried");
            }
            if (ofFeatures && !(base.setup().plan() instanceof UtteranceModelSpec)) {
                throw new BadInputException("--tune " + key + ": models of dialogues read vectors, not features");
            }
            Map<String, RunSettings> more = new LinkedHashMap<>();
            for (String value : tuned.substring(equals + 1).split(",", -1)) {
                variants.forEach((name, settings) -> {
                    RunSettings changed = settings.copy();
                    if (key.equals(FEATURES)) {
                        changed.setFeatures(value.strip());
                    } else {
                        changed.set(key, value.strip(), "--tune " + tuned);
                    }
                    more.put((name.isEmpty() ? "" : name + " ") + key + "=" + value.strip(), changed);
                });
            }
            variants = more;
        }
        return variants;
    }
}
