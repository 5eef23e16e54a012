package dev.parallax.fusion;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One value for each answer that a model gives: a temperature, a loss, the answer itself.
///
/// @param fused of the fusion of both perspectives   @param audio of the audio alone   @param text of the text alone
public record Perspectives<T extends @Nullable Object>(T fused, T audio, T text) {

    /// The views that have a value, in its order. The decision is one of them, so it has none of its own.
    public static final List<View> VIEWS = List.of(View.FUSED, View.AUDIO, View.TEXT);

    /// The value that a function has for each view, called in the order of [#VIEWS].
    public static <T extends @Nullable Object> Perspectives<T> of(Function<View, T> value) {
        return new Perspectives<>(value.apply(View.FUSED), value.apply(View.AUDIO), value.apply(View.TEXT));
    }

    /// The same value for all.
    public static <T extends @Nullable Object> Perspectives<T> alike(T value) {
        return new Perspectives<>(value, value, value);
    }

    /// The value of a view.
    ///
    /// @param view one of [#VIEWS]
    public T get(View view) {
        return switch (view) {
            case FUSED -> fused;
            case AUDIO -> audio;
            case TEXT -> text;
            case DECISION -> throw new IllegalArgumentException("the decision has no value of its own beside " + this);
        };
    }

    /// The same with another value for the fusion.
    public Perspectives<T> withFused(T changed) {
        return new Perspectives<>(changed, audio, text);
    }

    /// What a function makes of each value.
    public <R extends @Nullable Object> Perspectives<R> map(Function<T, R> change) {
        return new Perspectives<>(change.apply(fused), change.apply(audio), change.apply(text));
    }
}
