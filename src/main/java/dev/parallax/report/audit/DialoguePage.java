package dev.parallax.report.audit;

import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.AuditedUtterance;
import dev.parallax.audit.DialogueAudit;
import dev.parallax.audit.DialogueAudit.FollowedTurn;
import dev.parallax.audit.Replay;
import dev.parallax.audit.attribution.DialogueExplanation;
import dev.parallax.io.Count;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.report.Sections;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.trace.Step;
import dev.parallax.trace.TraceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The page of the answers to a dialogue: what each turn's is, which other turns it hangs on, and every step that led
/// to it. Its numbers are in the trace beside it.
///
/// @param command     the whole command line
/// @param subject     what was audited
/// @param audit       the answers and their steps
/// @param rules       of the model
/// @param context     which other turns the model uses when it answers one, in words
/// @param explanation what each answer hangs on
/// @param replay      each step done again
public record DialoguePage(
        String command,
        AuditSubject subject,
        DialogueAudit audit,
        AnswerRules rules,
        String context,
        DialogueExplanation explanation,
        Replay.Report replay) {

    private static final String WORDS = "11rem"; // the least width of their column, on a narrow screen too

    /// Writes `report.html` and its `figures/` into a folder.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        Page page = new Page("Parallax: a dialogue, step by step", lead());
        replay.faults().forEach(fault -> page.notice("NOT TRUE: " + fault));
        NeighbourSection neighbours = new NeighbourSection(explanation.occlusion());
        TurnWorthSection worth = new TurnWorthSection(explanation);
        StepsSection steps = new StepsSection(replay);
        page.section("The dialogue", turns(neighbours, worth));
        page.section("What each turn owes to the others", neighbours.html());
        page.section("What the turns add to each decision", worth.turns());
        page.section("Is it true?", worth.checks(page));
        page.section("Each step done again", steps.again(), Html.paragraph(StepsSection.HOW));
        for (int i = 0; i < audit.turns().size(); i++) {
            page.section("Turn " + (i + 1), turn(page, steps, worth, i));
        }
        page.section(
                "All turns together",
                Html.paragraph("The network of the dialogue reads the vectors of all turns, a row each."),
                steps.table("Steps of the network of the dialogue", audit.network()));
        page.section("What was run", Sections.facts(command, facts()));
        page.section("What Parallax says about itself", Sections.about());
        return page.write(folder);
    }

    private String lead() {
        long sure = audit.predictions().stream()
                .filter(prediction -> prediction.decision().sure())
                .count();
        return "Dialogue " + subject.dialogue() + " has "
                + Count.of(audit.turns().size(), "turn") + ". "
                + (sure == 0 ? "No answer is sure." : Count.of(sure, "answer is", "answers are") + " sure.")
                + " The model answers " + context + ".";
    }

    private Html turns(NeighbourSection neighbours, TurnWorthSection worth) {
        List<String> header = new ArrayList<>(
                List.of("turn, speaker", "words", "decision", "p", "sure", "hangs most on", "is another without"));
        subject.labels().forEach(label -> header.add("p of " + label));
        Table table = new Table("The turns in their order, with the answer that decides", header);
        for (int i = 0; i < audit.turns().size(); i++) {
            FollowedTurn turn = audit.turns().get(i);
            Answer decision = turn.prediction().decision();
            List<Html.Element> cells = new ArrayList<>();
            String speaker = turn.given().speaker();
            cells.add(Table.name((i + 1) + (speaker == null ? "" : ", " + speaker)));
            cells.add(Table.cell(Objects.requireNonNullElse(turn.given().text(), "–"))
                    .with("style", "min-width: " + WORDS));
            cells.add(Html.of("td", Html.of("strong", decision.label())));
            cells.add(Table.number(decision.probability()));
            cells.add(Table.cell(decision.sure() ? "yes" : "no"));
            cells.add(neighbours.strongest(i));
            cells.add(worth.change(i));
            decision.probabilities().forEach(p -> cells.add(Table.number(p)));
            table.row(cells);
        }
        return table.html();
    }

    private List<Html> turn(Page page, StepsSection steps, TurnWorthSection worth, int number) {
        FollowedTurn turn = audit.turns().get(number);
        AuditedUtterance named = subject.utterances().get(number);
        List<Html> inside = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        add(facts, "id", named.id());
        add(facts, "speaker", named.speaker());
        add(facts, "words", named.text());
        add(facts, "recording", named.recording());
        add(facts, "recording, SHA-256", named.recordingHash());
        inside.add(Sections.facts(facts));
        turn.prediction()
                .warnings()
                .forEach(warning -> inside.add(Html.paragraph(warning).with("class", "notice")));
        inside.addAll(worth.why(
                page,
                number,
                new InputWorth(
                        explanation.turns().get(number).words(),
                        turn.given().windows(),
                        explanation.turns().get(number).windowSeconds())));
        inside.addAll(AnswerTables.of(turn.prediction(), turn.logits(), rules));
        if (InputSections.hasSound(turn.first())) {
            inside.addAll(InputSections.heard(page, "turn" + (number + 1) + "-bands", turn.first()));
        }
        if (!turn.tokens().isEmpty()) {
            inside.add(InputSections.read(turn.tokens()));
        }
        List<Step> all = new ArrayList<>(turn.first());
        all.addAll(turn.answer());
        inside.add(steps.table(
                "Steps of this turn: through the first stage to its vectors, and from its row of the logits of all turns"
                        + " to its decision; numbers in " + TraceFile.VALUES,
                all));
        return inside;
    }

    private static void add(List<Fact> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.add(new Fact(name, value));
        }
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(InputSections.facts(subject));
        add(facts, "dialogue", subject.dialogue());
        return facts;
    }
}
