package dev.parallax.pretrained;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the folder of a pretrained encoder says about its licence, and what is known about encoders of its name. It is
/// for a model's card: whoever passes on a model that was trained with an encoder must know the encoder's terms.
///
/// @param name            the model's name on its hub where the folder is the hub's cache, else that of the folder
/// @param basis           the model that it was loaded from, as `config.json` says, or null
/// @param licence         its id, such as `apache-2.0`, as the folder says, or null where it does not say
/// @param forbidsCommerce whether a file of the folder says so, or whether it is known of this encoder
/// @param warnings        what whoever uses the encoder should know, a line each
public record EncoderCard(
        String name, @Nullable String basis, @Nullable String licence, boolean forbidsCommerce, List<String> warnings) {

    /// The cache of the hub: `models--OWNER--NAME/snapshots/COMMIT`.
    private static final Pattern CACHED = Pattern.compile("models--(.+?)--(.+)");

    /// `OWNER/NAME` or `NAME`, and not a path.
    private static final Pattern HUB_NAME = Pattern.compile("(?:\\w[\\w.-]*/)?\\w[\\w.-]*");

    public EncoderCard {
        warnings = List.copyOf(warnings);
    }

    /// The card of an encoder. It reads `config.json`, the lines between the `---` of `README.md`, and the files of
    /// licences; each may be missing.
    ///
    /// @throws dev.parallax.BadInputException if `config.json` is damaged
    public static EncoderCard of(Path folder) {
        String name = nameOf(folder);
        Path config = folder.resolve("config.json");
        JsonObject json = Files.isRegularFile(config) ? Json.parseObject(config) : Json.object();
        String basis = text(json, "_name_or_path");
        if (basis != null && !HUB_NAME.matcher(basis).matches()) {
            basis = null; // a path of whoever saved it
        }
        LicenceFiles files = LicenceFiles.of(folder);
        KnownLicence known = KnownLicence.of(basis == null ? name : name + " " + basis, text(json, "model_type"));
        List<String> warnings = new ArrayList<>(files.warnings());
        if (known != null) {
            known.warnOf(files.licence(), warnings);
        }
        if (files.licence() == null && known == null) {
            warnings.add("no file of its folder names a licence; see the page that the encoder is from");
        }
        boolean forbidsCommerce = files.forbidsCommerce() || (known != null && known.forbidsCommerce());
        return new EncoderCard(name, basis, files.licence(), forbidsCommerce, warnings);
    }

    private static String nameOf(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        for (Path part : whole) {
            Matcher cached = CACHED.matcher(part.toString());
            if (cached.matches()) {
                return cached.group(1) + "/" + cached.group(2);
            }
        }
        Path last = whole.getFileName();
        return last == null ? whole.toString() : last.toString();
    }

    private static @Nullable String text(JsonObject json, String key) {
        return json.get(key) instanceof Json.Text(String value) ? value : null;
    }
}
