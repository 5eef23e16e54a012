package dev.parallax;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/// What `module-info` says, as the compiler left it beside the classes.
final class ParallaxModule {

    private ParallaxModule() {}

    private static ModuleDescriptor descriptor() {
        try {
            Path classes = Path.of(BadInputException.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ModuleFinder.of(classes).find("dev.parallax").orElseThrow().descriptor();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /// The packages that others may use.
    static SortedSet<String> exports() {
        SortedSet<String> names = new TreeSet<>();
        descriptor().exports().forEach(each -> names.add(each.source()));
        return names;
    }

    /// The modules that are required, also those that may be missing when it runs.
    static SortedSet<String> requires() {
        SortedSet<String> names = new TreeSet<>();
        descriptor().requires().forEach(each -> names.add(each.name()));
        return names;
    }
}
