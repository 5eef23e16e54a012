package dev.parallax.pretrained;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known about the licence of encoders by their names, as they were first published. Somebody who trained one
/// further may have chosen other terms, so a note on usual terms is made only where the folder itself says nothing.
/// The table with its sources is in `docs/pretrained.md`.
///
/// @param names     what a name contains
/// @param modelType that also tells it, or null
/// @param licence   its id if a folder that says another is wrong, or null
/// @param isAlways  whether the note matters whatever the folder says
/// @param note      one line
record KnownLicence(
        Pattern names, @Nullable String modelType, @Nullable String licence, boolean isAlways, String note) {

    private static final List<KnownLicence> ALL = List.of(
            new KnownLicence(
                    Pattern.compile("wavlm"),
                    "wavlm",
                    null,
                    true,
                    "WavLM: its page points to the licence of UniSpeech, CC BY-SA 3.0; the repository of its code and"
                            + " torchaudio say MIT: they contradict each other (microsoft/unilm issue 1757); ask"
                            + " Microsoft before you pass on weights"),
            new KnownLicence(
                    Pattern.compile("emotion2vec"),
                    null,
                    null,
                    true,
                    "emotion2vec is under the FunASR Model License 1.1: use and sharing are free; name its source and"
                            + " authors, and keep its name"),
            new KnownLicence(
                    Pattern.compile("audeering|msp-dim"),
                    null,
                    "cc-by-nc-sa-4.0",
                    true,
                    "the encoders of audEERING are under CC BY-NC-SA 4.0, which forbids commercial use"),
            new KnownLicence(
                    Pattern.compile("-superb-er"),
                    null,
                    null,
                    true,
                    "the encoders superb/*-er were trained on IEMOCAP, whose licence is for research"),
            usual("(?<!distil|xlm-)roberta-(base|large)|xlm-roberta", "RoBERTa and XLM-R are", "MIT"),
            usual("\\bbert-(base|large)|distilbert", "BERT and DistilBERT are", "Apache-2.0"),
            usual("all-minilm", "all-MiniLM is", "Apache-2.0"),
            usual(
                    "wav2vec2-|hubert-",
                    "wav2vec 2.0 and HuBERT are",
                    "Apache-2.0 on Hugging Face, and MIT where they were first released"),
            usual("data2vec-audio", "data2vec is", "Apache-2.0"),
            usual("whisper-", "Whisper is", "MIT"));

    private static KnownLicence usual(String names, String what, String licence) {
        return new KnownLicence(
                Pattern.compile(names),
                null,
                null,
                false,
                "the folder names no licence; as published, " + what + " under " + licence);
    }

    /// The first that fits.
    ///
    /// @param names names of an encoder, in any case
    static @Nullable KnownLicence of(String names, @Nullable String modelType) {
        String lowerCase = names.toLowerCase(Locale.ROOT);
        for (KnownLicence known : ALL) {
            if (known.names.matcher(lowerCase).find()
                    || (known.modelType != null && known.modelType.equals(modelType))) {
                return known;
            }
        }
        return null;
    }

    boolean forbidsCommerce() {
        return licence != null && LicenceFiles.isNonCommercial(licence);
    }

    /// Adds the note where it matters.
    ///
    /// @param stated what the folder says, or null
    void warnOf(@Nullable String stated, List<String> warnings) {
        if (isAlways || stated == null) {
            warnings.add(note);
        }
        if (licence != null && stated != null && !stated.equals(licence)) {
            warnings.add("the folder says " + stated + ", but it was published under " + licence
                    + ": they contradict each other; ask whoever published it");
        }
    }
}
