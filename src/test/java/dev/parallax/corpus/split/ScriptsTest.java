package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScriptsTest {

    @Test
    void words_spelledDifferently_areTheSame() {
        String words = Scripts.words("Don't you EVER  do that again!");
        assertEquals(words, Scripts.words("don’t you ever... do that, again"));
        assertEquals(words, Scripts.words("Ｄon't you ever do that again"));
        assertNotEquals(words, Scripts.words("Don't you ever do this again!"));
    }

    @Test
    void words_fewerThanFour_areNobodysLines() {
        for (String text : List.of("Yeah.", "I don't know.", "It's eleven o'clock.", "...!!! ... ?", "")) {
            assertNull(Scripts.words(text), text);
        }
        assertNull(Scripts.words(null));
        assertNotNull(Scripts.words("I really don't know."));
    }

    @Test
    void unlike_ofUtterances_comparesScriptsElseTranscripts() {
        Utterance test = utterance("t1", "What is it to you?", null, "d1");
        Utterance played = utterance("t2", "Whatever is written.", "scene 1", "d1");
        Utterance same = utterance("a", "what is it to you", null, "d2");
        Utterance sameScript = utterance("b", "Something else in the scene.", "scene 1", "d2");
        Utterance scripted = utterance("c", "What is it to you?", "scene 2", "d2");
        Utterance other = utterance("d", "Yeah.", null, "d2");
        List<Utterance> training = List.of(same, sameScript, scripted, other);
        Scripts scripts = Scripts.ofUtterances(List.of(test, played, same, sameScript, scripted, other));
        assertEquals(List.of(scripted, other), scripts.unlike(List.of(test, played), training));
    }

    @Test
    void unlike_ofDialogues_dropsThemWholeAndByScriptAlone() {
        Utterance test = utterance("t", "What is it to you?", "scene 1", "d1");
        Utterance improvised = utterance("a", "What is it to you?", null, "d2");
        Utterance played = utterance("b", "Something else.", "scene 1", "d3");
        Utterance after = utterance("c", "And then it was over.", null, "d3");
        Scripts scripts = Scripts.ofDialogues(List.of(test, improvised, played, after));
        assertEquals(List.of(improvised), scripts.unlike(List.of(test), List.of(improvised, played, after)));
    }

    private static Utterance utterance(String id, String text, @Nullable String script, String dialogue) {
        Origin origin = Origin.ofSpeaker("anna").withTurn(dialogue, 0).withScript(script);
        return new Utterance(id, null, text, "joy", origin);
    }
}
