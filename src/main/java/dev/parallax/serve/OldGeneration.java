package dev.parallax.serve;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// The part of the heap where the serial collector keeps what has lived through some collections: here, what
/// connections have read. Helidon chains it piece to piece, so what follows a piece that came here comes here too, and
/// is found to be garbage here alone. The collector lets this part grow to the bound of the heap before it looks, and a
/// service of one hour would hold half of the memory of its machine. So it is collected as soon as it holds twice
/// as much as was left the last time.
final class OldGeneration {

    private static final int GROWTH = 2;
    private static final long LEAST = 24L << 20; // bytes; about twice what is left when nothing waits
    private static final String SERIAL = "Tenured Gen"; // what the serial collector calls it

    private final LongSupplier used;
    private final Runnable collection;
    private final AtomicBoolean isCollecting = new AtomicBoolean();
    private volatile long bound = LEAST;

    /// @param used       how many bytes it holds
    /// @param collection removes what is garbage
    OldGeneration(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
    }

    /// That of this process. Other collectors than the serial one look for themselves: there it is empty.
    static OldGeneration ofProcess() {
        LongSupplier used = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(SERIAL))
                .map(OldGeneration::bytes)
                .findFirst()
                .orElse(() -> 0);
        return new OldGeneration(used, System::gc);
    }

    private static LongSupplier bytes(MemoryPoolMXBean pool) {
        return () -> pool.getUsage().getUsed();
    }

    /// Collects what has become garbage, where it is much. To be called often: after each piece of work.
    void tidy() {
        if (used.getAsLong() <= bound || !isCollecting.compareAndSet(false, true)) {
            return;
        }
        try {
            collection.run();
            bound = Math.max(LEAST, GROWTH * used.getAsLong());
        } finally {
            isCollecting.set(false);
        }
    }
}
