package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.Backend;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.KernelResult;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("vector")
@Timeout(60)
class TeamTest {

    @Test
    void forEach_manyJobs_doesEachPartOnce() {
        try (Team team = new Team(3)) {
            for (int job = 0; job < 1000; job++) {
                AtomicIntegerArray times = new AtomicIntegerArray(7);
                team.forEach(7, times::incrementAndGet);
                for (int part = 0; part < 7; part++) {
                    assertEquals(1, times.get(part));
                }
            }
        }
    }

    @Test
    void forEach_partsThatWaitForEachOther_runAtTheSameTime() {
        try (Team team = new Team(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            Thread[] threads = new Thread[2];
            team.forEach(2, part -> {
                threads[part] = Thread.currentThread();
                try {
                    both.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertNotEquals(threads[0], threads[1]);
        }
    }

    @Test
    void forEach_partThatThrows_reachesTheCallerAndTheTeamGoesOn() {
        try (Team team = new Team(2)) {
            IllegalStateException thrown = new IllegalStateException("part 3");
            assertSame(
                    thrown,
                    assertThrows(
                            IllegalStateException.class,
                            () -> team.forEach(5, part -> {
                                if (part == 3) {
                                    throw thrown;
                                }
                            })));
            int[] done = new int[5];
            team.forEach(5, part -> done[part] = part);
            assertArrayEquals(new int[] {0, 1, 2, 3, 4}, done);
        }
    }

    @Test
    void forEachPiece_smallWork_staysWithTheCaller() {
        try (Team team = new Team(2)) {
            int[] pieces = new int[1];
            team.forEachPiece(1000, 1, 10, (from, count) -> pieces[0] += count == 1000 ? 1 : 100);
            assertEquals(1, pieces[0]);
        }
    }

    @Test
    void forEachPiece_largeWork_isCutAtTiles() {
        try (Team team = new Team(2)) {
            int[] taken = new int[1000];
            team.forEachPiece(1000, 32, 1 << 20, (from, count) -> {
                assertTrue(from % 32 == 0 && count < 1000, from + " and " + count);
                Arrays.fill(taken, from, from + count, 1);
            });
            assertEquals(1000, Arrays.stream(taken).sum());
        }
    }

    /// The kernels that are cut, at a size where they are.
    @ParameterizedTest
    @ValueSource(strings = {"add", "gelu", "gemm", "convolutionAdd", "layerNorm", "attention", "biasedAttention"})
    void kernel_onThreads_hasTheSameBits(String kernel) {
        KernelCases cases = new KernelCases();
        Backend backend = new VectorBackend();
        for (int size : new int[] {65, kernel.equals("add") || kernel.equals("gelu") ? 300_001 : 333}) {
            List<KernelResult> expected = cases.run(kernel, size, backend);
            List<KernelResult> actual = backend.onThreads(3, three -> cases.run(kernel, size, three));
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i).values(), actual.get(i).values(), kernel + " at " + size);
            }
        }
        assertEquals(0, backend.liveBytes());
    }
}
