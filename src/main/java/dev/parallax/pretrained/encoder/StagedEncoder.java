package dev.parallax.pretrained.encoder;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.List;

/// An encoder of speech as a list of stages. Training computes them one after the other on one tape, which keeps all
/// that gradients need. A frozen encoder computes them on two tapes in turn, each of which is cleared as soon as the
/// next stage has read it: so nothing is kept but the states.
abstract sealed class StagedEncoder implements SpeechEncoder permits Wav2Vec2, Emotion2Vec, Whisper {

    /// What the first stage reads.
    abstract Variable first(Pass pass, List<float[]> inputs);

    /// The stages for these recordings.
    abstract List<Stage> stages(List<float[]> inputs);

    /// The rows of a state that belong to the recordings.
    Variable ofRecordings(Pass pass, Variable state, List<float[]> inputs) {
        return state;
    }

    @Override
    public final List<Variable> states(Pass pass, List<float[]> inputs, int last) {
        List<Variable> states = new ArrayList<>();
        Variable x = first(pass, inputs);
        for (Stage stage : stages(inputs)) {
            if (states.size() > last) {
                break;
            }
            x = stage.step().forward(pass, x);
            if (stage.isState()) {
                states.add(ofRecordings(pass, x, inputs));
            }
        }
        return states;
    }

    @Override
    public final List<float[]> frozenStates(Tape one, Tape two, List<float[]> inputs, int last) {
        List<float[]> states = new ArrayList<>();
        Tape read = one;
        Tape written = two;
        Variable x = first(Pass.inference(read, parameters()), inputs);
        for (Stage stage : stages(inputs)) {
            if (states.size() > last) {
                break;
            }
            Pass pass = Pass.inference(written, parameters());
            x = stage.step().forward(pass, written.constant(x.value()));
            if (stage.isState()) {
                states.add(ofRecordings(pass, x, inputs).value().toArray());
            }
            read.reset();
            Tape cleared = read;
            read = written;
            written = cleared;
        }
        return states;
    }
}
