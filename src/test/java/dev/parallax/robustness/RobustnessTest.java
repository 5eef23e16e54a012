package dev.parallax.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.WordTimes;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Decision;
import dev.parallax.model.answer.Answer;
import dev.parallax.random.RandomStream;
import dev.parallax.robustness.Robustness.Subject;
import dev.parallax.train.Decisions;
import dev.parallax.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Conditions and their rows, with a scorer that answers by a rule.
class RobustnessTest {

    private static final Labels LABELS = Labels.of(List.of("joy", "fear"));
    private static final List<Utterance> UTTERANCES = utterances();
    private static final Map<String, String> SPEAKERS =
            UTTERANCES.stream().collect(Collectors.toMap(Utterance::id, one -> Objects.requireNonNull(one.speaker())));

    /// 12 utterances of four speakers: all have audio, the first six have text.
    private static List<Utterance> utterances() {
        List<Utterance> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(new Utterance(
                    "u" + i,
                    new MemoryAudio(noise(i), "u" + i),
                    i < 6 ? "so glad that you came" : null,
                    i % 2 == 0 ? "joy" : "fear",
                    Origin.ofSpeaker("s" + i / 3)));
        }
        return List.copyOf(all);
    }

    private static Audio noise(int item) {
        RandomStream random = new RandomStream(1, 0, 7, item);
        float[] x = new float[8000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.1 * random.nextGaussian());
        }
        return new Audio(x, 16000);
    }

    /// Right answers to some utterances, wrong ones to others; those of the last are sure.
    private static Decisions answers(List<Utterance> some, Predicate<Utterance> isRight) {
        List<Evaluation.Row> rows = new ArrayList<>();
        for (Utterance utterance : some) {
            int truth = LABELS.index(Objects.requireNonNull(utterance.emotion()), "test");
            int told = isRight.test(utterance) ? truth : 1 - truth;
            Answer answer = new Answer(
                    LABELS.name(told), List.of(0.5, 0.5), isRight.test(utterance), false, List.of(0.0, 0.0), 1, 0);
            rows.add(new Evaluation.Row(utterance.id(), truth, new Decision(Perspectives.of(_ -> answer), View.FUSED)));
        }
        return Decisions.of(new Evaluation(rows, Map.of()), SPEAKERS, LABELS);
    }

    private static Subject subject(boolean audio, boolean text, boolean fixed, boolean whole) {
        return new Subject(UTTERANCES, answers(UTTERANCES, _ -> true), audio, text, fixed, whole);
    }

    private static Robustness of(Subject subject, Robustness.Scorer scorer) {
        return Robustness.of(subject, Conditions.all(UTTERANCES), scorer, () -> {});
    }

    private static ConditionRow row(Robustness robustness, String name) {
        return robustness.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void of_someUtterances_areComparedWithThemselves() {
        Robustness robustness = of(
                subject(true, true, false, false),
                changed -> answers(changed, utterance -> !utterance.id().equals("u0")));
        assertEquals(1 + 1 + 16 + 2 + 3, robustness.rows().size(), "clean, clean with text, conditions");
        ConditionRow words = row(robustness, "words wrong 10 %");
        assertEquals(6, words.utterances());
        assertEquals(
                -1 / 6.0, Objects.requireNonNull(words.score()).difference().estimate(), 1e-12);
        assertEquals(5 / 6.0, words.score().selective().operatingPoint().coverage(), 1e-12);
        ConditionRow telephone = row(robustness, "telephone");
        assertEquals(
                -1 / 12.0,
                Objects.requireNonNull(telephone.score()).difference().estimate(),
                1e-12);
        assertEquals(6, row(robustness, "clean, with text").utterances());
    }

    @Test
    void of_conditionThatLosesUtterances_saysSoInItsRow() {
        Robustness robustness = of(subject(true, true, false, false), changed -> {
            boolean lost = changed.stream().allMatch(utterance -> utterance.audio() == null);
            boolean cut = changed.stream().allMatch(utterance -> utterance.text() == null);
            return answers(lost ? List.of() : cut ? changed.subList(2, 6) : changed, _ -> true);
        });
        ConditionRow none = row(robustness, "audio missing");
        assertNull(none.score());
        assertEquals(6, none.lost());
        assertEquals(0, none.utterances());
        ConditionRow some = row(robustness, "text missing");
        assertEquals(2, some.lost());
        assertEquals(4, some.utterances());
        assertEquals(0, row(robustness, "telephone").lost());
    }

    /// Where utterances are context, all are given each time, and only those to which the condition applies count.
    @Test
    void of_wholeDialogues_giveAllAndCountSome() {
        List<Integer> given = new ArrayList<>();
        Robustness robustness = of(subject(true, true, false, true), changed -> {
            given.add(changed.size());
            return answers(changed, _ -> true);
        });
        assertTrue(given.stream().allMatch(size -> size == 12), given.toString());
        assertEquals(6, row(robustness, "words wrong 40 %").utterances());
    }

    @Test
    void of_whatDoesNotApply_isLeftOutWithItsReason() {
        Robustness.Scorer right = changed -> answers(changed, _ -> true);
        assertEquals(
                List.of(
                        "left out, since the model reads no text: audio missing, text missing, words wrong 10 %, words wrong"
                                + " 20 %, words wrong 40 %"),
                of(subject(true, false, false, false), right).leftOut());
        assertEquals(
                List.of(
                        "left out, since the texts are the same in every emotion: words wrong 10 %, words wrong 20 %, words"
                                + " wrong 40 %"),
                of(subject(true, true, true, false), right).leftOut());
        Subject texts = new Subject(
                UTTERANCES.stream().map(Utterance::withoutText).toList(),
                answers(UTTERANCES, _ -> true),
                false,
                true,
                false,
                false);
        assertEquals(
                "‹robustness›: no condition applies, since the model reads no audio, and no utterance has text; give"
                        + " recordings or sentences that the model reads",
                Refusal.of(() -> of(texts, right)));
    }

    /// An utterance is changed alike whatever its neighbours are, and the times of its words move with the sound.
    @Test
    void all_change_dependsOnTheUtteranceAlone() {
        Utterance first = UTTERANCES.getFirst();
        Utterance timed = first.withAudio(
                Objects.requireNonNull(first.audio()), WordTimes.parse("0-1 1-2 2-3 3-4 4-5", "a b c d e", "test"));
        Map<String, Double> ends = Map.of("speed 0.9", 5 / 0.9, "speed 1.1", 5 / 1.1);
        for (Condition condition : Conditions.all(UTTERANCES)) {
            Utterance one = condition.change().apply(timed);
            Utterance again = condition.change().apply(timed);
            assertEquals(one.text(), again.text(), condition.name());
            AudioSource sound = one.audio();
            if (sound != null && condition.needs() == Condition.Needs.AUDIO) {
                assertEquals(
                        sound.contentHash(),
                        Objects.requireNonNull(again.audio()).contentHash(),
                        condition.name());
                double end = Objects.requireNonNull(one.times()).end(4);
                assertEquals(ends.getOrDefault(condition.name(), 5.0), end, 1e-12, condition.name());
            }
        }
    }
}
