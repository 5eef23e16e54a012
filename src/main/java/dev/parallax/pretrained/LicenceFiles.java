package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.Printable;
import dev.parallax.io.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `README.md` and the files of licences in a folder say.
///
/// @param licence         its id, or null
/// @param forbidsCommerce whether one of them does
/// @param warnings        contradictions, and words about commerce, a line each
record LicenceFiles(@Nullable String licence, boolean forbidsCommerce, List<String> warnings) {

    private static final String README = "README.md";
    private static final List<String> LICENCES =
            List.of("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "MODEL_LICENSE", "COPYING");
    private static final long LARGEST = 1 << 20;
    private static final int SHOWN = 120; // characters of a line

    private static final Pattern NO_COMMERCE = Pattern.compile(
            "non-?\\s?commercial|research(?: purposes?| use)? only|only (?:be used )?for (?:academic )?research"
                    + "|academic (?:use|purposes?) only|not for commercial|no commercial|commercial use is (?:not|prohibited)",
            Pattern.CASE_INSENSITIVE);

    /// A licence by words that only its text has.
    private record Wording(String id, Pattern words) {
        Wording(String id, String words) {
            this(id, Pattern.compile(words));
        }
    }

    private static final List<Wording> WORDINGS = List.of(
            new Wording("apache-2.0", "apache license,? version 2\\.0"),
            new Wording("mit", "permission is hereby granted, free of charge"),
            new Wording("bsd", "redistribution and use in source and binary forms"),
            new Wording("funasr-model-license", "funasr.{0,40}model.{0,40}licen[cs]e"));

    private static final Pattern CREATIVE_COMMONS =
            Pattern.compile("attribution(-noncommercial)?(?:-(sharealike)|-(?:noderivatives|noderivs))? (\\d\\.\\d)");

    /// The files of a folder that may say something of its licence.
    static List<Path> in(Path folder) {
        return Stream.concat(Stream.of(README), LICENCES.stream())
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    static LicenceFiles of(Path folder) {
        List<String> warnings = new ArrayList<>();
        String readme = text(folder.resolve(README), warnings);
        FrontMatter matter = FrontMatter.of(readme);
        boolean forbids = warnsOfCommerce(README, matter.rest(), warnings);
        Set<String> inFiles = new LinkedHashSet<>();
        List<String> names = new ArrayList<>();
        for (String name : LICENCES) {
            String text = text(folder.resolve(name), warnings);
            if (text.isBlank()) {
                continue;
            }
            Set<String> ids = recognised(text);
            if (ids.isEmpty()) {
                forbids |= warnsOfCommerce(name, text, warnings);
                warnings.add(name + " is none of the usual licences; read it");
            } else {
                names.add(name);
                inFiles.addAll(ids);
            }
        }
        String licence = matter.licence();
        if (licence == null && inFiles.size() == 1) {
            licence = inFiles.iterator().next();
        }
        warnOfContradiction(matter.licence(), inFiles, String.join(", ", names), warnings);
        forbids |= (licence != null && isNonCommercial(licence))
                || inFiles.stream().anyMatch(LicenceFiles::isNonCommercial);
        if (licence != null && isNonCommercial(licence)) {
            warnings.addFirst("its licence, " + licence + ", forbids commercial use");
        }
        return new LicenceFiles(licence, forbids, List.copyOf(warnings));
    }

    static boolean isNonCommercial(String licence) {
        return licence.contains("-nc");
    }

    private static void warnOfContradiction(
            @Nullable String stated, Set<String> inFiles, String names, List<String> warnings) {
        if (stated == null) {
            if (inFiles.size() > 1) {
                warnings.add(names + ": several licences, " + String.join(" and ", inFiles)
                        + "; read which of them is for the weights");
            }
        } else if (stated.equals("other")) {
            warnings.add(README + " says that its licence is \"other\", and names none; read what it points to");
        } else if (!inFiles.isEmpty() && !inFiles.contains(stated)) {
            warnings.add(README + " says " + stated + ", but " + names + " is " + String.join(" and ", inFiles)
                    + ": they contradict each other; ask whoever published the encoder");
        }
    }

    private static boolean warnsOfCommerce(String name, String text, List<String> warnings) {
        for (String line : text.lines().toList()) {
            if (NO_COMMERCE.matcher(line).find()) {
                String start = line.strip();
                start = start.length() > SHOWN ? start.substring(0, SHOWN) + "..." : start;
                warnings.add(name + " says: \"" + Printable.escaped(start) + "\"");
                return true;
            }
        }
        return false;
    }

    /// The ids of the licences whose text this is.
    private static Set<String> recognised(String text) {
        String words = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Set<String> ids = new LinkedHashSet<>();
        for (Wording wording : WORDINGS) {
            if (wording.words.matcher(words).find()) {
                ids.add(wording.id);
            }
        }
        Matcher matcher = CREATIVE_COMMONS.matcher(words);
        if (matcher.find()) {
            boolean isShared = matcher.group(2) != null;
            boolean isFixed = !isShared && matcher.group().contains("-noderiv");
            ids.add("cc-by" + (matcher.group(1) == null ? "" : "-nc") + (isShared ? "-sa" : isFixed ? "-nd" : "") + "-"
                    + matcher.group(3));
        }
        return ids;
    }

    private static String text(Path file, List<String> warnings) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        if (file.toFile().length() > LARGEST) {
            warnings.add(file.getFileName() + " is larger than 1 MB and is not read");
            return "";
        }
        try {
            return TextFile.read(file);
        } catch (BadInputException e) {
            warnings.add("no licence is read from "
                    + String.valueOf(e.getMessage()).replace(file.toString(), String.valueOf(file.getFileName())));
            return "";
        }
    }

    /// The lines between two lines `---` at the start of a `README.md`, as far as they are about the licence.
    ///
    /// @param licence its id, or where there are several, all of them; null where none is named
    /// @param rest    the text behind these lines
    private record FrontMatter(@Nullable String licence, String rest) {

        private static final Pattern FIELD = Pattern.compile("(license|license_name):\\s*(.*)");

        static FrontMatter of(String readme) {
            List<String> lines = readme.lines().map(String::stripTrailing).toList();
            int end = lines.isEmpty() || !lines.getFirst().equals("---")
                    ? 0
                    : lines.subList(1, lines.size()).indexOf("---") + 1;
            if (end == 0) {
                return new FrontMatter(null, readme);
            }
            String rest = String.join("\n", lines.subList(end + 1, lines.size()));
            String licence = null;
            String name = null;
            for (int i = 1; i < end; i++) {
                Matcher field = FIELD.matcher(lines.get(i));
                if (field.matches()) {
                    String value = value(field.group(2));
                    if (field.group(1).equals("license_name")) {
                        name = value;
                    } else {
                        licence = value != null ? value : items(lines.subList(i + 1, end));
                    }
                }
            }
            return new FrontMatter("other".equals(licence) && name != null ? name : licence, rest);
        }

        private static @Nullable String value(String text) {
            String value = text.replaceFirst("(^|\\s)#.*", "")
                    .replaceAll("[\\[\\]'\"]", "")
                    .strip();
            return value.isEmpty() ? null : value.toLowerCase(Locale.ROOT);
        }

        private static @Nullable String items(List<String> lines) {
            List<String> items = lines.stream()
                    .map(String::strip)
                    .takeWhile(line -> line.startsWith("- "))
                    .map(line -> value(line.substring(2)))
                    .toList();
            return items.isEmpty() ? null : String.join(", ", items);
        }
    }
}
