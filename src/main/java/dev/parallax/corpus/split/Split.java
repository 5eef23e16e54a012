package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Spelling;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.io.Choice;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which utterances are trained on, validated on and tested on. It travels with the model, so that the test part
/// is never drawn again and nothing that was trained on is ever scored as if it were new.
///
/// @param how                how it was made, one line for reports
/// @param speakerIndependent whether no speaker is in two parts and every speaker is known
/// @param hashing            what the hashes of the members are of
/// @param train              learned from; never empty
/// @param val                chooses the epoch and the temperature; may be empty
/// @param test               scored once; may be empty
/// @param excluded           in no part, so that nothing said in one part is known from another, out of the scope of
///                           a published protocol, or left out because something is wrong with it; mostly empty
/// @param speakers           the known ones who are heard or quoted in the training and validation parts, their names
///                           as [Spelling#foldedSpeaker] has them, sorted; empty where nobody asked ([#spokenBy])
public record Split(
        String how,
        boolean speakerIndependent,
        Hashing hashing,
        List<Member> train,
        List<Member> val,
        List<Member> test,
        List<Member> excluded,
        List<String> speakers) {

    /// What of an utterance that has a recording identifies its content.
    public enum Hashing implements Choice {
        /// The bytes of its file, as models of former versions have it.
        FILE,
        /// Its decoded samples: the same in every container.
        SOUND,
        /// Nothing of it: the words alone, of models that hear nothing.
        WORDS
    }

    /// What the line that says how a split was made holds where a sound is in two parts.
    public static final String SAME_SOUND = "THE SAME SOUND IN TWO PARTS";

    /// What that line holds where the validation part has speakers of the training part, since no other could
    /// validate.
    public static final String VALIDATED_ON_TRAINED = "ITS SPEAKERS ARE TRAINED ON TOO";

    /// What that line holds of protocols that ignore speakers.
    static final String NOT_KEPT_APART = "speakers not kept apart";

    private static final int HASH_DIGITS = 16;
    private static final String UNREAD = "0".repeat(HASH_DIGITS);
    private static final String EXCLUDED = "excluded";

    // splits of former versions say nothing of hashes, and theirs are of files
    private static final RecordJson<Split> JSON = RecordJson.of(Split.class)
            .named("hashing", "hashes")
            .since("hashing", Hashing.FILE)
            .as("train", Split::text, Split::members)
            .as("val", Split::text, Split::members)
            .as("test", Split::text, Split::members)
            .as(EXCLUDED, Split::text, Split::members)
            .leftOut(EXCLUDED, List.of())
            .leftOut("speakers", List.of());

    /// One utterance: its id and what identifies its content, 16 hexadecimal digits (see [#contentOf]).
    public record Member(String id, String hash) {

        /// The member that stands for an utterance; reads its file once for the hash.
        public static Member of(Utterance utterance) {
            return new Member(utterance.id(), contentOf(utterance));
        }

        /// The member that stands for an utterance that takes no part since its recording cannot be read; its hash is
        /// zeros where there is no file.
        public static Member ofUnread(Utterance utterance) {
            try {
                return of(utterance);
            } catch (BadInputException e) {
                return new Member(utterance.id(), UNREAD); // why was said when it was read
            }
        }
    }

    public Split {
        train = List.copyOf(train);
        val = List.copyOf(val);
        test = List.copyOf(test);
        excluded = List.copyOf(excluded);
        speakers = List.copyOf(speakers);
        if (train.isEmpty()) {
            throw new BadInputException("split (" + how + "): no utterance is left to train on; keep some out of the"
                    + " validation and test parts");
        }
        Map<String, String> partOf = new HashMap<>();
        claim(train, Part.TRAIN.word(), partOf, how);
        claim(val, Part.VAL.word(), partOf, how);
        claim(test, Part.TEST.word(), partOf, how);
        claim(excluded, EXCLUDED, partOf, how);
    }

    /// One of sounds.
    public Split(
            String how,
            boolean speakerIndependent,
            List<Member> train,
            List<Member> val,
            List<Member> test,
            List<Member> excluded) {
        this(how, speakerIndependent, Hashing.SOUND, train, val, test, excluded, List.of());
    }

    /// One that leaves nothing out.
    public Split(String how, boolean speakerIndependent, List<Member> train, List<Member> val, List<Member> test) {
        this(how, speakerIndependent, train, val, test, List.of());
    }

    private static void claim(List<Member> members, String part, Map<String, String> partOf, String how) {
        for (Member member : members) {
            String former = partOf.putIfAbsent(member.id(), part);
            if (former != null) {
                throw new BadInputException("split (" + how + "): " + member.id() + " is in " + former + " and in "
                        + part + "; put it into one part");
            }
        }
    }

    /// What identifies the content of an utterance: the first 16 hexadecimal digits of the SHA-256 of the samples of
    /// its recording, or of its vectors where it has no recording, or of its words where it has neither.
    public static String contentOf(Utterance utterance) {
        return contentOf(utterance, Hashing.SOUND);
    }

    private static String contentOf(Utterance utterance, Hashing hashing) {
        return hash(utterance, hashing).substring(0, HASH_DIGITS);
    }

    /// What identifies the content of utterances, hashed as this split does. A recording that cannot be read is taken
    /// for the member of its name: only models that hear nothing are asked about such.
    private final class Contents {
        private @Nullable Map<String, String> hashes; // by id; made for the first recording that cannot be read

        private String of(Utterance utterance) {
            try {
                return contentOf(utterance, hashing);
            } catch (BadInputException e) {
                if (hashes == null) {
                    hashes = Stream.of(train, val, test)
                            .flatMap(List::stream)
                            .collect(Collectors.toMap(Member::id, Member::hash));
                }
                return hashes.getOrDefault(utterance.id(), UNREAD);
            }
        }
    }

    /// Whether an utterance is known by its recording here.
    public boolean hears(Utterance utterance) {
        return utterance.audio() != null && hashing != Hashing.WORDS;
    }

    /// The ids of those among some utterances that are members of the test part: their content, under their id.
    public Set<String> testedMembers(List<Utterance> some) {
        Set<Member> tested = Set.copyOf(test);
        Contents contents = new Contents();
        return some.stream()
                .filter(utterance -> tested.contains(new Member(utterance.id(), contents.of(utterance))))
                .map(Utterance::id)
                .collect(Collectors.toSet());
    }

    /// This split of utterances whose words alone are read: their members are known by their words.
    public Split ofWords() {
        return new Split(how, speakerIndependent, Hashing.WORDS, train, val, test, excluded, speakers);
    }

    private static String hash(Utterance utterance, Hashing hashing) {
        AudioSource audio = utterance.audio();
        Vectors vectors = utterance.vectors();
        if (audio != null && hashing != Hashing.WORDS) {
            return hashing == Hashing.SOUND ? audio.soundHash() : audio.contentHash();
        }
        return vectors != null
                ? vectors.contentHash()
                : SafeFiles.sha256(("text:" + utterance.text()).getBytes(StandardCharsets.UTF_8));
    }

    /// The members of one part.
    public List<Member> members(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case VAL -> val;
            case TEST -> test;
        };
    }

    /// The utterances of one part, in the order of `utterances`.
    ///
    /// @throws BadInputException when some of the part are not among them: it is another corpus or another version
    public List<Utterance> select(Part part, List<Utterance> utterances) {
        Set<String> ids = members(part).stream().map(Member::id).collect(Collectors.toSet());
        List<Utterance> selected = utterances.stream()
                .filter(utterance -> ids.contains(utterance.id()))
                .toList();
        if (selected.size() < ids.size()) {
            Set<String> found = selected.stream().map(Utterance::id).collect(Collectors.toSet());
            String lost = members(part).stream()
                    .map(Member::id)
                    .filter(id -> !found.contains(id))
                    .findFirst()
                    .orElseThrow();
            throw new BadInputException("split: " + (ids.size() - selected.size()) + " of the "
                    + Count.of(ids.size(), part.word() + " utterance") + " are not in the corpus (the first is " + lost
                    + "); give the corpus that the split was made from");
        }
        return selected;
    }

    /// Utterances whose content a model of this split has learned from or was chosen by.
    ///
    /// @param utterances those that are not new to it, in their order
    /// @param alike      of which so many belong to its own test part, and have their words in common with others
    public record Seen(List<Utterance> utterances, int alike) {}

    /// Which of some utterances are not new to a model of this split, by their contents. Those of its own test part
    /// are new even where somebody else says the same words in another part. The same recording is not new, and
    /// neither is a copy of its sound.
    ///
    /// @param all    the utterances of the corpus, among which those are that were learned from
    /// @param copies of the same sound among them
    public Seen seen(List<Utterance> some, List<Utterance> all, SoundCopies copies) {
        Contents contents = new Contents();
        Set<String> known = new HashSet<>();
        learnedFrom().map(Member::hash).forEach(known::add);
        Set<String> sounds = all.stream()
                .filter(utterance -> hears(utterance) && known.contains(contents.of(utterance)))
                .map(utterance -> copies.firstOf(utterance.id()))
                .collect(Collectors.toSet());
        Set<Member> tested = Set.copyOf(test);
        List<Utterance> seen = new ArrayList<>();
        int alike = 0;
        for (Utterance utterance : some) {
            boolean heard = hears(utterance);
            String content = contents.of(utterance);
            if (!heard && known.contains(content) && tested.contains(new Member(utterance.id(), content))) {
                alike++;
            } else if (known.contains(content) || (heard && sounds.contains(copies.firstOf(utterance.id())))) {
                seen.add(utterance);
            }
        }
        return new Seen(List.copyOf(seen), alike);
    }

    /// Which of some utterances have the content of one in the test part.
    public List<Utterance> tested(List<Utterance> some) {
        Contents contents = new Contents();
        Set<String> tested = test.stream().map(Member::hash).collect(Collectors.toSet());
        return some.stream()
                .filter(utterance -> tested.contains(contents.of(utterance)))
                .toList();
    }

    /// This split, which knows who speaks in its training and validation parts.
    ///
    /// @param utterances among which those of the two parts are
    public Split spokenBy(List<Utterance> utterances) {
        Set<String> ids = learnedFrom().map(Member::id).collect(Collectors.toSet());
        List<String> names = utterances.stream()
                .filter(utterance -> ids.contains(utterance.id()))
                .map(Utterance::speaker)
                .filter(Objects::nonNull)
                .map(Spelling::foldedSpeaker)
                .distinct()
                .sorted()
                .toList();
        return new Split(how, speakerIndependent, hashing, train, val, test, excluded, names);
    }

    /// Speakers of some utterances who have the name of one who was learned from, however it is spelled; as the
    /// utterances have them, sorted.
    public List<String> knownSpeakers(List<Utterance> some) {
        Set<String> known = Set.copyOf(speakers);
        return some.stream()
                .map(Utterance::speaker)
                .filter(Objects::nonNull)
                .filter(speaker -> known.contains(Spelling.foldedSpeaker(speaker)))
                .distinct()
                .sorted()
                .toList();
    }

    /// The recordings or other contents that were learned from and are not among some utterances: a copy of such
    /// a recording that differs in any sample cannot be told from a new one.
    public List<Member> unheard(List<Utterance> all) {
        Set<String> here = all.stream().map(new Contents()::of).collect(Collectors.toSet());
        return learnedFrom().filter(member -> !here.contains(member.hash())).toList();
    }

    /// Whether this very utterance was learned from: its content, under its id, which the name of a corpus may
    /// precede here or there (`emodb1/03a01Fa`).
    public boolean hasLearned(Utterance utterance) {
        String content = new Contents().of(utterance);
        return learnedFrom()
                .filter(member -> member.hash().equals(content))
                .map(Member::id)
                .anyMatch(id -> id.equals(utterance.id())
                        || id.endsWith("/" + utterance.id())
                        || utterance.id().endsWith("/" + id));
    }

    /// What a model of this split has learned from or was chosen by, alone.
    ///
    /// @param chosenOnTest whether the test part chose the model; it is then the validation part
    public Split learned(boolean chosenOnTest) {
        return new Split(
                how, speakerIndependent, hashing, train, chosenOnTest ? test : val, List.of(), List.of(), speakers);
    }

    private Stream<Member> learnedFrom() {
        return Stream.concat(train.stream(), val.stream());
    }

    /// The training part of this split, alone.
    public Split trained() {
        return new Split(how, speakerIndependent, hashing, train, List.of(), List.of(), List.of(), speakers);
    }

    /// This split, known not to be speaker-independent.
    ///
    /// @param why the end of the line that says how it was made
    public Split dependent(String why) {
        return new Split(how + why, false, hashing, train, val, test, excluded, speakers);
    }

    /// This split and utterances that take no part.
    ///
    /// @param why the end of the line that says how it was made
    public Split leavingOut(List<Member> others, String why) {
        List<Member> more = new ArrayList<>(excluded);
        more.addAll(others);
        return new Split(how + why, speakerIndependent, hashing, train, val, test, more, speakers);
    }

    /// This split without a validation part: it is trained on. For runs in which it does not choose.
    public Split withoutVal() {
        List<Member> more = new ArrayList<>(train);
        more.addAll(val);
        return new Split(
                how + "; NO validation part, it is trained on",
                speakerIndependent,
                hashing,
                more,
                List.of(),
                test,
                excluded,
                speakers);
    }

    /// This split without a test part.
    public Split withoutTest() {
        return new Split(how, speakerIndependent, hashing, train, val, List.of(), excluded, speakers);
    }

    /// This split of some of its utterances.
    ///
    /// @throws BadInputException when none of its training part is among them
    public Split within(List<Utterance> some) {
        Set<String> ids = some.stream().map(Utterance::id).collect(Collectors.toSet());
        return new Split(
                how,
                speakerIndependent,
                hashing,
                those(train, ids),
                those(val, ids),
                those(test, ids),
                those(excluded, ids),
                speakers);
    }

    private static List<Member> those(List<Member> members, Set<String> ids) {
        return members.stream().filter(member -> ids.contains(member.id())).toList();
    }

    /// The share of all utterances that is in no part, in [0, 1).
    public double excludedShare() {
        return excluded.size() / (double) (train.size() + val.size() + test.size() + excluded.size());
    }

    /// Whether two or three parts have members: only these could have a speaker in common.
    public boolean hasSeveralParts() {
        return Stream.of(train, val, test).filter(part -> !part.isEmpty()).count() > 1;
    }

    /// One line for people: sizes, how it was made, and whether its parts are speaker-independent. Of one part alone
    /// the last is not said.
    public String describe() {
        return "train " + train.size() + ", val " + val.size() + ", test " + test.size()
                + (excluded.isEmpty() ? "" : ", excluded " + excluded.size()) + ": " + how
                + (hasSeveralParts() ? " (" + independence() + ")" : "");
    }

    private String independence() {
        if (!speakerIndependent) {
            return "NOT speaker-independent";
        }
        return how.contains(NOT_KEPT_APART) ? "speaker-independent by chance" : "speaker-independent";
    }

    /// `{how, speakerIndependent, hashes: "sound", train: "hash id|hash id|...", val: ..., test: ...}`, in order,
    /// `excluded` where something is, and `speakers` where some are known; in an id `|` is written `%7C`
    /// and `%` is written `%25`. One text a part, and nothing in it that JSON escapes:
    /// a model with tens of thousands of them is then read in a fraction of the time.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    private static Json text(List<Member> members) {
        return new Json.Text(members.stream()
                .map(member ->
                        member.hash() + " " + member.id().replace("%", "%25").replace("|", "%7C"))
                .collect(Collectors.joining("|")));
    }

    /// Reads what [#toJson] wrote.
    ///
    /// @throws BadInputException when something is missing or wrong
    public static Split fromJson(JsonObject json) {
        return JSON.read(json);
    }

    private static List<Member> members(JsonObject json, String part) {
        List<Member> members = new ArrayList<>();
        String all = json.text(part);
        for (String text : all.isEmpty() ? new String[0] : all.split("\\|", -1)) {
            if (text.length() < HASH_DIGITS + 2 || text.charAt(HASH_DIGITS) != ' ') {
                throw new BadInputException("split: " + part + " holds \"" + text + "\", expected a hash of "
                        + HASH_DIGITS + " digits, a blank and an id; the file is damaged");
            }
            String id = text.substring(HASH_DIGITS + 1).replace("%7C", "|").replace("%25", "%");
            members.add(new Member(id, text.substring(0, HASH_DIGITS)));
        }
        return members;
    }
}
