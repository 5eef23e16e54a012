package dev.parallax.cli.corpus;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.Corpus;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.corpus.spoken.SpokenSettings;
import dev.parallax.corpus.statistics.Statistics;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticExport;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.ClassSet;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.report.page.Drawing;
import dev.parallax.setup.FeatureStore;
import dev.parallax.setup.Remarks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `corpus verify`, `corpus stats`, `corpus synthesize`: checks a corpus, shows its contents, and writes the
/// embedded one as files.
public final class CorpusCommand implements Command {

    private static final List<String> ACTIONS = List.of("verify", "stats", "synthesize");
    private static final long SEED = 1;

    @Override
    public Syntax syntax() {
        int size = SyntheticSettings.defaults(SEED).size();
        List<String> notes = new ArrayList<>(List.of(
                "verify ends with exit code 1 when something is wrong, and shows the first of many things; --json lists all.",
                "",
                "KIND:PATH is one of"));
        notes.addAll(OptionNames.in(Corpora.described()));
        notes.addAll(List.of(
                "data/README.md says how to get each, and what goes wrong with it.",
                "",
                "class sets for --labels, where a corpus has the emotions:"));
        ClassSet.DESCRIPTIONS.forEach(line -> notes.add("  " + line));
        notes.addAll(List.of("", "settings of synthesize --spoken for --set, with their defaults:"));
        notes.addAll(SpokenSynthesis.settings());
        return new Syntax(
                        "corpus",
                        "verify KIND:PATH | stats KIND:PATH [--out DIR] | synthesize [--spoken KIND:PATH] [OPTIONS] --out DIR",
                        "checks a corpus against what was published, describes it, or writes the embedded one as files")
                .words(2)
                .option("out", "DIR", "stats: gets report.html; synthesize: gets wav/ and manifest.csv")
                .option("seed", "N", "synthesize: which corpus (default: " + SEED + ")")
                .option(
                        "size",
                        "N",
                        "synthesize: how many utterances, a multiple of 4 (default: " + size
                                + "); with --spoken " + SpokenSettings.LEAST + " to " + SpokenSettings.MOST
                                + " (default: "
                                + SpokenSynthesis.SIZE + ")")
                .option(
                        "spoken",
                        "KIND:PATH",
                        "synthesize: espeak-ng reads sentences of this corpus aloud, such as goemotions:DIR; also"
                                + " gets truth.csv and corpus.json")
                .repeatable("set", "KEY=VALUE", "synthesize --spoken: one setting, as below")
                .rooted()
                .cached()
                .threads()
                .common()
                .notes(notes);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        List<String> words = arguments.words();
        String action = words.isEmpty() ? "" : words.getFirst();
        if (!ACTIONS.contains(action)) {
            throw new BadInputException("corpus: "
                    + (action.isEmpty() ? "nothing is asked for" : "there is no \"" + action + "\"")
                    + Nearest.hint(action, ACTIONS) + "; write corpus " + String.join(", corpus ", ACTIONS));
        }
        if (action.equals("synthesize")) {
            return synthesize(arguments, console);
        }
        arguments.allowOnly(
                "corpus " + action,
                action.equals("verify") ? List.of("root", "cache", "threads") : List.of("root", "out"));
        if (words.size() < 2) {
            throw new BadInputException("corpus " + action + ": which corpus? write corpus " + action
                    + " KIND:PATH, one of " + Corpora.KINDS);
        }
        Corpus corpus = Corpora.open(words.get(1), arguments.path("root"));
        corpus.notes().forEach(note -> console.log(corpus.name() + ": " + note));
        return action.equals("verify") ? verify(corpus, arguments, console) : stats(corpus, arguments, console);
    }

    private static int verify(Corpus corpus, Arguments arguments, Console console) {
        Verification verification;
        try (Remarks.Progress progress =
                console.progress("verify", corpus.utterances().size())) {
            SoundCache sounds = FeatureStore.of(arguments.path("cache"), corpus instanceof EmbeddedCorpus, console)
                    .sounds();
            verification = corpus.verify(new VerificationOptions(
                            sounds, Computing.threads(arguments), (_, _) -> progress.advance(1)))
                    .worded(OptionNames::in);
        }
        console.print(verification.lines());
        console.result(verification.toJson());
        return verification.ok() ? DONE : CHECK_FAILED;
    }

    private static int stats(Corpus corpus, Arguments arguments, Console console) {
        Statistics statistics;
        try (Remarks.Progress progress =
                console.progress("stats", corpus.utterances().size())) {
            statistics = Statistics.of(corpus, _ -> progress.advance(1));
        }
        console.print(statistics.lines());
        String speech = corpus.syntheticSpeech();
        if (speech != null) {
            console.print("speech:      " + SyntheticSpeech.note(speech));
        }
        JsonObject json = statistics.toJson().with("syntheticSpeech", speech == null ? List.of() : List.of(speech));
        Path out = arguments.path("out");
        if (out != null) {
            String place = arguments.words().get(1);
            Path page = CorpusFacts.report(place, arguments.typed(), corpus, statistics)
                    .write(out);
            console.print("report:      " + page);
            Drawing.obstacle().ifPresent(console::warn);
            json = json.with("report", page.toString());
        }
        console.result(json);
        return DONE;
    }

    private static int synthesize(Arguments arguments, Console console) {
        if (arguments.words().size() > 1) {
            throw new BadInputException("corpus synthesize: \""
                    + arguments.words().get(1) + "\" is one word too many; give --seed, --size, --spoken and --out");
        }
        if (arguments.text("spoken") != null) {
            arguments.allowOnly(
                    "corpus synthesize --spoken", List.of("spoken", "seed", "size", "set", "root", "threads", "out"));
            return SpokenSynthesis.run(arguments, console);
        }
        if (arguments.has("set")) {
            throw new BadInputException("corpus synthesize: --set is for spoken corpora; name whose sentences are read"
                    + " aloud: --spoken goemotions:DIR");
        }
        arguments.allowOnly("corpus synthesize", List.of("seed", "size", "out"));
        Path out = arguments.requiredPath("out", "say where to: --out DIR");
        long seed = arguments.whole("seed", SEED);
        SyntheticSettings standard = SyntheticSettings.defaults(seed);
        SyntheticCorpus corpus = new SyntheticCorpus(standard.withSize(arguments.count("size", standard.size())));
        int size = corpus.utterances().size();
        Path manifest;
        try (Remarks.Progress progress = console.progress("synthesize", size)) {
            manifest = SyntheticExport.write(corpus, out, done -> progress.advance(1));
        }
        console.print(manifest + ": " + size + " utterances; train on it with --corpus "
                + Arguments.quoted("manifest:" + manifest));
        console.result(Json.object()
                .with("manifest", manifest.toString())
                .with("utterances", size)
                .with("seed", seed));
        return DONE;
    }
}
