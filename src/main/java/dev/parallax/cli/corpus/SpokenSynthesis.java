package dev.parallax.cli.corpus;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.Corpus;
import dev.parallax.corpus.spoken.SpokenCeilings;
import dev.parallax.corpus.spoken.SpokenExport;
import dev.parallax.corpus.spoken.SpokenSettings;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.setup.Remarks;
import dev.parallax.setup.request.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `corpus synthesize --spoken`: sentences of a corpus, read aloud in a tone of voice that is known.
final class SpokenSynthesis {

    private static final long SEED = 1;

    /// How many utterances where nothing is said.
    static final int SIZE = SpokenSettings.defaults(SEED).size();

    private SpokenSynthesis() {}

    /// A line for each setting with its default; seed and size have options of their own.
    static List<String> settings() {
        List<String> lines = new ArrayList<>();
        SpokenSettings.defaults(SEED).toJson().fields().forEach((key, standard) -> {
            if (!key.equals("seed") && !key.equals("size")) {
                lines.add(String.format(Locale.ROOT, "  %-11s %s", key, standard.toText()));
            }
        });
        return lines;
    }

    static int run(Arguments arguments, Console console) {
        Path out = arguments.requiredPath("out", "say where to: --out DIR");
        String source = arguments.required("spoken", "say whose sentences are read aloud: --spoken goemotions:DIR");
        SpokenSettings settings = SpokenSettings.defaults(arguments.whole("seed", SEED));
        if (arguments.has("size")) {
            settings = settings.with("size", Integer.toString(arguments.count("size", settings.size())));
        }
        for (String one : arguments.texts("set")) {
            Setting setting = Requests.setting("set", "KEY=VALUE", one);
            settings = settings.with(setting.key(), setting.value());
        }
        Corpus sentences = Corpora.open(source, arguments.path("root"));
        if (sentences.utterances().stream().noneMatch(utterance -> utterance.text() != null)) {
            throw new BadInputException("--spoken " + source + ": it has no sentences to read aloud; take another");
        }
        SpokenExport.Written written;
        try (Remarks.Progress progress = console.progress("synthesize", settings.size())) {
            written = SpokenExport.write(
                    settings, sentences.utterances(), source, out, Computing.threads(arguments), progress::advance);
        }
        SpokenCeilings ceilings = written.ceilings();
        console.print(List.of(
                written.manifest() + ": " + settings.size() + " utterances of " + Count.of(settings.speakers(), "voice")
                        + ", " + written.speech(),
                String.format(
                        Locale.ROOT,
                        "no model can do better in clean condition: audio %.3f, text %.3f, both %.3f; adding the two,"
                                + " at most %.3f",
                        ceilings.audio(),
                        ceilings.text(),
                        ceilings.both(),
                        ceilings.additive()),
                "train on it with --corpus "
                        + Arguments.quoted("manifest:" + written.manifest()) + "; what each utterance shows is in "
                        + out.resolve("truth.csv")));
        console.result(Json.object()
                .with("manifest", written.manifest().toString())
                .with("speech", written.speech())
                .with("utterances", settings.size())
                .with("settings", settings.toJson())
                .with("ceilings", ceilings.toJson()));
        return Command.DONE;
    }
}
