package dev.parallax.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The learning rate at points where it is known.
class ScheduleTest {

    private static final List<Boolean> NO_EPOCHS = List.of();

    @Test
    void constant_anyTime_isTheSame() {
        Schedule schedule = new Schedule.Constant(1e-3);
        assertEquals(1e-3, schedule.rate(0, NO_EPOCHS));
        assertEquals(1e-3, schedule.rate(99.5, List.of(true, true)));
    }

    @Test
    void warmUpCosine_namedPoints_riseAndFall() {
        Schedule schedule = new Schedule.WarmUpCosine(0.8, 2, 10);
        assertEquals(0, schedule.rate(0, NO_EPOCHS));
        assertEquals(0.4, schedule.rate(1, NO_EPOCHS), 1e-15);
        assertEquals(0.8, schedule.rate(2, NO_EPOCHS), 1e-15);
        assertEquals(0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.rate(4, NO_EPOCHS), 1e-15);
        assertEquals(0.4, schedule.rate(6, NO_EPOCHS), 1e-15);
        assertEquals(0, schedule.rate(10, NO_EPOCHS), 1e-15);
        assertEquals(0, schedule.rate(11, NO_EPOCHS), 1e-15);
    }

    @Test
    void warmUpCosine_withoutWarmUp_startsAtThePeak() {
        assertEquals(0.8, new Schedule.WarmUpCosine(0.8, 0, 10).rate(0, NO_EPOCHS));
    }

    @Test
    void reduceOnPlateau_noBetterEpoch_fallsEachPatience() {
        Schedule schedule = new Schedule.ReduceOnPlateau(1, 0.5, 2);
        assertEquals(1, schedule.rate(0, NO_EPOCHS));
        assertEquals(1, schedule.rate(2, List.of(true, false)));
        assertEquals(0.5, schedule.rate(3, List.of(true, false, false)));
        assertEquals(0.25, schedule.rate(5, List.of(true, false, false, false, false)));
        assertEquals(0.5, schedule.rate(5, List.of(true, false, false, false, true)));
    }

    @Test
    void reduceOnPlateau_sameEpochs_sameRateWhenAskedAgain() {
        Schedule schedule = new Schedule.ReduceOnPlateau(1, 0.5, 1);
        List<Boolean> improved = List.of(true, false, false);
        assertEquals(0.25, schedule.rate(3, improved));
        assertEquals(0.25, schedule.rate(3, improved));
        assertEquals(0.5, schedule.rate(2, improved.subList(0, 2)));
    }

    @Test
    void constructors_badNumbers_areRefused() {
        assertEquals(
                "schedule: learning rate 0.0 must be above 0 and finite", Refusal.of(() -> new Schedule.Constant(0)));
        assertEquals(
                "schedule: learning rate NaN must be above 0 and finite",
                Refusal.of(() -> new Schedule.ReduceOnPlateau(Double.NaN, 0.5, 1)));
        assertEquals(
                "schedule: warm-up of 5.0 epochs does not fit into 5.0; make it shorter",
                Refusal.of(() -> new Schedule.WarmUpCosine(1, 5, 5)));
        assertEquals(
                "schedule: factor 1.0 must be in (0, 1), patience 1 at least 1",
                Refusal.of(() -> new Schedule.ReduceOnPlateau(1, 1, 1)));
    }
}
