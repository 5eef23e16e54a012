package dev.parallax.model.turns;

import dev.parallax.BadInputException;
import dev.parallax.audio.ParallelLoop;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioStretch;
import dev.parallax.data.WordTimes;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.ReadTurn;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.transcript.SpokenTurn;
import dev.parallax.transcript.SpokenWord;
import dev.parallax.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The answers to all turns of a talk.
///
///     Transcript transcript = Transcript.read(Path.of("talk.srt"));
///     try (AudioFile file = AudioFile.open(Path.of("talk.wav"), warnings::add)) {
///         AnsweredTalk talk = AnsweredTalk.of(model, file, transcript);
///     }
///
/// A model of utterances answers each turn as if its stretch were a recording of its own; the bits are the same. A
/// model of dialogues answers all turns as one dialogue, in their order.
///
/// @param turns in the order of the transcript
public record AnsweredTalk(List<AnsweredTurn> turns) {

    public AnsweredTalk {
        turns = List.copyOf(Objects.requireNonNull(turns, "turns"));
    }

    /// Answers all turns on all processors.
    ///
    /// @param recording open, or null where the words are all there is
    public static AnsweredTalk of(Model model, @Nullable AudioFile recording, Transcript transcript) {
        return of(model, recording, transcript, Runtime.getRuntime().availableProcessors(), _ -> {});
    }

    /// The same.
    ///
    /// @param recording open, and heard by its channel; null where the words are all there is
    /// @param threads   at most, on which no answer depends
    /// @param done      receives how many turns more are read, on any thread
    public static AnsweredTalk of(
            Model model, @Nullable AudioFile recording, Transcript transcript, int threads, LongConsumer done) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(transcript, "transcript");
        Objects.requireNonNull(done, "done");
        return switch (model) {
            case EmotionModel emotions -> answers(emotions, recording, transcript, threads, done);
            case DialogueModel dialogues -> together(dialogues, recording, transcript, threads, done);
        };
    }

    /// The answers that there are, in the order of the turns.
    public List<Prediction> predictions() {
        return turns.stream()
                .map(AnsweredTurn::prediction)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static AnsweredTalk answers(
            EmotionModel model, @Nullable AudioFile recording, Transcript transcript, int threads, LongConsumer done) {
        List<Given> all = given(model, recording, transcript);
        @Nullable AnsweredTurn[] answers = new AnsweredTurn[all.size()];
        forEach(all.size(), threads, done, i -> {
            Given given = all.get(i);
            try {
                Prediction prediction = model.predict(given.heard(model), given.turn.said(), given.times(), 1);
                answers[i] = given.answered(prediction);
            } catch (BadInputException e) {
                answers[i] = given.refused(e);
            }
        });
        return of(answers);
    }

    private static AnsweredTalk together(
            DialogueModel model, @Nullable AudioFile recording, Transcript transcript, int threads, LongConsumer done) {
        EmotionModel first = model.first();
        if (first == null) {
            throw new BadInputException("predict: this model of dialogues answers vectors that another model made, not"
                    + " the turns of a transcript");
        }
        List<Given> all = given(first, recording, transcript);
        @Nullable ReadTurn[] read = new ReadTurn[all.size()];
        @Nullable AnsweredTurn[] answers = new AnsweredTurn[all.size()];
        forEach(all.size(), threads, done, i -> {
            Given given = all.get(i);
            try {
                read[i] = model.read(i, given.heard(first), given.turn.said(), given.turn.speaker(), 1);
            } catch (BadInputException e) {
                answers[i] = given.refused(e);
            }
        });
        List<ReadTurn> dialogue = new ArrayList<>();
        for (ReadTurn turn : read) {
            if (turn != null) {
                dialogue.add(turn);
            }
        }
        List<Prediction> predictions = dialogue.isEmpty() ? List.of() : model.answer(dialogue);
        int next = 0;
        for (int i = 0; i < answers.length; i++) {
            if (read[i] != null) {
                answers[i] = all.get(i).answered(predictions.get(next++));
            }
        }
        return of(answers);
    }

    private static AnsweredTalk of(@Nullable AnsweredTurn[] answers) {
        List<AnsweredTurn> all = new ArrayList<>();
        for (AnsweredTurn answer : answers) {
            all.add(Objects.requireNonNull(answer, "each turn has an answer or a reason"));
        }
        return new AnsweredTalk(all);
    }

    private interface Task {
        void of(int turn);
    }

    private static void forEach(int count, int threads, LongConsumer done, Task task) {
        ParallelLoop.run(count, 1, threads, () -> (from, to) -> {
            for (int i = from; i < to; i++) {
                task.of(i);
                done.accept(1);
            }
        });
    }

    private static List<Given> given(EmotionModel model, @Nullable AudioFile recording, Transcript transcript) {
        AudioFile listened = model.readsAudio() ? recording : null;
        return transcript.turns().stream().map(turn -> Given.of(turn, listened)).toList();
    }

    /// What a model is given of a turn.
    private record Given(
            SpokenTurn turn,
            @Nullable AudioFile recording,
            @Nullable Segment segment,
            List<String> remarks) {

        private static final String DESCRIBED = "the text of the turn only describes a sound, so nothing is read";

        static Given of(SpokenTurn turn, @Nullable AudioFile recording) {
            TurnSound sound = recording == null
                    ? new TurnSound(null, List.of())
                    : TurnSound.of(turn.span(), recording.frames(), recording.sampleRate());
            List<String> remarks = new ArrayList<>(sound.remarks());
            if (turn.said() == null) {
                remarks.add(DESCRIBED);
            }
            return new Given(turn, recording, sound.segment(), remarks);
        }

        @Nullable
        HeardRecording heard(EmotionModel model) {
            return recording == null || segment == null
                    ? null
                    : model.hear(new AudioStretch(recording, segment, "the recording"), 1);
        }

        /// When each word is said within the stretch, or null where that is not known.
        @Nullable
        WordTimes times() {
            List<SpokenWord> words = turn.words();
            String said = turn.said();
            if (segment == null || recording == null || said == null || WordTimes.words(said).length != words.size()) {
                return null;
            }
            WordTimes times = WordTimes.of(
                    words.stream().mapToDouble(word -> word.span().start()).toArray(),
                    words.stream().mapToDouble(word -> word.span().end()).toArray());
            return times == null ? null : times.shifted(-(double) segment.start() / recording.sampleRate());
        }

        AnsweredTurn answered(Prediction prediction) {
            List<String> warnings = new ArrayList<>(remarks);
            warnings.addAll(prediction.warnings());
            return new AnsweredTurn(
                    turn,
                    segment,
                    new Prediction(prediction.labels(), prediction.answers(), prediction.by(), warnings),
                    null);
        }

        AnsweredTurn refused(BadInputException reason) {
            String message = String.valueOf(reason.getMessage());
            return new AnsweredTurn(
                    turn, segment, null, remarks.isEmpty() ? message : String.join("; ", remarks) + "; " + message);
        }
    }
}
