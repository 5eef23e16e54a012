package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The library's API, as `api.txt` has it, so that no change comes by accident. The types in that file are the API:
/// a type is added by a line of its name. Of their public members those belong to it that name only types of
/// exported packages.
class ApiTest {

    private static final Path FILE = Path.of("src/test/resources/dev/parallax/api.txt");

    /// Writes the file anew: `mvn test-compile surefire:test -Dtest=ApiTest -Dapi.accept`.
    private static final String ACCEPT = "api.accept";

    private static final Set<String> EXPORTED = ParallaxModule.exports();

    private static final Pattern OURS = Pattern.compile("dev\\.parallax(?:\\.[a-z]\\w*)*(?=\\.[A-Z])");

    /// Whether a signature names only types that a dependent may name.
    static boolean isExported(String signature) {
        return OURS.matcher(signature).results().map(MatchResult::group).allMatch(EXPORTED::contains);
    }

    /// A type in the form of the file: its name, then its members, each on a line that begins with blanks.
    private static List<String> described(Class<?> type) {
        Stream<String> constructors = Stream.of(type.getConstructors()).map(Constructor::toGenericString);
        Stream<String> methods = Stream.of(type.getDeclaredMethods())
                .filter(ApiTest::isPublic)
                .filter(method -> !method.isBridge())
                .map(Method::toGenericString);
        Stream<String> fields =
                Stream.of(type.getDeclaredFields()).filter(ApiTest::isPublic).map(Field::toGenericString);
        List<String> lines = new ArrayList<>(List.of(type.getName()));
        Stream.of(fields, constructors, methods)
                .flatMap(each -> each)
                .filter(ApiTest::isExported)
                .map(signature -> "    " + signature.replace(type.getName() + ".", ""))
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static boolean isPublic(Member member) {
        return Modifier.isPublic(member.getModifiers()) && !member.isSynthetic();
    }

    private static List<Class<?>> types() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.isBlank() && !line.startsWith(" ")) {
                types.add(Class.forName(line));
            }
        }
        return types;
    }

    @Test
    void api_isThatOfTheFile() throws Exception {
        List<String> now = new ArrayList<>();
        for (Class<?> type : types()) {
            now.addAll(described(type));
        }
        if (System.getProperty(ACCEPT) != null) {
            Files.writeString(FILE, String.join("\n", now) + "\n");
            return;
        }
        List<String> then = Files.readAllLines(FILE);
        Set<String> lost = new TreeSet<>(then);
        lost.removeAll(now);
        Set<String> gained = new TreeSet<>(now);
        gained.removeAll(then);
        assertEquals(
                then,
                now,
                "the API lost " + lost + " and gained " + gained + "; if users are to live with that, write it into"
                        + " CHANGELOG.md and run: mvn test-compile surefire:test -Dtest=ApiTest -D" + ACCEPT);
    }

    @Test
    void api_types_areExported_andInTheChapter() throws Exception {
        String chapter = Files.readString(Path.of("docs", "library.md"));
        for (Class<?> type : types()) {
            assertTrue(EXPORTED.contains(type.getPackageName()), type + " is not exported");
            assertTrue(chapter.contains("`" + type.getSimpleName() + "`"), "docs/library.md lacks " + type);
        }
    }

    /// What a member of the API gives must be of use: a package is exported because the API names a type of it.
    @Test
    void exportedPackages_areNamedByTheApi() throws Exception {
        Set<String> named = new TreeSet<>();
        for (Class<?> type : types()) {
            for (String line : described(type)) {
                OURS.matcher(type.getName() + " " + line)
                        .results()
                        .map(MatchResult::group)
                        .forEach(named::add);
            }
        }
        assertEquals(EXPORTED, named);
    }
}
