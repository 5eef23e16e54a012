package dev.parallax;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.io.FileDescriptor;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which package may import which, and which library: one line a package. Whoever needs another import changes the
/// table, with a reason.
class ArchitectureTest {

    private static final String ROOT = "dev.parallax";

    // the folder of the main classes, wherever the build has put it
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(
                    ShapeException.class.getProtectionDomain().getCodeSource().getLocation());

    /// @param name below the root package
    /// @param packages that it may import beside itself, the root and `random`, separated by blanks;
    ///     `*` is all, a name with a capital is that type alone
    /// @param libraries that it alone may import, as package names, separated by blanks
    record Layer(String name, String packages, String libraries) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Layer> TABLE = List.of(
            new Layer("random", "", ""),
            new Layer("io", "", "com.fasterxml.jackson.core"),
            new Layer("backend", "", "jdk.incubator.vector com.sun.management"),
            new Layer("tensor", "backend", ""),
            new Layer("autograd", "tensor backend", ""),
            new Layer("nn", "autograd tensor backend", ""),
            new Layer("optim", "nn tensor backend", ""),
            // a perspective says where its sequences begin; no kernel is called there
            new Layer("fusion", "nn autograd tensor backend.Offsets", ""),
            new Layer("audio", "backend io", "org.jtransforms org.visnow.jlargearrays"),
            new Layer("text", "io", ""),
            new Layer("data", "audio text tensor backend io", ""),
            new Layer("model", "data fusion nn autograd tensor backend audio text io", ""),
            new Layer("corpus", "data audio text tensor io", ""),
            new Layer("eval", "", "org.ejml"),
            // audio, text: measures of what is learned from, so that a model knows what it has heard and read
            new Layer("train", "corpus data model fusion optim eval nn autograd tensor backend audio text io", ""),
            new Layer("report", "eval data model io", "org.knowm.xchart"),
            new Layer("study", "train corpus data model fusion eval report io", ""),
            new Layer("cli", "*", "org.apache.commons.cli me.tongfei.progressbar"));

    static Stream<Layer> layers() {
        return TABLE.stream();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layer_importsOfParallax_areInTheTable(Layer layer) {
        List<String> allowed = new ArrayList<>(List.of(ROOT, ROOT + ".random.."));
        for (String name : words(layer.name + " " + layer.packages)) {
            boolean isType = !name.toLowerCase(Locale.ROOT).equals(name);
            allowed.add(name.equals("*") ? ROOT + ".." : ROOT + "." + name + (isType ? "" : ".."));
        }
        classesOf(layer)
                .onlyDependOnClassesThat(
                        resideInAnyPackage(ROOT + "..").negate().or(among(allowed)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layer_importedLibraries_areItsOwn(Layer layer) {
        List<String> allowed = new ArrayList<>(List.of("java..", "javax..", "org.jspecify..", ROOT + ".."));
        words(layer.libraries).forEach(library -> allowed.add(library + ".."));
        classesOf(layer)
                .onlyDependOnClassesThat(among(allowed))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static ClassesShould classesOf(Layer layer) {
        return classes()
                .that(resideInAnyPackage(ROOT + "." + layer.name + ".."))
                .should();
    }

    /// Types that are in one of the packages, or are named themselves, or are primitive.
    private static DescribedPredicate<JavaClass> among(List<String> allowed) {
        DescribedPredicate<JavaClass> packages = resideInAnyPackage(allowed.toArray(String[]::new));
        return describe("are among " + allowed, type -> {
            JavaClass base = type.getBaseComponentType();
            return base.isPrimitive() || packages.test(base) || allowed.contains(base.getName());
        });
    }

    @Test
    void packages_thatExist_areInTheTable() {
        TreeSet<String> unknown = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        TABLE.forEach(layer -> unknown.remove(layer.name));
        assertEquals(new TreeSet<>(), unknown, "packages without a line in the table");
    }

    @Test
    void root_holdsOnlyExceptions_thatStandOnTheirOwn() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", ROOT))
                .check(CLASSES);
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .resideInAPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void printingAndExiting_happenOnlyInCli() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }

    /// What is printed past [dev.parallax.cli.StandardStream] is not escaped, and its errors are lost.
    @Test
    void printing_goesThroughOneStream() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".cli..")
                .and()
                .doNotHaveSimpleName("Main")
                .and()
                .doNotHaveSimpleName("StandardStream")
                .and(describe("draw no bar", type -> !type.getName().startsWith(ROOT + ".cli.Progress")))
                .and()
                .doNotHaveSimpleName("Console")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(PrintStream.class, FileDescriptor.class)
                .check(CLASSES);
    }

    @Test
    void javaSerialisation_isUsedNowhere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                .check(CLASSES);
        noClasses()
                .that(describe(
                        "name Serializable themselves",
                        type -> type.getRawInterfaces().stream()
                                .anyMatch(name -> name.isEquivalentTo(Serializable.class))))
                .should()
                .beAssignableTo(Object.class)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void randomNumbers_comeFromNoGeneratorOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @Test
    void staticState_isNeverMutable() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}
