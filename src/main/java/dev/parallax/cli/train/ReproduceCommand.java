package dev.parallax.cli.train;

import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.Corpora;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonDifference;
import dev.parallax.model.WeightDifference;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.Reproduction;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.SplitRequest;
import dev.parallax.setup.request.StartRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `reproduce`: trains a model again from the record in its file, and says whether the same comes out, bit for bit.
public final class ReproduceCommand implements Command {

    private static final int SHOWN = 10;

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "reproduce",
                        "MODEL --corpus KIND:PATH [OPTIONS]",
                        "trains a model again from its own record: is it the same, bit for bit?")
                .words(1)
                .repeatable(
                        "corpus",
                        "KIND:PATH",
                        "where the data is that it was trained on, in the order of the record: "
                                + String.join(", ", Corpora.KINDS))
                .option("out", "DIR", "gets what train would write; new or empty (default: nothing is written)")
                .reading()
                .option("vectors", "FILE", "the word vectors that it started from")
                .option("init", "MODEL", "the model that it started from")
                .rooted()
                .cached()
                .computing()
                .model()
                .common()
                .notes(List.of(
                        "The data must be the same: every utterance is compared with the record before anything is"
                                + " trained.",
                        "The exit code is 0 where the weights are the same, 1 where something differs."));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path out = arguments.newFolder("out");
        ModelPath path = ModelPath.ofWord(arguments.modelWord());
        try (Backend backend = Computing.backend(arguments, console);
                Workers workers = Computing.workers(arguments)) {
            Reproduction result =
                    Reproduction.of(path.stored(), path.name(), files(arguments, out), backend, workers, console);
            print(result, console);
            return result.isSameWeights() ? DONE : CHECK_FAILED;
        }
    }

    private static TrainingRequest files(Arguments arguments, @Nullable Path out) {
        CorpusRequest corpus = Requests.corpus(arguments);
        ModelRequest model = ModelRequest.STANDARD.withEncoders(Requests.encoders(arguments));
        List<Modality> none = List.of();
        return new TrainingRequest(
                corpus,
                model,
                SplitRequest.STANDARD,
                new StartRequest(arguments.path("vectors"), arguments.path("init"), none),
                false,
                out,
                false);
    }

    private static void print(Reproduction result, Console console) {
        if (!result.unlike().isEmpty()) {
            console.print("not trained again, since it would be another training:");
            result.unlike().forEach(line -> console.print("  " + line));
        } else if (result.isSameFile()) {
            console.print("bit-identical: the same file");
        } else if (result.isSameWeights()) {
            console.print("bit-identical weights; in the file differ:");
            documents(result, console);
        } else {
            console.print("NOT the same: " + Count.of(result.weights().size(), "parameter differs", "parameters differ")
                    + (result.firstEpoch() == 0
                            ? "; the record does not say from which epoch on"
                            : ", from epoch " + result.firstEpoch() + " on"));
            weights(result, console);
            documents(result, console);
        }
        console.result(Json.object()
                .with("trained", result.unlike().isEmpty())
                .with("sameFile", result.isSameFile())
                .with("sameWeights", result.isSameWeights())
                .with("firstEpoch", result.firstEpoch())
                .with("unlike", result.unlike())
                .with(
                        "weights",
                        Json.array(result.weights().stream()
                                .map(WeightDifference::toJson)
                                .toList()))
                .with("record", Json.of(result.record())));
    }

    private static void weights(Reproduction result, Console console) {
        WeightDifference.largestFirst(result.weights()).stream()
                .limit(SHOWN)
                .forEach(weight -> console.print("  " + weight.line()));
    }

    private static void documents(Reproduction result, Console console) {
        result.record().stream().map(JsonDifference::line).limit(SHOWN).forEach(line -> console.print("  " + line));
        if (result.record().size() > SHOWN) {
            console.print("  and " + (result.record().size() - SHOWN) + " more");
        }
    }
}
