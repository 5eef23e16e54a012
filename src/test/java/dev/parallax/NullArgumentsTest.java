package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.file.JavaSound;
import dev.parallax.audio.file.PcmForm;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.PredictionInput;
import dev.parallax.model.live.LiveSettings;
import dev.parallax.model.live.LiveStream;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.transcript.Transcript;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever passes null where the library takes none learns which argument it was, before anything is read or computed.
class NullArgumentsTest {

    private static final List<Class<?>> TYPES = List.of(
            Audio.class,
            AudioFile.class,
            JavaSound.class,
            Transcript.class,
            Model.class,
            EmotionModel.class,
            AnsweredTalk.class,
            LiveStream.class);

    /// What Parallax itself calls, and what every record has.
    private static final Set<String> NOT_OF_DEPENDENTS = Set.of("with", "layerShares", "equals");

    private static final Audio SOUND = new Audio(new float[16_000], 16_000);

    private static final EmotionModel MODEL = EmotionModel.starter();

    /// An argument that is not null, for each type of parameter.
    private static final Map<Class<?>, Object> GIVEN = Map.ofEntries(
            Map.entry(float[].class, new float[1]),
            Map.entry(byte[].class, new byte[1]),
            Map.entry(int.class, 16_000),
            Map.entry(String.class, "x"),
            Map.entry(List.class, List.of()),
            Map.entry(Path.class, Path.of("missing")),
            Map.entry(InputStream.class, new ByteArrayInputStream(new byte[1])),
            Map.entry(
                    AudioInputStream.class,
                    new AudioInputStream(
                            new ByteArrayInputStream(new byte[2]), new AudioFormat(16_000, 16, 1, true, false), 1)),
            Map.entry(Consumer.class, (Consumer<Object>) _ -> {}),
            Map.entry(LongConsumer.class, (LongConsumer) _ -> {}),
            Map.entry(Ffmpeg.class, Ffmpeg.NEVER),
            Map.entry(Channel.class, Channel.MEAN),
            Map.entry(Backend.class, Backends.fastest()),
            Map.entry(Audio.class, SOUND),
            Map.entry(Model.class, MODEL),
            Map.entry(Transcript.class, Transcript.parse("so glad", "talk")),
            Map.entry(LiveSettings.class, new LiveSettings(PcmForm.pcm16(1, 16_000), LiveSettings.WINDOW, 1 << 20)),
            Map.entry(LiveStream.Answering.class, (LiveStream.Answering) (asked, _) -> asked.predict()));

    /// What methods of instances are called on.
    private static final Map<Class<?>, Object> INSTANCES = Map.of(
            AudioFile.class,
            AudioFile.of(PcmForm.pcm16(1, 16_000).wav(32), "wav", _ -> {}),
            Transcript.class,
            Transcript.parse("so glad", "talk"),
            Model.class,
            MODEL,
            EmotionModel.class,
            MODEL,
            LiveStream.class,
            new LiveStream(MODEL, 16_000));

    /// A parameter that must not be null.
    record Required(Executable entry, int parameter) {

        String name() {
            return entry.getParameters()[parameter].getName();
        }

        void passNull() throws ReflectiveOperationException {
            @Nullable
            Object[] given =
                    Stream.of(entry.getParameterTypes()).map(GIVEN::get).toArray();
            given[parameter] = null;
            if (entry instanceof Constructor<?> constructor) {
                constructor.newInstance(given);
            } else {
                ((Method) entry).invoke(INSTANCES.get(entry.getDeclaringClass()), given);
            }
        }

        @Override
        public String toString() {
            return name() + " of " + entry;
        }
    }

    static List<Required> required() {
        List<Required> all = new ArrayList<>();
        for (Class<?> type : TYPES) {
            Stream.concat(Stream.of(type.getConstructors()), Stream.of(type.getDeclaredMethods()))
                    .filter(entry -> Modifier.isPublic(entry.getModifiers()) && !entry.isSynthetic())
                    .filter(entry -> !NOT_OF_DEPENDENTS.contains(entry.getName()))
                    .filter(entry -> ApiTest.isExported(entry.toGenericString()))
                    .forEach(entry -> {
                        for (int i = 0; i < entry.getParameterCount(); i++) {
                            boolean takesNull =
                                    entry.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class);
                            if (!takesNull && !entry.getParameterTypes()[i].isPrimitive()) {
                                all.add(new Required(entry, i));
                            }
                        }
                    });
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("required")
    void entry_null_saysWhichArgument(Required required) {
        Throwable thrown = assertThrows(InvocationTargetException.class, required::passNull);
        Throwable cause = assertInstanceOf(NullPointerException.class, thrown.getCause());
        assertEquals(required.name(), cause.getMessage());
    }

    @Test
    void required_hasTheEntriesThatAreUsedMost() {
        List<String> all = required().stream().map(Required::toString).toList();
        for (String entry : List.of(
                "audio of public dev.parallax.model.Prediction dev.parallax.model.EmotionModel.predict(java.nio.file.Path,",
                "text of public dev.parallax.model.Prediction dev.parallax.model.EmotionModel.predict(java.lang.String)",
                "path of public static dev.parallax.audio.Audio dev.parallax.audio.file.AudioFile.read(java.nio.file.Path)",
                "samples of public dev.parallax.audio.Audio(float[],int)",
                "model of public dev.parallax.model.live.LiveStream(dev.parallax.model.Model,int)")) {
            assertTrue(all.stream().anyMatch(each -> each.startsWith(entry)), entry + " is not among " + all);
        }
    }

    @Test
    void predict_inputThatIsNull_saysItsNumber() {
        List<@Nullable PredictionInput> inputs = new ArrayList<>();
        inputs.add(new PredictionInput(null, "so glad"));
        inputs.add(null);
        @SuppressWarnings("NullAway") // as from a program that is not checked
        NullPointerException thrown = assertThrows(NullPointerException.class, () -> MODEL.predict(inputs));
        assertTrue(String.valueOf(thrown.getMessage()).contains("input 2"), thrown.getMessage());
    }

    @Test
    void predict_textAlone_isTheAnswerWithoutAudio() {
        assertEquals(MODEL.predict((Audio) null, "so glad you came"), MODEL.predict("so glad you came"));
    }
}
