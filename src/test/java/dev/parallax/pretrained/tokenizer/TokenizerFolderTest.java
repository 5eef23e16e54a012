package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the files beside the vocabulary say.
class TokenizerFolderTest {

    private static final String VOCABULARY = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nA\n<x>\n";
    private static final String CONFIG = "tokenizer_config.json";

    @TempDir
    private Path folder;

    private void write(String name, String text) {
        TokenizerFiles.write(folder.resolve(name), text);
    }

    private int[] ids(String text) {
        return PretrainedTokenizer.read(folder).encode(text).ids();
    }

    private String refusal() {
        return Refusal.of(() -> PretrainedTokenizer.read(folder).maxLength())
                .replace(folder.toString(), "DIR")
                .replace('\\', '/');
    }

    @Test
    void read_emptyFolder_isRefused() {
        assertEquals(
                "DIR: has no tokenizer that can be read: expected tokenizer.json, or vocab.txt, or vocab.json with"
                        + " merges.txt",
                refusal());
    }

    @Test
    void read_vocabularyAlone_isThatOfAnUncasedBert() {
        write("vocab.txt", VOCABULARY.replace("\n", "\r\n"));
        assertArrayEquals(new int[] {2, 4, 1, 4, 5, 3}, ids("a ab A b"));
        assertEquals(8, PretrainedTokenizer.read(folder).vocabularySize());
        assertEquals(Integer.MAX_VALUE, PretrainedTokenizer.read(folder).maxLength());
    }

    @Test
    void read_casedVocabulary_keepsCapitals() {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, "{\"do_lower_case\": false}");
        assertArrayEquals(new int[] {2, 6, 3}, ids("A"));
    }

    @Test
    void read_otherNamesOfSpecialTokens_areTaken() {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, "{\"sep_token\": {\"content\": \"<x>\"}}");
        write("special_tokens_map.json", "{\"cls_token\": \"b\", \"sep_token\": \"a\"}");
        assertArrayEquals(new int[] {5, 4, 7, 7}, ids("a <x>"));
    }

    @Test
    void read_listedAddedTokens_areFoundInTexts() {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, """
                {"added_tokens_decoder": {"7": {"content": "<x>", "special": true}, "8": {"content": "new", "special": true}}}""");
        assertArrayEquals(new int[] {2, 4, 8, 7, 3}, ids("a new<x>"));
        assertEquals(9, PretrainedTokenizer.read(folder).vocabularySize());
        write(CONFIG, "{\"added_tokens_decoder\": {\"6\": {\"content\": \"<x>\"}}}");
        assertEquals(
                "DIR/tokenizer_config.json: added_tokens_decoder: token \"<x>\" has id 6, but in the vocabulary of the"
                        + " model 7",
                refusal());
        write(CONFIG, "{\"added_tokens_decoder\": {\"six\": {\"content\": \"<x>\"}}}");
        assertEquals("DIR/tokenizer_config.json: added_tokens_decoder: \"six\" is no id", refusal());
    }

    @Test
    void read_missingSpecialToken_isRefused() {
        write("vocab.txt", "a\nb\n");
        assertEquals("DIR/vocab.txt: token \"[UNK]\" is not in the vocabulary", refusal());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | {} | 2147483647
            {"model_max_length": 512} | {} | 512
            {"model_max_length": 1000000000000000019884624838656} | {} | 2147483647
            {"model_max_length": 512} | {"max_seq_length": 256} | 256
            """)
    void read_maximumLength_isTheFirstThatIsThere(String config, String sentences, int expected) {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, config);
        write("sentence_bert_config.json", sentences);
        assertEquals(expected, PretrainedTokenizer.read(folder).maxLength());
    }

    @Test
    void read_cutFromTheLeft_keepsTheEnd() {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, "{\"model_max_length\": 3, \"truncation_side\": \"left\"}");
        assertArrayEquals(new int[] {2, 5, 3}, ids("a a b"));
        write(CONFIG, "{\"truncation_side\": \"middle\"}");
        assertEquals(
                "DIR/tokenizer_config.json: truncation_side: \"middle\" is not supported, only [left, right]",
                refusal());
        write(CONFIG, "{\"model_max_length\": 0}");
        assertEquals("DIR/tokenizer_config.json: model_max_length: 0.0, expected at least 1", refusal());
    }

    @Test
    void read_sentencesInLowerCase_areLowered() {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, "{\"do_lower_case\": false}");
        write("sentence_bert_config.json", "{\"do_lower_case\": true}");
        assertArrayEquals(new int[] {2, 4, 3}, ids("A"));
    }

    @Test
    void read_classOfOtherRules_isRefused() {
        write("vocab.txt", VOCABULARY);
        write(CONFIG, "{\"tokenizer_class\": \"MPNetTokenizer\"}");
        assertEquals(
                "DIR/tokenizer_config.json: tokenizer_class: MPNetTokenizer without a tokenizer.json is not supported, only"
                        + " [BertTokenizer, BertTokenizerFast, DistilBertTokenizer, DistilBertTokenizerFast,"
                        + " ElectraTokenizer, ElectraTokenizerFast]; save the tokenizer with use_fast=True",
                refusal());
        write(CONFIG, "{\"do_basic_tokenize\": false}");
        assertEquals("DIR/tokenizer_config.json: do_basic_tokenize: false is not supported", refusal());
        write("added_tokens.json", "{\"x\": 9}");
        assertEquals(
                "DIR/added_tokens.json: is not supported without a tokenizer.json; save the tokenizer with use_fast=True",
                refusal());
    }

    @Test
    void read_filesOfGpt2_addNoTokens() {
        write("vocab.json", "{\"a\": 0, \"b\": 1, \"ab\": 2, \"<|endoftext|>\": 3}");
        write("merges.txt", "#version: 0.2\na b\n");
        assertArrayEquals(new int[] {2, 0, 3}, ids("aba<|endoftext|>"));
        write("merges.txt", "#version: 0.2\na b b\n");
        assertEquals(
                "DIR/merges.txt line 2: expected two tokens with a blank between them, found \"a b b\"", refusal());
    }

    @Test
    void read_filesOfRoberta_maskEatsTheBlankBeforeIt() {
        write("vocab.json", "{\"<s>\": 0, \"</s>\": 1, \"<mask>\": 2, \"a\": 3, \"\u0120\": 4}");
        write("merges.txt", "");
        assertArrayEquals(new int[] {0, 3, 2, 4, 3, 1}, ids("a <mask> a"));
        write(CONFIG, "{\"add_prefix_space\": true}");
        assertArrayEquals(new int[] {0, 4, 3, 1}, ids("a"));
    }
}
