package dev.parallax.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for every strategy of [Fusions]: its value against plain loops, its gradients against
/// differences. The properties of its answers in a batch are in `NetworkTest`.
@Tag("backend")
@Tag("vector")
class FusionsTest {

    private static final double STEP = 2e-3;

    /// Every strategy on every backend, of single utterances and of utterances in their dialogues.
    static Stream<Arguments> strategies() {
        return TestBackends.all()
                .flatMap(backend -> Fusions.all().stream()
                        .flatMap(strategy ->
                                Stream.of(false, true).map(inContext -> Arguments.of(backend, strategy, inContext))));
    }

    private static float[] random(int stream, int length) {
        RandomStream random = new RandomStream(23, 0, 0, stream);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }

    @Test
    void all_everyStrategy_isListedOnceByItsName() {
        assertEquals(Fusions.all().size(), new HashSet<>(Fusions.names()).size());
    }

    /// A method that makes a fusion and is in no list would never be trained, studied or tested.
    @Test
    void all_everyMethodThatMakesAFusion_isListed() {
        Map<Class<? extends Fusion>, String> places = Map.of(
                EarlyFusion.class,
                "early-",
                MiddleFusion.class,
                "middle-",
                StateFusion.class,
                "",
                LateFusion.class,
                "late-");
        assertEquals(Set.of(Fusion.class.getPermittedSubclasses()), places.keySet());
        Set<String> made = new TreeSet<>();
        places.forEach((type, place) -> Arrays.stream(type.getDeclaredMethods())
                .filter(method ->
                        Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> Fusion.class.isAssignableFrom(method.getReturnType()))
                .forEach(method -> made.add(place + method.getName().toLowerCase(Locale.ROOT))));
        assertEquals(new TreeSet<>(Fusions.names()), made);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void forward_everyStrategy_equalsItsFormula(Backend backend, Fusions.Strategy strategy, boolean inContext) {
        FusionBench bench = new FusionBench(backend, strategy, FusionBench.NO_TRUNK, inContext);
        float[] z = bench.logits();
        assertEquals(FusionBench.PAIRED.length * FusionBench.CLASSES, z.length);
        int i = 0;
        for (int[] group : bench.groups()) {
            for (double[] expected : new FusionReference(bench, group).logits(strategy.name())) {
                for (double value : expected) {
                    assertEquals(value, z[i], 4e-6, "utterances " + Arrays.toString(group) + ", logit " + i);
                    i++;
                }
            }
        }
        assertEquals(z.length, i);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void backward_everyParameter_agreesWithDifferences(Backend backend, Fusions.Strategy strategy, boolean inContext) {
        FusionBench bench = new FusionBench(backend, strategy, FusionBench.WHOLE_TRUNK, inContext);
        float[] cotangent = random(0, FusionBench.PAIRED.length * FusionBench.CLASSES);
        bench.gradient(cotangent);
        for (Parameter parameter : bench.parameters.all()) {
            float[] direction =
                    random(1 + parameter.ordinal(), parameter.shape().count());
            float norm = (float) Math.sqrt(dot(direction, direction));
            for (int i = 0; i < direction.length; i++) {
                direction[i] /= norm;
            }
            float[] exact = bench.gradient(parameter);
            double expected = slope(bench, parameter, direction, cotangent);
            double tolerance = 1e-3 * (1 + Math.sqrt(dot(exact, exact)));
            assertEquals(expected, dot(exact, direction), tolerance, parameter.name());
        }
    }

    /// The derivative of sum(cotangent · z) along a direction, by central differences.
    private static double slope(FusionBench bench, Parameter parameter, float[] direction, float[] cotangent) {
        Buffer values = bench.parameters.slice(bench.parameters.values(), parameter);
        float[] at = new float[direction.length];
        bench.backend.download(values, at);
        double[] loss = new double[2];
        for (int side = 0; side < 2; side++) {
            float[] moved = at.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += (float) ((side == 0 ? -STEP : STEP) * direction[i]);
            }
            bench.backend.upload(moved, values);
            loss[side] = dot(cotangent, bench.logits());
        }
        bench.backend.upload(at, values);
        return (loss[1] - loss[0]) / (2 * STEP);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void backward_everyParameter_learns(Backend backend, Fusions.Strategy strategy, boolean inContext) {
        FusionBench bench = new FusionBench(backend, strategy, FusionBench.WHOLE_TRUNK, inContext);
        float[] gradient = bench.gradient(random(0, FusionBench.PAIRED.length * FusionBench.CLASSES));
        for (float value : gradient) {
            assertTrue(Float.isFinite(value));
        }
        for (Parameter parameter : bench.parameters.all()) {
            float[] own = bench.gradient(parameter);
            if (parameter.name().startsWith("fusion.")) {
                assertTrue(dot(own, own) > 0, parameter.name() + " has no gradient");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void backward_bothModalities_areReadAndOnlyWhereBothAre(
            Backend backend, Fusions.Strategy strategy, boolean inContext) {
        FusionBench bench = new FusionBench(backend, strategy, FusionBench.WHOLE_TRUNK, inContext);
        bench.gradient(random(0, FusionBench.PAIRED.length * FusionBench.CLASSES));
        for (FusionBench.Side side : new FusionBench.Side[] {bench.audio, bench.text}) {
            float[] states = bench.gradient(side.states);
            float[] pooled = bench.gradient(side.pooled);
            float[] logits = bench.gradient(side.logits);
            assertTrue(dot(states, states) + dot(pooled, pooled) + dot(logits, logits) > 0);
            assertEquals(strategy.place() == Fusions.Place.LATE, dot(logits, logits) > 0);
            int width = states.length / side.offsets.total();
            int from = inContext ? 1 : side.offsets.start(1);
            int to = inContext ? 2 : side.offsets.start(2);
            float[] unpaired = Arrays.copyOfRange(states, from * width, to * width);
            assertEquals(0, dot(unpaired, unpaired));
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void forward_training_dropsUnlessThereIsNothingInBetween(
            Backend backend, Fusions.Strategy strategy, boolean inContext) {
        FusionBench bench = new FusionBench(backend, strategy, FusionBench.WHOLE_TRUNK, inContext);
        Buffer gradients = backend.allocate(bench.parameters.size());
        Pass pass = Pass.training(new Tape(backend), bench.parameters, gradients, 3, 4, 0);
        boolean same = Arrays.equals(bench.logits(), bench.forward(pass).value().toArray());
        boolean hasDropout =
                strategy.place() != Fusions.Place.LATE || strategy.name().equals("late-attention");
        assertEquals(!hasDropout, same);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void lateProduct_constantAdded_changesTheBelief(Backend backend) {
        assertFalse(ignoresAConstant(backend, "late-product"));
        assertTrue(ignoresAConstant(backend, "late-add"));
        assertTrue(ignoresAConstant(backend, "late-weighted"));
    }

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    /// Whether the differences between fused logits stay when one is added to every logit of audio.
    private static boolean ignoresAConstant(Backend backend, String name) {
        FusionBench bench = new FusionBench(backend, Fusions.byName(name), FusionBench.NO_TRUNK);
        float[] before = bench.logits();
        Buffer logits = bench.parameters.slice(bench.parameters.values(), bench.audio.logits);
        float[] moved = new float[logits.length()];
        backend.download(logits, moved);
        for (int i = 0; i < moved.length; i++) {
            moved[i] += 1;
        }
        backend.upload(moved, logits);
        float[] after = bench.logits();
        double largest = 0;
        for (int i = 1; i < FusionBench.CLASSES; i++) {
            largest = Math.max(largest, Math.abs((after[i] - after[0]) - (before[i] - before[0])));
        }
        return largest < 1e-5;
    }

    @Test
    void build_omegaNotTrained_isFixed() {
        for (String name : new String[] {"early-attention", "middle-attention", "late-attention"}) {
            for (boolean trained : new boolean[] {true, false}) {
                Parameters parameters = new Parameters();
                Fusions.byName(name)
                        .build(parameters, new Fusion.Sizes(4, 4, 3, 4, 0, FusionBench.NO_TRUNK, false, trained, 0));
                List<String> fixed = parameters.all().stream()
                        .filter(parameters::isFixed)
                        .map(Parameter::name)
                        .toList();
                assertEquals(trained ? List.of() : List.of("fusion.omega"), fixed, name);
            }
        }
    }

    @Test
    void build_widthsAreTheCommonOne_projectsNothing() {
        for (String name : new String[] {"middle-add", "middle-product", "middle-attention", "transformer"}) {
            Parameters parameters = new Parameters();
            Fusion made = Fusions.byName(name)
                    .build(parameters, new Fusion.Sizes(4, 4, 3, 4, 0, FusionBench.NO_TRUNK, false, true, 0));
            assertTrue(Fusion.class.isInstance(made));
            assertTrue(parameters.all().stream()
                    .noneMatch(parameter -> parameter.name().equals("fusion.audio.weight")));
        }
    }

    @Test
    void byName_unknown_namesThoseThatThereAre() {
        String message = Refusal.of(() -> Fusions.byName("late-sum"));
        assertTrue(message.startsWith("fusion: \"late-sum\" is not one of [early-add, early-concat, "), message);
        String near = Refusal.of(() -> Fusions.byName("late_add"));
        assertTrue(near.endsWith("; did you mean \"late-add\"?"), near);
        assertTrue(message.contains("late-gated, late-product"), message);
        String apart = Refusal.of(() -> Fusions.byName("decision-mean"));
        assertTrue(apart.startsWith("fusion: \"decision-mean\" joins models that were trained apart"), apart);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void parameters_initialized_startAtLateAdd(Backend backend) {
        FusionBench weighted = new FusionBench(backend, Fusions.byName("late-weighted"), FusionBench.NO_TRUNK);
        FusionBench plain = new FusionBench(backend, Fusions.byName("late-add"), FusionBench.NO_TRUNK);
        assertEquals(Shape.of(1, 2), weighted.parameter("fusion.weights").shape());
        assertArrayEquals(plain.logits(), weighted.logits());
    }
}
