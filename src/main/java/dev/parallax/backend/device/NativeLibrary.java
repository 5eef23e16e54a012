package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Libraries as the system's loader finds them, and what it says of those that it does not load.
final class NativeLibrary {

    private static final int LAZY = 1; // RTLD_LAZY of dlfcn.h
    private static final long LONGEST = 1 << 12; // of a message

    /// The functions of the loader, as dlfcn.h declares them ([Binding]).
    interface Loader {

        MemorySegment dlopen(MemorySegment name, int mode);

        MemorySegment dlerror();
    }

    private NativeLibrary() {}

    /// The first of some libraries that this machine has and that can be loaded.
    ///
    /// @param names file names or paths, as the system's loader knows them
    static Optional<SymbolLookup> first(List<String> names) {
        return names.stream().flatMap(name -> open(name).stream()).findFirst();
    }

    /// The same, which must be there.
    ///
    /// @param api    begins the message
    /// @param what   it is, for people
    /// @param remedy how to get one
    /// @throws BackendException when there is none, or when it cannot be loaded: why
    static SymbolLookup required(String api, String what, List<String> names, String remedy) {
        return first(names)
                .orElseThrow(() -> new BackendException(refusal(names)
                        .map(why -> api + ": the " + what + " cannot be loaded: " + why
                                + "; mend or remove that file, or " + remedy)
                        .orElse(api + ": this machine has no " + what + " (" + names.getFirst() + "); " + remedy)));
    }

    @SuppressWarnings("restricted")
    private static Optional<SymbolLookup> open(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // refusal says why
        }
    }

    /// What the loader says of the first of these libraries that is there but cannot be loaded, such as
    /// `/usr/lib/libcuda.so.1: file too short`; empty where none is there.
    static Optional<String> refusal(List<String> names) {
        return names.stream().flatMap(name -> refusal(name).stream()).findFirst();
    }

    private static Optional<String> refusal(String name) {
        // one that is not there is called by its bare name: what is found has a path, what it lacks another name
        Pattern bare = Pattern.compile("(^|[ (])" + Pattern.quote(name) + "[:,]");
        return said(name)
                .filter(why -> Files.exists(Path.of(name)) || !bare.matcher(why).find());
    }

    @SuppressWarnings("restricted")
    private static Optional<String> said(String name) {
        SymbolLookup system = Linker.nativeLinker().defaultLookup();
        if (system.find("dlopen").isEmpty() || system.find("dlerror").isEmpty()) {
            return Optional.empty(); // Windows
        }
        Loader loader = Binding.of(
                Loader.class, "the system's loader", system, (_, _) -> new IllegalStateException("no status"));
        try (Arena arena = Arena.ofConfined()) {
            boolean loads = loader.dlopen(arena.allocateFrom(name), LAZY).address() != 0;
            MemorySegment text = loader.dlerror();
            return loads || text.address() == 0
                    ? Optional.empty()
                    : Optional.of(text.reinterpret(LONGEST).getString(0).strip());
        }
    }
}
