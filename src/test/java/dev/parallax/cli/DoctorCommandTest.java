package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.io.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The findings of `doctor`.
class DoctorCommandTest {

    @Test
    void doctor_json_hasEveryBackendWithItsKernels() {
        Outcome outcome = Outcome.of("doctor", "--json");
        assertEquals(0, outcome.code(), outcome.out());
        JsonObject json = outcome.json();
        assertTrue(json.flag("ok"));
        assertTrue(json.object("scalar").flag("runs"));
        assertTrue(json.object("scalar").array("kernels").size() >= 40);
        for (String kind : List.of("opencl", "cuda")) {
            if (json.has(kind)) { // without a device
                assertFalse(json.object(kind).flag("runs"));
                assertTrue(json.object(kind).text("reason").contains("install"));
            } else {
                JsonObject device = json.object(kind + ":0");
                assertTrue(device.array("kernels").size() >= 40);
                assertTrue(device.number("bitsCompared") >= 30);
                assertEquals(List.of(), device.array("bitsBroken").texts());
            }
        }
        assertTrue(json.object("figures").flag("drawn"), "this machine has fonts");
        JsonObject prediction = json.object("predict");
        assertEquals("scalar", prediction.array("backends").texts().getFirst());
        assertTrue(json.object("module").flag("loaded")
                == prediction.array("backends").texts().contains("vector"));
        assertTrue(prediction.number("difference") < 1e-3);
        assertTrue(List.of("anger", "happiness", "neutral", "sadness").contains(prediction.text("label")));
    }

    /// `bin/parallax` runs it after each build, which must not wait until a device has compiled its kernels.
    @Test
    void doctor_withoutDevices_opensNone() {
        JsonObject json = Outcome.of("doctor", "--no-devices", "--json").json();
        List<String> hosts = List.of("scalar", "vector");
        assertTrue(hosts.containsAll(json.object("predict").array("backends").texts()), json.toText());
        assertFalse(
                json.has("opencl") || json.has("opencl:0") || json.has("cuda") || json.has("cuda:0"), json.toText());
    }

    /// What has a number was listed, so somebody has it: nothing is well where it does not run.
    @Test
    void backend_deviceThatDoesNotRun_isWrong() {
        DoctorCommand.Finding finding = DoctorCommand.backend("opencl:9999", _ -> {});
        assertFalse(finding.ok());
        assertEquals("WRONG", finding.mark());
        assertTrue(finding.text().startsWith("does not run here: "), finding.text());
    }

    @Test
    void doctor_ffmpeg_isFoundWithItsVersionOrSaidToBeMissing() {
        DoctorCommand.Finding missing = DoctorCommand.ffmpeg(Ffmpeg.NEVER);
        assertTrue(missing.ok());
        assertEquals("none", missing.mark());
        assertTrue(
                missing.text().contains("MP3, M4A, Ogg, Opus and the sound of films cannot be read"), missing.text());
        assertFalse(missing.json().flag("found"));
        JsonObject said = DoctorCommand.ffmpeg(Ffmpeg.ON_PATH).json();
        assertEquals(Ffmpeg.ON_PATH.version() != null, said.flag("found"));
        assertEquals(said.flag("found"), said.has("version"));
    }
}
