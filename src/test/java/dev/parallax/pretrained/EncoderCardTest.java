package dev.parallax.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the folder of an encoder says about its licence.
class EncoderCardTest {

    private static final String APACHE = "Apache License\n  Version 2.0, January 2004\n";
    private static final String MIT = "Permission is hereby granted, free of charge, to any person";

    @TempDir
    private Path folder;

    private EncoderCard card(String name, String... files) throws IOException {
        Path encoder = Files.createDirectories(folder.resolve(name));
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(encoder.resolve(files[i]), files[i + 1]);
        }
        return EncoderCard.of(encoder);
    }

    private static String readme(String fields) {
        return "---\nlanguage: en\n" + fields + "\ntags:\n- speech\n---\n# A model\n";
    }

    @Test
    void of_readmeAndLicenceThatAgree_hasNoWarning() throws IOException {
        EncoderCard card = card("mine", "README.md", readme("license: apache-2.0"), "LICENSE", APACHE);
        assertEquals(new EncoderCard("mine", null, "apache-2.0", false, List.of()), card);
    }

    @ParameterizedTest
    @CsvSource({
        "license: MIT, mit",
        "license: 'mit', mit",
        "license: \"mit\"  # as the code, mit",
        "license: [mit], mit",
        "'license:\n- mit\n- apache-2.0', 'mit, apache-2.0'",
        "'license: other\nlicense_name: model-license', model-license",
        "'license_name: own\nlicense: other', own",
    })
    void of_readme_readsTheFieldAsItIsWritten(String fields, String licence) throws IOException {
        EncoderCard card = card("mine", "README.md", readme(fields));
        assertEquals(licence, card.licence());
        assertEquals(List.of(), card.warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "'# A model\n\nlicense: mit'",
        "'---\nlicense: mit\n'",
        "'---\n# license: mit\n---\n'",
        "'---\nx:\n  license: mit\n---'"
    })
    void of_readmeWithoutTheField_hasNoLicence(String text) throws IOException {
        EncoderCard card = card("mine", "README.md", text);
        assertNull(card.licence());
        assertEquals(
                List.of("no file of its folder names a licence; see the page that the encoder is from"),
                card.warnings());
    }

    @Test
    void of_readmeAndLicenceThatDiffer_saysThatTheyContradict() throws IOException {
        EncoderCard card = card("mine", "README.md", readme("license: mit"), "LICENSE.txt", APACHE);
        assertEquals("mit", card.licence());
        assertEquals(
                List.of("README.md says mit, but LICENSE.txt is apache-2.0: they contradict each other; ask whoever"
                        + " published the encoder"),
                card.warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "Attribution-NonCommercial-ShareAlike 4.0 International, cc-by-nc-sa-4.0, true",
        "Attribution-NonCommercial 4.0 International, cc-by-nc-4.0, true",
        "Attribution-NonCommercial-NoDerivs 3.0 Unported, cc-by-nc-nd-3.0, true",
        "Attribution-ShareAlike 3.0 Unported, cc-by-sa-3.0, false",
        "Attribution 4.0 International, cc-by-4.0, false",
        "FunASR Model Open Source License Agreement, funasr-model-license, false",
        "Redistribution and use in source and binary forms, bsd, false",
    })
    void of_licenceAlone_isRecognised(String text, String licence, boolean forbidsCommerce) throws IOException {
        EncoderCard card = card("mine", "LICENSE", text);
        assertEquals(licence, card.licence());
        assertEquals(forbidsCommerce, card.forbidsCommerce());
        List<String> expected =
                forbidsCommerce ? List.of("its licence, " + licence + ", forbids commercial use") : List.of();
        assertEquals(expected, card.warnings());
    }

    @Test
    void of_twoLicences_namesNone() throws IOException {
        EncoderCard card = card("mine", "LICENSE", MIT, "MODEL_LICENSE", "Attribution-NonCommercial 4.0");
        assertNull(card.licence());
        assertTrue(card.forbidsCommerce());
        assertEquals(
                "LICENSE, MODEL_LICENSE: several licences, mit and cc-by-nc-4.0; read which of them is for the weights",
                card.warnings().getFirst());
    }

    @ParameterizedTest
    @CsvSource({"for research purpose only", "for NON-COMMERCIAL use", "may only be used for academic research"})
    void of_readmeThatForbidsCommerce_quotesIt(String words) throws IOException {
        EncoderCard card = card("mine", "README.md", readme("license: mit") + "\nThe model is " + words + ".\n");
        assertTrue(card.forbidsCommerce());
        assertEquals(List.of("README.md says: \"The model is " + words + ".\""), card.warnings());
    }

    @Test
    void of_licenceOfItsOwn_isToBeRead() throws IOException {
        EncoderCard card = card("mine", "LICENSE", "You may look at it.\nNo commercial use.");
        assertTrue(card.forbidsCommerce());
        assertEquals("LICENSE says: \"No commercial use.\"", card.warnings().getFirst());
        assertEquals(
                "LICENSE is none of the usual licences; read it",
                card.warnings().get(1));
    }

    @Test
    void of_otherWithoutName_saysSo() throws IOException {
        EncoderCard card = card("mine", "README.md", readme("license: other"));
        assertEquals("other", card.licence());
        assertTrue(card.warnings().getFirst().startsWith("README.md says that its licence is \"other\""));
    }

    @Test
    void of_wavLmByAnyName_saysThatItsLicencesContradict() throws IOException {
        EncoderCard card =
                card("mine", "config.json", "{\"model_type\":\"wavlm\"}", "README.md", readme("license: mit"));
        assertEquals("mit", card.licence());
        assertEquals(1, card.warnings().size());
        assertTrue(
                card.warnings().getFirst().contains("they contradict each other"),
                card.warnings().toString());
        assertEquals(
                card.warnings(),
                card("wavlm-base-plus", "README.md", "---\n---\n").warnings());
    }

    @Test
    void of_encoderKnownAsNonCommercial_forbidsCommerceAndSaysWhereTheFolderDiffers() throws IOException {
        String name = "wav2vec2-large-robust-12-ft-emotion-msp-dim";
        EncoderCard silent = card(name);
        assertTrue(silent.forbidsCommerce());
        assertNull(silent.licence());
        assertEquals(1, silent.warnings().size());
        EncoderCard other = card(name, "README.md", readme("license: mit"));
        assertEquals(
                "the folder says mit, but it was published under cc-by-nc-sa-4.0: they contradict each other; ask"
                        + " whoever published it",
                other.warnings().getLast());
        EncoderCard same = card(name, "README.md", readme("license: cc-by-nc-sa-4.0"));
        assertEquals(
                "its licence, cc-by-nc-sa-4.0, forbids commercial use",
                same.warnings().getFirst());
        assertEquals(2, same.warnings().size());
    }

    @ParameterizedTest
    @CsvSource({
        "bert-base-uncased, BERT and DistilBERT",
        "roberta-base, RoBERTa and XLM-R",
        "xlm-roberta-base, RoBERTa and XLM-R",
        "all-MiniLM-L6-v2, all-MiniLM",
        "wav2vec2-base, wav2vec 2.0 and HuBERT",
        "hubert-large-ll60k, wav2vec 2.0 and HuBERT",
        "data2vec-audio-base, data2vec",
        "whisper-base, Whisper",
    })
    void of_knownNameWithoutLicence_saysHowItWasPublished(String name, String what) throws IOException {
        EncoderCard silent = card(name);
        assertNull(silent.licence());
        assertFalse(silent.forbidsCommerce());
        assertEquals(1, silent.warnings().size());
        assertTrue(
                silent.warnings().getFirst().startsWith("the folder names no licence; as published, " + what),
                silent.warnings().getFirst());
        assertEquals(
                List.of(), card(name, "README.md", readme("license: cc0-1.0")).warnings());
    }

    @Test
    void of_otherModels_areNotTakenForKnownOnes() throws IOException {
        for (String name : List.of("distilroberta-base", "my-bert", "camembert-base")) {
            assertTrue(card(name).warnings().getFirst().startsWith("no file of its folder "), name);
        }
    }

    @Test
    void of_cacheOfTheHub_hasTheModelsName() throws IOException {
        EncoderCard card = card(
                "models--superb--hubert-large-superb-er/snapshots/0123abc", "README.md", readme("license: apache-2.0"));
        assertEquals("superb/hubert-large-superb-er", card.name());
        assertEquals(
                List.of("the encoders superb/*-er were trained on IEMOCAP, whose licence is for research"),
                card.warnings());
    }

    @Test
    void of_config_saysWhatItWasLoadedFromUnlessThatIsAPath() throws IOException {
        EncoderCard card = card("a", "config.json", "{\"_name_or_path\":\"openai/whisper-tiny\"}");
        assertEquals("openai/whisper-tiny", card.basis());
        assertTrue(
                card.warnings().getFirst().contains("Whisper is under MIT"),
                card.warnings().toString());
        assertNull(card("b", "config.json", "{\"_name_or_path\":\"/data/models/whisper-x\"}")
                .basis());
        assertNull(card("c", "config.json", "{\"_name_or_path\":\"./out/x/y\"}").basis());
        assertNull(card("d", "config.json", "{\"_name_or_path\":7}").basis());
    }

    @Test
    void of_readmeThatIsNoText_isAWarning() throws IOException {
        Path encoder = Files.createDirectories(folder.resolve("e"));
        Files.write(encoder.resolve("README.md"), "\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        EncoderCard card = EncoderCard.of(encoder);
        assertNull(card.licence());
        assertTrue(
                card.warnings().getFirst().startsWith("no licence is read from README.md"),
                card.warnings().toString());
        assertFalse(card.warnings().getFirst().contains(folder.toString()), "the same on every machine");
        Files.writeString(encoder.resolve("README.md"), "x".repeat((1 << 20) + 1));
        assertEquals(
                "README.md is larger than 1 MB and is not read",
                EncoderCard.of(encoder).warnings().getFirst());
    }
}
