package dev.parallax.setup.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the settings of a run differ from their defaults; what comes later wins.
///
/// @param preset   settings under a name, or null
/// @param file     a file of settings, or null
/// @param settings one at a time
public record SettingChanges(
        @Nullable String preset, @Nullable SettingsFile file, List<Setting> settings) {

    /// The defaults as they are.
    public static final SettingChanges NONE = new SettingChanges(null, null, List.of());

    public SettingChanges {
        settings = List.copyOf(settings);
    }

    /// These and one more.
    public SettingChanges with(String key, String value) {
        List<Setting> more = new ArrayList<>(settings);
        more.add(new Setting(key, value));
        return new SettingChanges(preset, file, more);
    }
}
