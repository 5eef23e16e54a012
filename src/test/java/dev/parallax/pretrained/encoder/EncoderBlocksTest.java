package dev.parallax.pretrained.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The upper blocks of an encoder in another network against the encoder itself, whose states and gradients
/// `EncoderGoldenTest` compares with transformers.
class EncoderBlocksTest {

    private static final String PREFIX = "audio.encoder.";
    private static final List<String> TEXT = List.of("bert", "distilbert", "minilm", "roberta", "xlm-roberta");
    private static final List<String> SPEECH =
            List.of("wav2vec2-base", "wav2vec2-large", "hubert-base", "data2vec-audio", "wavlm-base", "wavlm-large");

    static Stream<Arguments> encoders() {
        return TestBackends.all()
                .flatMap(backend ->
                        Stream.concat(TEXT.stream(), SPEECH.stream()).map(name -> Arguments.of(backend, name)));
    }

    private static Path folder(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(EncoderBlocksTest.class.getResource("/dev/parallax/pretrained/" + name))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A whole encoder and what it reads: two sequences.
    private record Whole(Parameters parameters, Offsets rows, Reading states) {

        interface Reading {
            List<Variable> of(Pass pass);
        }

        static Whole of(String name, Backend backend) {
            if (TEXT.contains(name)) {
                TextEncoder encoder = TextEncoder.read(folder(name), backend, 0);
                int[] ids = {3, 7, 11, 2, 5, 9};
                Offsets rows = Offsets.ofLengths(4, 2);
                return new Whole(encoder.parameters(), rows, pass -> encoder.states(pass, ids, new int[6], rows));
            }
            Wav2Vec2 encoder = Wav2Vec2.read(folder(name), backend, 0);
            float[] wave = encoder.input(new Golden("pretrained/waves").floats("wave_1"));
            List<float[]> inputs = List.of(wave, Arrays.copyOf(wave, 3000));
            Offsets rows = encoder.frames(Offsets.ofLengths(wave.length, 3000));
            return new Whole(encoder.parameters(), rows, pass -> encoder.states(pass, inputs));
        }
    }

    /// A network that has a layer of its own before the blocks, and one behind them.
    private record Network(Parameters parameters, EncoderBlocks blocks) {

        static Network of(String name, Backend backend, int first) {
            return of(name, backend, first, 0);
        }

        static Network of(String name, Backend backend, int first, int rank) {
            Parameters parameters = new Parameters();
            new Linear(parameters, "audio.before", 5, 3);
            BlocksConfig config = BlocksConfig.read(folder(name));
            EncoderBlocks blocks = new EncoderBlocks(config, parameters, PREFIX, first, rank, 0);
            new Linear(parameters, "audio.behind", 3, 4);
            parameters.initialize(backend, 6);
            blocks.fill(folder(name));
            return new Network(parameters, blocks);
        }
    }

    private static float[] values(Variable state) {
        return state.value().toArray();
    }

    private static int layers(String name) {
        return BlocksConfig.read(folder(name)).layers();
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void states_ofFrozenLowerPartAndUpperBlocks_areThoseOfTheEncoder(Backend backend, String name) {
        Whole whole = Whole.of(name, backend);
        for (int first : new int[] {1, 2, layers(name)}) {
            Network network = Network.of(name, backend, first);
            try (Tape tape = new Tape(backend);
                    Tape upper = new Tape(backend)) {
                List<Variable> expected = whole.states.of(Pass.inference(tape, whole.parameters));
                Variable before = upper.constant(expected.get(first - 1).value());
                List<Variable> states =
                        network.blocks.states(Pass.inference(upper, network.parameters), before, whole.rows);
                assertEquals(layers(name) - first + 1, states.size());
                for (int i = 0; i < states.size(); i++) {
                    assertArrayEquals(values(expected.get(first + i)), values(states.get(i)), first + " " + i);
                }
            }
            network.parameters.close();
        }
        whole.parameters.close();
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void gradients_ofAllThatMoves_areThoseOfTheEncoder(Backend backend, String name) {
        Whole whole = Whole.of(name, backend);
        Buffer expected = backend.allocate(whole.parameters.size());
        for (int first : new int[] {1, layers(name)}) {
            Network network = Network.of(name, backend, first);
            Buffer gradients = backend.allocate(network.parameters.size());
            backend.fill(0, expected);
            try (Tape tape = new Tape(backend);
                    Tape upper = new Tape(backend)) {
                List<Variable> states = whole.states.of(Pass.differentiable(tape, whole.parameters, expected));
                Variable before = upper.constant(states.get(first - 1).value());
                backward(tape, states.getLast());
                Pass pass = Pass.differentiable(upper, network.parameters, gradients);
                backward(upper, network.blocks.states(pass, before, whole.rows).getLast());
            }
            for (Parameter parameter : network.parameters.all()) {
                if (parameter.name().startsWith(PREFIX) && !network.parameters.isFixed(parameter)) {
                    float[] gradient = of(gradients, network.parameters, parameter);
                    Parameter theirs = find(whole.parameters, parameter.name().substring(PREFIX.length()));
                    assertArrayEquals(of(expected, whole.parameters, theirs), gradient, parameter.name());
                    assertTrue(hasOther(gradient, 0), parameter.name());
                }
            }
            network.parameters.close();
        }
        whole.parameters.close();
    }

    /// It starts as the encoder is. At first only B has a gradient: that of A is a product with B, which is zero.
    @ParameterizedTest
    @MethodSource("encoders")
    void lora_atItsStart_isTheEncoderAndMovesAlone(Backend backend, String name) {
        Whole whole = Whole.of(name, backend);
        Network network = Network.of(name, backend, 2, 3);
        Buffer gradients = backend.allocate(network.parameters.trainableSize());
        try (Tape tape = new Tape(backend);
                Tape upper = new Tape(backend)) {
            List<Variable> expected = whole.states.of(Pass.inference(tape, whole.parameters));
            Variable before = upper.constant(expected.get(1).value());
            Pass pass = Pass.differentiable(upper, network.parameters, gradients);
            Variable last = network.blocks.states(pass, before, whole.rows).getLast();
            assertArrayEquals(values(expected.getLast()), values(last));
            backward(upper, last);
        }
        int added = 0;
        for (Parameter parameter : network.parameters.all()) {
            boolean isLora = parameter.name().matches(".*\\.(query|value)\\.lora[AB]");
            boolean isOfBlocks = parameter.name().startsWith(PREFIX);
            assertEquals(isOfBlocks && !isLora, network.parameters.isFixed(parameter), parameter.name());
            if (isLora) {
                added++;
                float[] gradient = of(gradients, network.parameters, parameter);
                assertEquals(parameter.name().endsWith("B"), hasOther(gradient, 0), parameter.name());
                float[] start = network.parameters.value(parameter).toArray();
                assertEquals(parameter.name().endsWith("A"), hasOther(start, 0), parameter.name());
            }
        }
        assertEquals(4 * (layers(name) - 1), added);
        network.parameters.close();
        whole.parameters.close();
    }

    /// Of the sum over all values of the state, each times a random number.
    private static void backward(Tape tape, Variable state) {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        float[] direction = new float[state.shape().count()];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) random.nextGaussian();
        }
        tape.backward(state, Tensor.of(tape.backend(), state.shape(), direction));
    }

    private static float[] of(Buffer flat, Parameters parameters, Parameter parameter) {
        return new Tensor(parameters.backend(), parameter.shape(), parameters.slice(flat, parameter)).toArray();
    }

    private static Parameter find(Parameters parameters, String name) {
        return parameters.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasOther(float[] values, float than) {
        for (float value : values) {
            if (value != than) {
                return true;
            }
        }
        return false;
    }

    /// All blocks of WavLM read the table of the first one.
    @Test
    void tableOfDistances_firstBlockNotThere_isFixed() {
        Backend backend = TestBackends.all().findFirst().orElseThrow();
        String table = PREFIX + "encoder.layers.0.attention.rel_attn_embed.weight";
        for (int first : new int[] {1, 2}) {
            Network network = Network.of("wavlm-large", backend, first);
            assertEquals(first > 1, network.parameters.isFixed(find(network.parameters, table)));
            assertFalse(network.parameters.all().stream()
                    .anyMatch(each -> !each.name().equals(table) && network.parameters.isFixed(each)));
            network.parameters.close();
        }
    }

    /// The weights of a trained model's blocks are in its own file: its network is made of the settings alone.
    @Test
    void of_configWithoutAFolder_describesTheSameBlocks() {
        JsonObject json = Json.parseObject(folder("wavlm-base").resolve("config.json"));
        JsonObject again = Json.parseObject(json.toText(), "a model file");
        assertEquals(BlocksConfig.read(folder("wavlm-base")), BlocksConfig.of(again));
        Parameters parameters = new Parameters();
        new EncoderBlocks(BlocksConfig.of(again), parameters, PREFIX, 2, 0);
        Backend backend = TestBackends.all().findFirst().orElseThrow();
        Network network = Network.of("wavlm-base", backend, 2);
        List<String> names = parameters.all().stream().map(Parameter::name).toList();
        assertTrue(
                network.parameters.all().stream().map(Parameter::name).toList().containsAll(names));
        network.parameters.close();
    }

    // ---- what is refused ----

    @Test
    void new_blockThatIsNotThere_saysWhichThereAre() {
        BlocksConfig config = BlocksConfig.read(folder("hubert-base"));
        int layers = config.layers();
        for (int first : new int[] {0, layers + 1}) {
            Parameters parameters = new Parameters();
            BadInputException refused = assertThrows(
                    BadInputException.class, () -> new EncoderBlocks(config, parameters, PREFIX, first, 0));
            assertEquals(
                    "the first of an encoder's blocks to train is " + first + ", must be in [1, " + layers
                            + "], since it has " + layers,
                    refused.getMessage());
        }
    }

    @Test
    void new_rankOutOfItsRange_saysWhichThereAre() {
        BlocksConfig config = BlocksConfig.read(folder("hubert-base"));
        for (int rank : new int[] {-1, config.width() + 1}) {
            Parameters parameters = new Parameters();
            BadInputException refused = assertThrows(
                    BadInputException.class, () -> new EncoderBlocks(config, parameters, PREFIX, 2, rank, 0));
            assertEquals(
                    "audio.encoder.encoder.layers.1.attention.query: the rank of its adaptation is " + rank
                            + ", must be in [1, " + config.width() + "]",
                    refused.getMessage());
        }
    }

    @Test
    void fill_otherEncoder_isRefused() {
        Backend backend = TestBackends.all().findFirst().orElseThrow();
        Network network = Network.of("wav2vec2-base", backend, 2);
        Path other = folder("wav2vec2-large");
        BadInputException refused = assertThrows(BadInputException.class, () -> network.blocks.fill(other));
        assertEquals(
                other + ": has another encoder than the one whose blocks are to be filled; give the folder of that one",
                refused.getMessage());
        network.parameters.close();
    }

    @Test
    void read_encoderWhoseStatesLackRows_saysWhatCanBeTrained() {
        String those = "its states leave out; take its states as they are, or train bert, distilbert, roberta,"
                + " xlm-roberta, camembert, wav2vec2, hubert, wavlm, data2vec-audio";
        Path whisper = folder("whisper-encoder");
        BadInputException silence = assertThrows(BadInputException.class, () -> BlocksConfig.read(whisper));
        assertEquals(
                whisper.resolve("config.json") + ": the blocks of Whisper cannot be trained, since they also read the"
                        + " silence behind a recording, which " + those,
                silence.getMessage());
        Path emotion2vec = folder("emotion2vec");
        BadInputException tokens = assertThrows(BadInputException.class, () -> BlocksConfig.read(emotion2vec));
        assertEquals(
                emotion2vec + ": the blocks of emotion2vec cannot be trained, since they also read learned rows that "
                        + those,
                tokens.getMessage());
    }
}
