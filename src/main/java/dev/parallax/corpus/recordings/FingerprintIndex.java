package dev.parallax.corpus.recordings;

import dev.parallax.audio.source.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Finds the pairs of recordings that sound the same among many, without comparing each with each: recordings that
/// have a code in common at the same distance in time at least twice are compared, the others are not.
final class FingerprintIndex {

    private static final int CODES = 1 << 16;
    private static final int LEAST_VOTES = 2;

    /// A code that occurs more often than this is nobody's own and is not looked up.
    private static final int COMMON = 1500;

    /// Two recordings that sound the same, by their numbers.
    record Pair(int former, int later) {}

    private final List<Fingerprint> prints;
    private final int[] start = new int[CODES + 1]; // of each code's entries
    private final int[] print; // of each entry, rising within a code
    private final int[] word;

    FingerprintIndex(List<Fingerprint> prints) {
        this.prints = prints;
        for (Fingerprint each : prints) {
            for (int i = 0; i < each.words().length; i++) {
                start[each.code(i) + 1] += each.isAudible(i) ? 1 : 0;
            }
        }
        for (int code = 0; code < CODES; code++) {
            start[code + 1] += start[code];
        }
        this.print = new int[start[CODES]];
        this.word = new int[start[CODES]];
        int[] next = start.clone();
        for (int number = 0; number < prints.size(); number++) {
            Fingerprint each = prints.get(number);
            for (int i = 0; i < each.words().length; i++) {
                if (each.isAudible(i)) {
                    int place = next[each.code(i)]++;
                    print[place] = number;
                    word[place] = i;
                }
            }
        }
    }

    /// All pairs, in the order of the later one, then of the former.
    ///
    /// @param threads at least 1; the result does not depend on it
    List<Pair> pairs(int threads) {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Callable<List<Pair>>> tasks = new ArrayList<>();
            for (int worker = 0; worker < threads; worker++) {
                int first = worker;
                tasks.add(() -> pairs(first, threads));
            }
            List<Pair> all = new ArrayList<>();
            for (Future<List<Pair>> found : workers.invokeAll(tasks)) {
                all.addAll(found.get());
            }
            all.sort((a, b) -> a.later == b.later ? a.former - b.former : a.later - b.later);
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while recordings were compared", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("comparing recordings failed: " + e.getCause(), e.getCause());
        }
    }

    private List<Pair> pairs(int first, int step) {
        List<Pair> found = new ArrayList<>();
        KeyCounts votes = new KeyCounts();
        for (int later = first; later < prints.size(); later += step) {
            votes.clear();
            vote(later, votes);
            int last = -1;
            for (long key : votes.keys(LEAST_VOTES)) {
                int former = (int) (key >>> Integer.SIZE);
                if (former != last && prints.get(later).isSame(prints.get(former), (int) key)) {
                    found.add(new Pair(former, later));
                    last = former;
                }
            }
        }
        return found;
    }

    /// A vote for each word that an earlier recording has too, for that recording and the distance in time.
    private void vote(int later, KeyCounts votes) {
        Fingerprint its = prints.get(later);
        for (int i = 0; i < its.words().length; i++) {
            if (!its.isAudible(i)) {
                continue;
            }
            for (int choice = 0; choice < Fingerprint.choices(); choice++) {
                int code = its.code(i, choice);
                int end = start[code + 1];
                if (end - start[code] > COMMON) {
                    continue;
                }
                for (int entry = start[code]; entry < end && print[entry] < later; entry++) {
                    votes.add(((long) print[entry] << Integer.SIZE) | ((word[entry] - i) & 0xFFFFFFFFL));
                }
            }
        }
    }
}
