package dev.parallax.report.audit;

import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.AuditedUtterance;
import dev.parallax.audit.Contributions;
import dev.parallax.audit.Replay;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.fusion.View;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.report.Sections;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.trace.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of one answer: what it is, what it hangs on, and every step that led to it. Its numbers are in the trace
/// beside it.
///
/// @param command       the whole command line
/// @param subject       what was audited
/// @param audit         the answer and its steps
/// @param rules         of the model
/// @param contributions the fused logits as a sum, or null where they are none
/// @param explanation   what the answer hangs on
/// @param replay        each step done again
public record AuditPage(
        String command,
        AuditSubject subject,
        UtteranceAudit audit,
        AnswerRules rules,
        @Nullable Contributions contributions,
        Explanation explanation,
        Replay.Report replay) {

    /// Writes `report.html` and its `figures/` into a folder.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        Prediction prediction = audit.prediction();
        Page page = new Page("Parallax: an answer, step by step", lead(prediction));
        replay.faults().forEach(fault -> page.notice("NOT TRUE: " + fault));
        prediction.warnings().forEach(page::notice);
        WorthSection worth = new WorthSection(explanation, audit.windows());
        page.section("Why", worth.why(page));
        page.section("The answer", AnswerTables.of(prediction, audit.logits(), rules));
        page.section("What each part is worth", worth.parts(page, prediction, contributions));
        page.section("Whether that holds", new CheckSection(explanation).html(page));
        List<Step> steps = audit.trace().steps();
        if (InputSections.hasSound(steps)) {
            page.section("What was heard", InputSections.heard(page, "bands", steps));
        }
        if (!audit.tokens().isEmpty()) {
            page.section("What was read", InputSections.read(audit.tokens()));
        }
        StepsSection all = new StepsSection(replay);
        page.section("Each step done again", all.again());
        page.section("Every step", Html.paragraph(StepsSection.HOW), all.table(StepsSection.CAPTION, steps));
        page.section("What was run", Sections.facts(command, facts()));
        page.section("What Parallax says about itself", Sections.about());
        return page.write(folder);
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(InputSections.facts(subject));
        AuditedUtterance utterance = subject.utterances().getFirst();
        if (utterance.recording() != null && utterance.recordingHash() != null) {
            facts.add(new Fact("recording", utterance.recording()));
            facts.add(new Fact("recording, SHA-256", utterance.recordingHash()));
        }
        if (utterance.text() != null) {
            facts.add(new Fact("text", utterance.text()));
        }
        return facts;
    }

    private static String lead(Prediction prediction) {
        Answer decision = prediction.decision();
        return "The decision is " + decision.label() + ", with a probability of "
                + Shown.decimals(decision.probability(), 3) + (decision.sure() ? "; it is sure." : "; it is not sure.")
                + " It is the answer of " + (prediction.by() == View.FUSED ? "both" : "the " + prediction.decidedBy())
                + (prediction.by() == View.FUSED ? " perspectives together." : " alone.");
    }
}
