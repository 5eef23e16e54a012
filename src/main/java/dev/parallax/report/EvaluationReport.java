package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.plot.ViewScores;
import dev.parallax.robustness.Robustness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of a model scored on a part of a corpus.
///
/// @param command   the whole command line
/// @param corpus    the data that it was scored on, for instance `emodb:emodb, test part, 73 utterances`
/// @param facts     model, its inputs, backend and other facts
/// @param synthetic whether the corpus is the embedded one; the page then says that it is not speech
/// @param decision  how the decision is found, a sentence
/// @param labels    the classes
/// @param scores    of each answer, at least one
/// @param answers   for each utterance: id, true class, decision, the view that decided, its probability,
///                  whether it is sure and whether it is doubtful
/// @param wrong     the utterances that were answered wrong, possibly none
/// @param speakers  accuracy speaker by speaker; possibly none
/// @param groups    scores by the values of columns
/// @param robustness scores under other conditions, or null
/// @param notes     what makes the scores too good and other warnings, one line each, shown above all
public record EvaluationReport(
        String command,
        String corpus,
        List<Fact> facts,
        boolean synthetic,
        String decision,
        Labels labels,
        List<ViewScores> scores,
        List<List<String>> answers,
        List<WrongAnswers.Wrong> wrong,
        List<SpeakerAccuracy> speakers,
        ColumnSection groups,
        @Nullable Robustness robustness,
        List<String> notes) {

    private static final List<String> COLUMNS =
            List.of("id", "emotion", "decision", "decidedBy", "probability", "sure", "doubtful");
    private static final int TRUTH = COLUMNS.indexOf("emotion");

    /// Keeps its own copies of the lists.
    public EvaluationReport {
        facts = List.copyOf(facts);
        scores = List.copyOf(scores);
        answers = List.copyOf(answers);
        wrong = List.copyOf(wrong);
        speakers = List.copyOf(speakers);
        notes = List.copyOf(notes);
    }

    /// Writes `report.html` and its `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    /// @throws dev.parallax.BadInputException if the folder cannot be written
    public Path write(Path folder) {
        Page page = new Page("Parallax: a model scored", corpus);
        notes.forEach(page::notice);
        if (synthetic) {
            page.notice(Sections.SYNTHETIC);
        }
        List<Html> inside = new ArrayList<>(PartSection.of(page, "scored", decision, labels, scores));
        inside.add(page.data("answers", "The decision of each utterance", COLUMNS, answers));
        page.section("Scores", inside);
        if (speakers.size() > 1) {
            page.section(
                    "Speaker by speaker",
                    SpeakerAccuracy.figure(page, "speakers", "Speaker by speaker", "of the decision", speakers));
        }
        groups.addTo(page);
        if (robustness != null) {
            RobustnessSection.addTo(page, robustness);
        }
        if (!wrong.isEmpty()) {
            WrongAnswers answered = new WrongAnswers(wrong);
            int all = (int)
                    answers.stream().filter(row -> !row.get(TRUTH).isEmpty()).count();
            page.section("What it got wrong", Html.paragraph(answered.describe(all)), answered.table(folder));
        }
        page.section("What was run", Sections.facts(command, facts));
        page.section("What Parallax says about itself", Sections.about());
        return page.write(folder);
    }
}
