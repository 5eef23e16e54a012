package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Finds the recording sessions of a corpus: as it names them, else groups of dialogues that share speakers.
final class Sessions {

    private static final String SESSION = "session";
    private static final int SPEAKERS_IN_A_NAME = 3;

    /// A dialogue to one that comes before it in the alphabet and belongs to the same group.
    private final Map<String, String> joined = new HashMap<>();

    private Sessions() {}

    /// A group a session: as the corpus names them, else as of [#connected].
    ///
    /// @throws BadInputException where neither can be found
    static SplitGroups of(List<Utterance> utterances) {
        long unnamed = SplitGroups.unknown(utterances, Utterance::session);
        if (unnamed == 0) {
            return SplitGroups.by(SESSION, utterances, Utterance::session);
        }
        if (unnamed < utterances.size()) {
            throw new BadInputException("split: " + unnamed + " of " + utterances.size()
                    + " utterances name no session while others do; fill the column session, or leave it out");
        }
        long speakers = SplitGroups.unknown(utterances, Utterance::speaker);
        long dialogues = SplitGroups.unknown(utterances, Utterance::dialogue);
        if (speakers + dialogues > 0) {
            throw new BadInputException("split: no utterance names its session, and " + dialogues + " of "
                    + utterances.size() + " name no dialogue and " + speakers + " no speaker to find it by; fill the"
                    + " column session, or ask for ‹protocol "
                    + (dialogues == 0 ? "dialogues-5" : speakers == 0 ? "speakers-5" : "random") + "›");
        }
        return connected(utterances);
    }

    /// A group a group of dialogues that share speakers, directly or through others; a dialogue whose speakers are
    /// not known stands alone.
    ///
    /// @throws BadInputException where an utterance is in no dialogue
    static SplitGroups connected(List<Utterance> utterances) {
        Sessions sessions = new Sessions();
        Map<String, String> firstOfSpeaker = new HashMap<>();
        SplitGroups.byDialogue(utterances).members().forEach((dialogue, members) -> {
            for (Utterance utterance : members) {
                String speaker = utterance.speaker();
                String first = speaker == null ? null : firstOfSpeaker.putIfAbsent(speaker, dialogue);
                if (first != null) {
                    sessions.join(first, dialogue);
                }
            }
        });
        Map<String, Set<String>> speakers = new HashMap<>();
        for (Utterance utterance : utterances) {
            Set<String> there = speakers.computeIfAbsent(sessions.first(utterance), _ -> new TreeSet<>());
            if (utterance.speaker() != null) {
                there.add(utterance.speaker());
            }
        }
        boolean each = speakers.values().stream().allMatch(there -> there.size() == 1);
        return SplitGroups.by(each ? "speaker" : SESSION, utterances, utterance -> {
            String first = sessions.first(utterance);
            return name(first, speakers.getOrDefault(first, Set.of()));
        });
    }

    private void join(String dialogue, String other) {
        String a = first(dialogue);
        String b = first(other);
        if (!a.equals(b)) {
            joined.put(a.compareTo(b) < 0 ? b : a, a.compareTo(b) < 0 ? a : b);
        }
    }

    private String first(Utterance utterance) {
        return first(Objects.requireNonNull(utterance.dialogue()));
    }

    /// The first dialogue of a group.
    private String first(String dialogue) {
        String first = dialogue;
        for (String next = joined.get(first); next != null; next = joined.get(first)) {
            first = next;
        }
        return first;
    }

    /// `anna+bert`, which no other group is called, since no other has these speakers; the dialogue where none is
    /// known.
    private static String name(String dialogue, Set<String> speakers) {
        if (speakers.isEmpty()) {
            return dialogue;
        }
        String shown =
                String.join("+", speakers.stream().limit(SPEAKERS_IN_A_NAME).toList());
        int more = speakers.size() - SPEAKERS_IN_A_NAME;
        return more > 0 ? shown + "+" + more + " more" : shown;
    }
}
