package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final List<Utterance> utterances = new ArrayList<>();

    private void speak(String dialogue, @Nullable String... speakers) {
        for (String speaker : speakers) {
            Origin origin = Origin.ofSpeaker(speaker).withTurn(dialogue, -1);
            utterances.add(new Utterance("u" + utterances.size(), null, "words", "joy", origin));
        }
    }

    @Test
    void connected_throughOthers_areOneSession() {
        speak("d4", "gina");
        speak("d3", "carl", "dora");
        speak("d1", "anna", "bert");
        speak("d2", "bert", "carl");
        speak("d5", "emma", "fred");
        assertEquals(
                List.of("anna+bert+carl+1 more", "emma+fred", "gina"),
                Sessions.of(utterances).names());
        assertEquals(
                6,
                Sessions.of(utterances)
                        .utterances(List.of("anna+bert+carl+1 more"))
                        .size());
    }

    @Test
    void connected_unknownSpeakers_connectNothing() {
        speak("d1", "anna", null);
        speak("d2", null, null);
        assertEquals(List.of("anna", "d2"), Sessions.connected(utterances).names());
    }

    @Test
    void of_namedSessions_areTakenAsTheyAre() {
        speak("d1", "anna", "bert");
        speak("d2", "anna", "carl");
        utterances.replaceAll(each -> each.withOrigin(each.origin().withSession("on " + each.dialogue())));
        assertEquals(List.of("on d1", "on d2"), Sessions.of(utterances).names());
        assertEquals(List.of("anna+bert+carl"), Sessions.connected(utterances).names());
    }
}
