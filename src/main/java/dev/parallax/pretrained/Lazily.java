package dev.parallax.pretrained;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when it is first asked for. For several threads; one makes it, the others wait.
final class Lazily<T> {

    private final Supplier<T> maker;
    private volatile @Nullable T value;

    Lazily(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = maker.get();
                    value = made;
                }
            }
        }
        return made;
    }

    /// Runs work with the value, for one thread at a time where that is asked for, as a device needs it.
    <R> R inTurn(boolean one, Supplier<R> work) {
        if (!one) {
            return work.get();
        }
        synchronized (this) {
            return work.get();
        }
    }
}
