package dev.parallax.setup.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is tested, and who chooses the best epoch. The default is the corpus's own split, else one by speakers that
/// the seed draws.
///
/// @param testSpeakers who is tested; empty where that is drawn
/// @param valSpeakers  who chooses the epoch; empty where that is drawn from the others
/// @param protocol     a published way to split, or null; `sessions/2` is the second fold
/// @param seed         of the random choices, null for that of training
public record SplitRequest(
        List<String> testSpeakers,
        List<String> valSpeakers,
        @Nullable String protocol,
        @Nullable Long seed) {

    /// The corpus's own split.
    public static final SplitRequest STANDARD = new SplitRequest(List.of(), List.of(), null, null);

    public SplitRequest {
        testSpeakers = List.copyOf(testSpeakers);
        valSpeakers = List.copyOf(valSpeakers);
    }

    /// A split by speakers.
    public static SplitRequest speakers(List<String> test, List<String> val) {
        return new SplitRequest(test, val, null, null);
    }

    /// A published split.
    public static SplitRequest protocol(String name) {
        return new SplitRequest(List.of(), List.of(), name, null);
    }
}
