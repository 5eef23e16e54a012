package dev.parallax.corpus.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.Voices;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.corpus.Clips;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCopiesTest {

    private static final int RATE = 16000;

    private final List<Utterance> utterances = new ArrayList<>();
    private final List<@Nullable SoundFacts> facts = new ArrayList<>();

    private void add(String id, Audio audio, String emotion) {
        utterances.add(Clips.utterance(id, new Clips.Counted(utterances.size(), 1), emotion, "anna"));
        facts.add(SoundFacts.of(audio, 1, List.of()));
    }

    private List<String> copies(int threads) {
        return SoundCopies.of(utterances, facts, threads).copies().stream()
                .map(copy -> copy.describe() + (copy.contradicts() ? "!" : ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void of_copiesOfEachKind_areFoundAndNoOthers(int threads) {
        for (int seed = 0; seed < 30; seed++) {
            add("v" + seed, Voices.of(seed, 1.5, RATE, 0), "joy");
        }
        Audio seven = Voices.of(7, 1.5, RATE, 0);
        add("same", Voices.of(4, 1.5, RATE, 0), "anger");
        add("slow", new Audio(Resampler.of(RATE, 8000).resample(seven.samples()), 8000), "joy");
        add("quiet", Voices.changed(seven, 0.1, 0.001), "joy");
        add("later", Voices.of(9, 1.5, RATE, 0.5), "joy");
        assertEquals(
                List.of(
                        "same is the same recording as v4!",
                        "slow sounds the same as v7",
                        "quiet sounds the same as v7",
                        "later sounds the same as v9"),
                copies(threads));
    }

    @Test
    void of_silentRecordings_areNobodysCopies() {
        add("a", new Audio(new float[RATE], RATE), "joy");
        add("b", new Audio(new float[RATE], RATE), "anger");
        assertEquals(List.of(), copies(1));
    }

    @Test
    void of_copyOfACopy_belongsToTheFirst() {
        Audio voice = Voices.of(1, 1.5, RATE, 0);
        Audio quiet = Voices.changed(voice, 0.2, 0);
        add("first", voice, "joy");
        add("quiet", quiet, "joy");
        add("again", Voices.changed(voice, 0.2, 0), "joy");
        assertEquals(List.of("quiet sounds the same as first", "again sounds the same as first"), copies(1));
        utterances.add(new Utterance("text", null, "words", "joy", dev.parallax.data.Origin.UNKNOWN));
        facts.add(null);
        SoundCopies copies = SoundCopies.of(utterances, facts, 1);
        assertEquals("first", copies.firstOf("again"));
        assertEquals("text", copies.firstOf("text"));
    }
}
