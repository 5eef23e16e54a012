package dev.parallax.cli.train;

import dev.parallax.cli.command.Arguments;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.report.ModelResult;
import dev.parallax.report.RunFacts;
import dev.parallax.report.SpeakerAccuracy;
import dev.parallax.report.SplitFacts;
import dev.parallax.report.page.Fact;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.ViewScores;
import dev.parallax.train.EpochResult;
import dev.parallax.train.Evaluation;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Converts the results of training to the records of pages.
public final class ReportFacts {

    private ReportFacts() {}

    /// What was run and on what.
    ///
    /// @param corpus     as pages name it
    /// @param dishonesty what makes its test scores too good, one line each
    public static RunFacts run(
            Arguments arguments, long seed, String corpus, String backend, List<Fact> more, List<String> dishonesty) {
        String jdk = Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + ")";
        return new RunFacts(arguments.typed(), seed, corpus, jdk, backend, more, dishonesty);
    }

    /// The parts of a split: their sizes, speakers and classes.
    public static SplitFacts split(Split split, List<Utterance> utterances, Labels labels) {
        List<SplitFacts.PartFacts> parts = new ArrayList<>();
        for (Part part : Part.values()) {
            List<Utterance> members = split.select(part, utterances);
            List<String> speakers = members.stream()
                    .map(Utterance::speaker)
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .toList();
            List<Integer> perClass = labels.names().stream()
                    .map(label -> (int) members.stream()
                            .filter(member -> label.equals(member.emotion()))
                            .count())
                    .toList();
            parts.add(new SplitFacts.PartFacts(part.word(), members.size(), speakers, perClass));
        }
        return new SplitFacts(split.how(), split.speakerIndependent(), parts);
    }

    /// How well each speaker was recognised, over the labelled rows whose speakers are known, in the order of the
    /// names.
    ///
    /// @param utterances those of the rows, and possibly others
    static List<SpeakerAccuracy> speakers(List<Evaluation.Row> rows, List<Utterance> utterances, Labels labels) {
        Map<String, String> speakers = new HashMap<>();
        for (Utterance utterance : utterances) {
            if (utterance.speaker() != null) {
                speakers.put(utterance.id(), utterance.speaker());
            }
        }
        Map<String, List<Evaluation.Row>> bySpeaker = rows.stream()
                .filter(row -> row.truth() >= 0 && speakers.containsKey(row.id()))
                .collect(Collectors.groupingBy(row -> speakers.get(row.id()), TreeMap::new, Collectors.toList()));
        List<SpeakerAccuracy> all = new ArrayList<>();
        bySpeaker.forEach((speaker, those) -> all.add(new SpeakerAccuracy(
                speaker,
                those.size(),
                those.stream().filter(row -> row.isRight(labels)).count())));
        return all;
    }

    /// A trained model under a name.
    public static ModelResult model(String name, TrainingRun.Result result) {
        return new ModelResult(name, history(result), scores(result.test(), result.model()));
    }

    /// The course of its training.
    static History history(TrainingRun.Result result) {
        List<History.Epoch> epochs =
                result.history().stream().map(ReportFacts::epoch).toList();
        RunRecord record = result.model().record();
        String part = record != null && record.isChosenOnTest() ? "test" : "validation";
        return new History(epochs, bestEpochs(result), result.isChosen() ? part : null);
    }

    /// Which epoch gave the model its weights; where the perspectives are two models side by side, each has its
    /// own.
    static String bestEpochs(TrainingRun.Result result) {
        return result.bestEpochs().size() == 1
                ? Integer.toString(result.bestEpoch())
                : result.bestEpochs().entrySet().stream()
                        .map(best -> best.getValue() + " of " + best.getKey().word())
                        .collect(Collectors.joining(" and "));
    }

    private static History.Epoch epoch(EpochResult result) {
        return new History.Epoch(result.epoch(), result.trainLoss(), result.valLoss(), result.valDecision());
    }

    /// The scores of each view.
    static List<ViewScores> scores(Map<View, Scores> scores, Model model) {
        List<ViewScores> all = new ArrayList<>();
        for (View view : View.values()) {
            Scores score = scores.get(view);
            if (score != null) {
                boolean taught = ScoreTable.isTaught(model, view);
                all.add(new ViewScores(view, score.metrics(), score.calibration(), score.selective(), taught));
            }
        }
        return all;
    }
}
