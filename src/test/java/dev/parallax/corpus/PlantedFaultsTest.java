package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten faults in one copy, each of which must be found; in an untouched copy nothing may be.
class PlantedFaultsTest {

    private static final List<String> NAMES = List.of(
            "03a01Fa", "03a01Wa", "08a02Tb", "09a04Ld", "10a05Ea", "11a07Aa", "12b01Nb", "13b02Wa", "14b03Fa",
            "15b09Tb", "16b10La", "03b10Na", "08b09Ea", "09b03Ab");

    @TempDir
    private Path folder;

    @Test
    void verify_tenPlantedFaults_findsEach() throws IOException {
        Map<String, String> published = publish();
        assertEquals(List.of(), verify(published).findings());
        plant();
        Verification verification = verify(published);
        assertFalse(verification.ok());
        List<String> found = verification.findings().stream()
                .map(finding -> finding.severity() + " " + finding.kind() + ": " + finding.message() + finding.ids())
                .toList();
        for (String fault : List.of(
                "ERROR content: 03a01Fa.wav is the recording published as 03a01Wa.wav: its label would be wrong",
                "ERROR unreadable: " + file("08a02Tb") + ": truncated",
                "ERROR duplicate: 10a05Ea is the same recording as 09a04Ld",
                "ERROR silent: 11a07Aa",
                "ERROR extra: 12a01Wc.wav was not published",
                "ERROR missing: 12b01Nb.wav",
                "ERROR rate: 13b02Wa is at 8000 Hz, published are 16000 Hz",
                "WARNING clipped: 14b03Fa: 100.0 %",
                "WARNING short: 15b09Tb lasts 0.100 s",
                "ERROR pointer: 1 of 14 files are git-lfs pointers")) {
            assertTrue(found.stream().anyMatch(line -> line.startsWith(fault)), fault + " is not among " + found);
        }
        assertTrue(found.stream().anyMatch(line -> line.contains("[16b10La]")), "which is the pointer? " + found);
    }

    @Test
    void verify_tenPlantedFaults_blamesNoOtherRecording() throws IOException {
        Map<String, String> published = publish();
        plant();
        String lines = String.join("\n", verify(published).lines());
        for (String untouched : List.of("03b10Na", "08b09Ea", "09b03Ab")) {
            assertFalse(lines.contains(untouched), lines);
        }
        Map<String, Long> kinds = verify(published).findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .collect(Collectors.groupingBy(Verification.Finding::kind, Collectors.counting()));
        assertEquals(
                Map.of(
                        "content", 8L, // two labels, a duplicate, and five that were changed
                        "unreadable", 1L,
                        "duplicate", 1L,
                        "silent", 1L,
                        "extra", 1L,
                        "missing", 1L,
                        "rate", 1L,
                        "pointer", 1L,
                        "count", 2L),
                kinds);
    }

    /// Writes the copy; what is published about it is what was written.
    private Map<String, String> publish() {
        Map<String, String> published = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            Path file = Clips.write(file(NAMES.get(i)), Clips.noise(i, 0.5));
            published.put(NAMES.get(i), SafeFiles.sha256(file).substring(0, 16));
        }
        return published;
    }

    private void plant() throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(file("03a01Fa"), aside);
        Files.move(file("03a01Wa"), file("03a01Fa"));
        Files.move(aside, file("03a01Wa"));
        byte[] bytes = Files.readAllBytes(file("08a02Tb"));
        Files.write(file("08a02Tb"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.copy(file("09a04Ld"), file("10a05Ea"), StandardCopyOption.REPLACE_EXISTING);
        Clips.write(file("11a07Aa"), new Audio(new float[8000], Clips.RATE));
        Clips.write(file("12a01Wc"), Clips.noise(50, 0.5));
        Files.delete(file("12b01Nb"));
        Clips.write(file("13b02Wa"), new Audio(Clips.noise(51, 0.5).samples(), 8000));
        float[] loud = new float[8000];
        Arrays.fill(loud, 1);
        Clips.write(file("14b03Fa"), new Audio(loud, Clips.RATE));
        Clips.write(file("15b09Tb"), Clips.noise(52, 0.1));
        Files.writeString(file("16b10La"), "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
    }

    private Verification verify(Map<String, String> published) {
        return new EmoDbCorpus(folder, published).verify();
    }

    private Path file(String name) {
        return folder.resolve(name + ".wav");
    }
}
