package dev.parallax.report.talk;

import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Count;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.Prediction;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.model.turns.AnsweredTurn;
import dev.parallax.model.turns.TurnTable;
import dev.parallax.report.Sections;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.transcript.Span;
import dev.parallax.transcript.Transcript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The page of a talk. It needs no network: the sound that was heard lies beside it, as `audio.wav`.
///
/// @param command    the whole command line
/// @param model      its name
/// @param subject    the recording or, where there is none, the transcript
/// @param transcript what was said
/// @param talk       what was answered
/// @param labels     the classes
/// @param recording  open, or null where there is none
/// @param encoders   pretrained encoders that the model reads with, a line on each
/// @param warnings   what should be known, one line each
public record TalkPage(
        String command,
        String model,
        String subject,
        Transcript transcript,
        AnsweredTalk talk,
        List<String> labels,
        @Nullable AudioFile recording,
        List<String> encoders,
        List<String> warnings) {

    private static final String AUDIO = "audio.wav";
    private static final String COPY =
            "Recordings of people are personal data. The file " + AUDIO + " beside this page is a copy of one.";
    private static final int MINUTE = 60;
    private static final int MOST_NUMBERS = 12; // under the whole talk
    private static final double MOST_SECONDS = 24 * 3600; // of a timeline, where no recording bounds it

    /// Writes `report.html`, the sound and a table of the turns into a folder.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        SafeFiles.createFolder(folder);
        Page page = new Page("Parallax: a talk, turn by turn", lead());
        page.style(Page.resource(TalkPage.class, "talk.css")).script(Page.resource(TalkPage.class, "talk.js"));
        warnings.forEach(page::notice);
        Tints tints = new Tints(labels);
        Lanes lanes = Lanes.of(talk.turns());
        Timeline timeline = new Timeline(talk.turns(), lanes, tints, recording == null ? null : Envelope.of(recording));
        page.section("The whole talk", whole(timeline, tints));
        page.section("Turn by turn", turnByTurn(timeline, tints));
        page.section("Who sounds how", speakers(page, lanes));
        page.section("What was run", Sections.facts(command, facts()));
        page.section("What Parallax says about itself", about());
        if (recording != null) {
            WavWriter.PCM_16.write(folder.resolve(AUDIO), recording);
        }
        return page.write(folder);
    }

    private String lead() {
        List<Prediction> all = talk.predictions();
        long sure = all.stream().filter(each -> each.decision().sure()).count();
        long differ = all.stream().filter(Timeline::differ).count();
        long disagree = all.stream().filter(Prediction::disagreement).count();
        boolean isHeardAndRead = all.stream().anyMatch(each -> each.audio() != null && each.text() != null);
        return Count.of(talk.turns().size(), "turn") + " in " + Path.of(subject).getFileName() + ". "
                + (sure == 0 ? "No answer is sure." : Count.of(sure, "answer is", "answers are") + " sure.")
                + (isHeardAndRead
                        ? " Audio and text name different emotions in " + Count.of(differ, "turn") + ", both surely in "
                                + disagree + "."
                        : "");
    }

    /// The end of the axis of time [s]; 0 where the turns have no times.
    private double seconds() {
        if (recording != null) {
            return recording.seconds();
        }
        double end = talk.turns().stream()
                .mapToDouble(turn ->
                        turn.turn().span() == null ? 0 : turn.turn().span().end())
                .max()
                .orElse(0);
        return Math.clamp(end, 0, MOST_SECONDS);
    }

    private int minutes() {
        return (int) Math.max(1, Math.ceil(seconds() / MINUTE));
    }

    private List<Html> whole(Timeline timeline, Tints tints) {
        List<Html> inside = new ArrayList<>();
        List<Html> legend = new ArrayList<>();
        for (String label : labels) {
            long count = talk.predictions().stream()
                    .filter(each -> each.decision().label().equals(label))
                    .count();
            legend.add(Html.of("span", label + " " + count)
                    .with("class", "chip sure")
                    .with("style", tints.style(label)));
        }
        inside.add(Html.of("p", legend).with("class", "legend"));
        if (seconds() > MINUTE) {
            List<Html> links = new ArrayList<>();
            int step = (minutes() + MOST_NUMBERS - 1) / MOST_NUMBERS;
            for (int m = 0; m < minutes(); m++) {
                links.add(Html.of("a", m % step == 0 ? Integer.toString(m) : "")
                        .with("href", "#minute" + m)
                        .with("aria-label", "from " + Clock.of(m * MINUTE))
                        .with("title", "from " + Clock.of(m * MINUTE)));
            }
            inside.add(Html.of(
                            "div",
                            timeline.of(0, minutes() * MINUTE, false),
                            Html.of("div", links).with("class", "minutes"))
                    .with("class", "whole"));
            inside.add(Html.paragraph("The numbers below the lanes are minutes; they lead to their turns.")
                    .with("class", "note"));
        }
        inside.add(Html.paragraph(
                        "A bar is a turn: its colour is the decision, its height the probability. It is pale where"
                                + " the answer is not sure, and has an edge where audio and text name different emotions.")
                .with("class", "note"));
        return inside;
    }

    private List<Html> turnByTurn(Timeline timeline, Tints tints) {
        List<Html> inside = new ArrayList<>();
        if (recording != null) {
            inside.add(Html.of(
                            "div",
                            Html.of("audio")
                                    .with("controls", "controls")
                                    .with("preload", "metadata")
                                    .with("src", AUDIO))
                    .with("class", "player"));
            inside.add(Html.paragraph(
                            "Click a turn to hear it, or press Enter on it. The arrows up and down go from turn to"
                                    + " turn, Escape stops the sound.")
                    .with("class", "note"));
        }
        Sentences sentences = new Sentences(talk.turns(), tints, recording == null ? 0 : recording.sampleRate());
        double end = seconds();
        if (end <= 0) {
            inside.add(sentences.of(IntStream.range(0, talk.turns().size()).toArray()));
            return inside;
        }
        for (int m = 0; m < minutes(); m++) {
            int minute = m;
            int[] numbers = IntStream.range(0, talk.turns().size())
                    .filter(i -> minute(talk.turns().get(i)) == minute)
                    .toArray();
            String times = Clock.of(m * MINUTE) + " to " + Clock.of(Math.min(end, (m + 1) * MINUTE));
            inside.add(Html.of(
                            "div",
                            Html.of(
                                            "div",
                                            Html.of("h3", times),
                                            timeline.of(m * MINUTE, Math.min(Math.max(end, 1), (m + 1) * MINUTE), true))
                                    .with("class", "strip"),
                            sentences.of(numbers))
                    .with("class", "minute")
                    .with("id", "minute" + m));
        }
        return inside;
    }

    /// The minute under which a turn stands: that of its start, or the first or last one.
    private int minute(AnsweredTurn turn) {
        Span span = turn.turn().span();
        double start = span == null ? 0 : span.start();
        return (int) Math.clamp(Math.floor(start / MINUTE), 0, minutes() - 1);
    }

    private List<Html> speakers(Page page, Lanes lanes) {
        List<String> header = new ArrayList<>(List.of("speaker", "turns", "sure"));
        header.addAll(labels);
        header.add("audio and text differ");
        Table table = new Table("Turns of each speaker, by the decision", header);
        for (int lane = 0; lane < lanes.names().size(); lane++) {
            int its = lane;
            List<AnsweredTurn> theirs = IntStream.range(0, talk.turns().size())
                    .filter(i -> lanes.of().get(i) == its)
                    .mapToObj(talk.turns()::get)
                    .toList();
            List<Prediction> all = new AnsweredTalk(theirs).predictions();
            List<Html.Element> cells = new ArrayList<>();
            cells.add(Table.name(lanes.names().get(lane)));
            cells.add(Table.count(theirs.size()));
            cells.add(count(all.stream().filter(each -> each.decision().sure()).count()));
            for (String label : labels) {
                cells.add(count(all.stream()
                        .filter(each -> each.decision().label().equals(label))
                        .count()));
            }
            cells.add(count(all.stream().filter(Timeline::differ).count()));
            table.row(cells);
        }
        TurnTable turns = new TurnTable(labels, talk);
        return List.of(table.html(), page.data("turns", "All turns as a table (CSV)", turns.header(), turns.rows()));
    }

    private static Html.Element count(long count) {
        return Table.count(Math.toIntExact(count));
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("model", model));
        encoders.forEach(line -> facts.add(new Fact("pretrained encoder", line)));
        facts.add(new Fact("transcript", transcript.format()));
        transcript.notes().forEach(note -> facts.add(new Fact("note", note)));
        if (recording != null) {
            facts.add(new Fact("recording", subject));
            facts.add(new Fact("duration", Clock.of(recording.seconds())));
        }
        return facts;
    }

    private Html about() {
        List<String> all = new ArrayList<>(Sections.LIMITS);
        if (recording != null) {
            all.set(all.size() - 1, COPY);
        }
        return Sections.list(all);
    }
}
