package dev.parallax;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which package may import which, and which library: one line per package, from the lowest layer to the
/// highest. A new import changes the table and the package's `package-info`, with a reason. A permission
/// without a use is an error, and so is one that the `package-info` does not name.
class ArchitectureTest {

    private static final String ROOT = "dev.parallax";

    // the folder of the main classes, wherever the build has put it
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(
                    ShapeException.class.getProtectionDomain().getCodeSource().getLocation());

    /// @param name below the root package
    /// @param packages that it may import beside itself, the root and `random`, separated by blanks; each
    ///     stands for itself, not for those below it
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
            new Layer("backend", "", ""),
            new Layer("backend.scalar", "backend", ""),
            new Layer("backend.vector", "backend backend.scalar", "jdk.incubator.vector"),
            new Layer("backend.device", "io backend", ""),
            new Layer("backend.cases", "backend backend.scalar", ""),
            new Layer(
                    "backend.select",
                    "backend backend.scalar backend.vector backend.device backend.cases",
                    "com.sun.management"),
            new Layer("tensor", "backend", ""),
            new Layer("autograd", "backend tensor", ""),
            new Layer("nn", "backend tensor autograd", ""),
            new Layer("optim", "backend tensor nn", ""),
            new Layer("fusion", "io backend tensor autograd nn", ""),
            new Layer("audio", "backend backend.select", "org.jtransforms org.visnow.jlargearrays"),
            new Layer("audio.file", "io audio", ""),
            new Layer("audio.source", "io audio audio.file", ""),
            new Layer("audio.speech", "audio audio.file audio.source", ""),
            new Layer("audio.pitch", "audio", ""),
            new Layer("audio.variation", "io audio audio.source audio.speech", ""),
            new Layer("audio.features", "io audio audio.source audio.speech audio.pitch", ""),
            new Layer("text", "io", ""),
            new Layer("transcript", "io", ""),
            new Layer("pretrained.tokenizer", "io", ""),
            new Layer("data", "io backend tensor audio.source audio.variation audio.features", ""),
            new Layer("corpus.recordings", "io audio audio.file audio.source audio.speech audio.features data", ""),
            new Layer("corpus.split", "io audio.source text data corpus.recordings", ""),
            new Layer("corpus.verify", "io audio.file audio.source data corpus.recordings corpus.split", ""),
            new Layer("corpus.synthetic", "io audio audio.file audio.source data", ""),
            new Layer("corpus.spoken", "io audio audio.file audio.variation data corpus.synthetic", ""),
            new Layer(
                    "corpus", "io audio.source data corpus.recordings corpus.split corpus.verify corpus.synthetic", ""),
            new Layer("corpus.statistics", "io audio audio.file audio.source text data corpus.split corpus", ""),
            new Layer("model.domain", "io audio.speech text data", ""),
            new Layer("model.answer", "io tensor autograd nn fusion model.domain", ""),
            new Layer("pretrained.checkpoint", "io", ""),
            new Layer(
                    "pretrained.encoder",
                    "io backend tensor autograd nn audio audio.features pretrained.checkpoint",
                    ""),
            new Layer(
                    "pretrained",
                    "io backend tensor autograd nn audio audio.features pretrained.checkpoint pretrained.tokenizer pretrained.encoder",
                    ""),
            new Layer(
                    "model",
                    "io backend backend.select tensor autograd nn fusion audio audio.file audio.source audio.speech audio.features text data pretrained.tokenizer pretrained.encoder pretrained model.domain model.answer",
                    ""),
            new Layer(
                    "model.turns", "audio audio.file audio.source transcript data model.domain model.answer model", ""),
            new Layer(
                    "model.attention",
                    "io backend tensor autograd nn fusion audio audio.file audio.source audio.speech audio.features text data pretrained.tokenizer pretrained model.domain model",
                    ""),
            new Layer("model.live", "io audio.file audio.source fusion model.answer model", ""),
            new Layer("model.document", "io fusion transcript model.answer model model.turns model.live", ""),
            new Layer("eval", "", ""),
            new Layer("trace", "io backend tensor autograd", ""),
            new Layer(
                    "audit",
                    "io backend tensor autograd nn fusion audio audio.pitch audio.speech audio.features data pretrained.encoder pretrained model.domain model.answer model trace",
                    ""),
            new Layer(
                    "audit.attribution",
                    "io backend tensor autograd nn fusion audio audio.features text data pretrained model.domain model.answer model model.attention trace eval audit",
                    ""),
            new Layer("eval.baseline", "eval", "org.ejml"),
            new Layer(
                    "train",
                    "io backend backend.select tensor autograd nn optim fusion audio.source audio.speech audio.features text data corpus.recordings corpus.split model.domain model.answer model eval eval.baseline",
                    ""),
            new Layer(
                    "audit.training",
                    "io backend tensor autograd nn fusion audio.variation data model trace audit train",
                    ""),
            new Layer("robustness", "audio.source audio.variation text data eval train", ""),
            new Layer("report.page", "io fusion", "org.knowm.xchart"),
            new Layer("report.plot", "io fusion data model.answer model eval report.page", "org.knowm.xchart"),
            new Layer("report", "io fusion data model.answer model eval robustness report.page report.plot", ""),
            new Layer(
                    "report.audit",
                    "io fusion audio model.answer model trace audit audit.attribution report.page report",
                    ""),
            new Layer(
                    "report.talk",
                    "io audio audio.file transcript model.answer model model.turns report.page report",
                    ""),
            new Layer("report.card", "io fusion corpus pretrained model.answer model eval report.page report", ""),
            new Layer("report.study", "io fusion data eval report.page report.plot report", ""),
            new Layer(
                    "study",
                    "io fusion audio.features data corpus.split model.answer model eval eval.baseline train report.plot report.study",
                    ""),
            new Layer("setup.request", "io fusion corpus.split study", ""),
            new Layer(
                    "setup",
                    "io backend backend.select nn fusion audio.source audio.speech audio.variation audio.features text data corpus.recordings corpus.split corpus.verify corpus.synthetic corpus pretrained model eval train audit.training robustness report.study study setup.request",
                    ""),
            new Layer("serve.websocket", "io", ""),
            new Layer(
                    "serve",
                    "io audio audio.file audio.source transcript data model model.turns model.live model.attention model.document report.card serve.websocket",
                    "io.helidon"),
            new Layer(
                    "cli.command",
                    "io backend backend.select fusion audio.file corpus.verify corpus train setup.request setup",
                    "org.apache.commons.cli me.tongfei.progressbar"),
            new Layer(
                    "cli.predict",
                    "io backend backend.select audio audio.file audio.source audio.speech audio.features transcript data corpus.synthetic corpus model.domain model.answer model model.turns model.document train report.talk setup cli.command",
                    ""),
            new Layer(
                    "cli.listen",
                    "io backend audio audio.file fusion data corpus.synthetic model model.live model.document report setup cli.command cli.predict",
                    ""),
            new Layer(
                    "cli.audit",
                    "io backend audio audio.source audio.speech corpus model.answer model trace audit audit.attribution train audit.training report.audit setup cli.command cli.predict",
                    ""),
            new Layer(
                    "cli.inspect",
                    "io backend nn fusion audio.features text corpus.split corpus pretrained model.answer model eval train report.card setup.request setup cli.command",
                    ""),
            new Layer(
                    "cli.train",
                    "io backend nn fusion audio.features data corpus.split corpus.synthetic corpus pretrained model.answer model eval train robustness report.page report.plot report setup.request setup cli.command",
                    ""),
            new Layer(
                    "cli.study",
                    "io backend fusion data corpus.split corpus.synthetic corpus model eval train report.page report.study study setup.request setup cli.command cli.train",
                    ""),
            new Layer(
                    "cli.demo",
                    "io backend fusion audio audio.file audio.source audio.features data corpus.split corpus.synthetic corpus model eval train report.page report.plot report setup.request setup cli.command cli.predict cli.train",
                    ""),
            new Layer(
                    "cli.corpus",
                    "io backend audio audio.file audio.features pretrained.encoder pretrained data corpus.recordings corpus.split corpus.verify corpus.synthetic corpus.spoken corpus corpus.statistics model train report.page report setup.request setup cli.command cli.predict",
                    ""),
            new Layer("cli.serve", "io backend report serve setup.request setup cli.command", ""),
            new Layer(
                    "cli",
                    "io backend backend.select audio.file audio.features pretrained model report.page cli.command cli.audit cli.inspect cli.listen cli.predict cli.serve cli.train cli.study cli.demo cli.corpus",
                    ""));

    static Stream<Layer> layers() {
        return TABLE.stream();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layer_importsOfParallax_areInTheTable(Layer layer) {
        List<String> allowed = new ArrayList<>(List.of(ROOT, ROOT + ".random"));
        words(layer.name + " " + layer.packages).forEach(name -> allowed.add(ROOT + "." + name));
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

    /// A permission without a use would hide the next wrong import.
    @ParameterizedTest
    @MethodSource("layers")
    void layer_permissions_areUsed(Layer layer) throws IOException {
        Set<String> used = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(ROOT + "." + layer.name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .collect(Collectors.toSet());
        // constants and the types of generics are in the source alone
        StringBuilder imports = new StringBuilder();
        try (Stream<Path> files = Files.list(folder(layer))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                imports.append(Files.readString(file));
            }
        }
        List<String> unused = words(layer.packages).stream()
                .filter(name -> !used.contains(ROOT + "." + name))
                .filter(name -> !Pattern.compile("import (static )?" + Pattern.quote(ROOT + "." + name) + "[.][A-Z]")
                        .matcher(imports)
                        .find())
                .toList();
        assertEquals(List.of(), unused, layer.name + " may import what it does not import");
    }

    private static Path folder(Layer layer) {
        return Path.of("src/main/java", ROOT.replace('.', '/'), layer.name.replace('.', '/'));
    }

    /// The lines are in the order of the layers: each package imports only packages above it in the table, so
    /// there is no cycle.
    @Test
    void table_isInOrder_soThatThereIsNoCircle() {
        Set<String> below = new HashSet<>();
        for (Layer layer : TABLE) {
            assertTrue(below.containsAll(words(layer.packages)), layer.name + " imports what stands below it");
            below.add(layer.name);
        }
    }

    /// The imports in a package's `package-info`, for readers, are those of the table, for the build.
    @ParameterizedTest
    @MethodSource("layers")
    void packageInfo_imports_areThoseOfTheTable(Layer layer) throws IOException {
        Path file = folder(layer).resolve("package-info.java");
        String text = Files.readString(file).replace("\n/// ", " ");
        String sentence = layer.packages.isEmpty()
                ? "Imports no other package."
                : words(layer.packages).stream().collect(Collectors.joining("`, `", "May import `", "`."));
        assertTrue(text.contains(sentence), file + " does not say: " + sentence);
        assertTrue(text.contains("Start at ") || text.contains("Read in this order"), file + " has no place to start");
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static ClassesShould classesOf(Layer layer) {
        return classes().that(resideInAnyPackage(ROOT + "." + layer.name)).should();
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
                .map(name -> name.substring(ROOT.length() + 1))
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

    /// Output that bypasses [dev.parallax.cli.command.StandardStream] is not escaped, and its errors are lost.
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
                .and(describe("draw no bar", type -> !type.getName().startsWith(ROOT + ".cli.command.Progress")))
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
