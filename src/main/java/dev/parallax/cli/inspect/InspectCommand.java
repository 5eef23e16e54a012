package dev.parallax.cli.inspect;

import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.CorpusFacts;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.RunRecord;
import dev.parallax.setup.ModelPath;
import java.util.ArrayList;
import java.util.List;

/// `inspect`: what a model file says of itself. The file is read, and nothing is computed with it.
public final class InspectCommand implements Command {

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "inspect",
                        "MODEL [OPTIONS]",
                        "what a model says of itself: data, split, settings, scores, thresholds, hashes")
                .words(1)
                .model()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        ModelPath path = ModelPath.ofWord(arguments.modelWord());
        ModelDescription model = ModelDescription.of(path.stored(), path.name());
        List<String> warnings = new ArrayList<>();
        if (path.file() == null) {
            warnings.add(ModelPath.DEMONSTRATION);
        }
        warnings.addAll(model.warnings());
        if (console.isJson()) {
            console.result(Json.object()
                    .with("name", path.name())
                    .with(model.toJson())
                    .with("licences", licences(model))
                    .with("warnings", OptionNames.in(warnings)));
        } else {
            console.print(ModelPage.of(path.name(), model));
            warnings.forEach(console::warn);
        }
        return DONE;
    }

    /// The licence of each corpus of the record; null where it is not known.
    private static JsonObject licences(ModelDescription model) {
        JsonObject all = Json.object();
        RunRecord record = model.record();
        if (record != null) {
            for (String corpus : record.corpora()) {
                CorpusFacts facts = CorpusFacts.of(corpus);
                all = all.with(corpus, Json.of(facts == null ? null : facts.licence()));
            }
        }
        return all;
    }
}
