package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a `tokenizer.json` can ask for that is not implemented, or that does not fit together: one line
/// with its place.
class TokenizerRefusalsTest {

    private static final String MODEL = "'model': {'type': 'WordPiece', 'unk_token': '?', 'vocab': {'?': 0, 'a': 1}}";

    private static JsonObject json(String fields) {
        return Json.parseObject("{" + fields.replace('\'', '"') + "}", "tokenizer.json");
    }

    private static String refusal(String fields) {
        return Refusal.of(() -> TokenizerJson.read(json(fields)).vocabularySize());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'normaliser': null | normaliser: unknown field, expected one of [version, truncation, padding, added_tokens, normalizer, pre_tokenizer, post_processor, decoder, model]; did you mean "normalizer"?
            'version': '2.0' | version: "2.0" is not supported, only [1.0]; did you mean "1.0"?
            'normalizer': {'type': 'ByteLevel'} | normalizer.type: "ByteLevel" is not supported, only [Sequence, BertNormalizer, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Replace, Prepend, Precompiled, Nmt]
            'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'NFC'}, {'type': 'Lowercase', 'locale': 'tr'}]} | normalizer.normalizers[1].locale: unknown field, expected one of [type]
            'normalizer': {'type': 'Replace', 'pattern': {'Regex': 'a*'}, 'content': ''} | normalizer.pattern.Regex: "a*" matches also where there is nothing
            'pre_tokenizer': {'type': 'UnicodeScripts'} | pre_tokenizer.type: "UnicodeScripts" is not supported, only [Sequence, BertPreTokenizer, Whitespace, WhitespaceSplit, Punctuation, Digits, Split, ByteLevel, Metaspace]
            'pre_tokenizer': {'type': 'Split', 'pattern': {'String': ' '}, 'behavior': 'Kept'} | pre_tokenizer.behavior: "Kept" is not supported, only [Removed, Isolated, Contiguous, MergedWithPrevious, MergedWithNext]
            'pre_tokenizer': {'type': 'Metaspace', 'replacement': '__'} | pre_tokenizer.replacement: expected one character, found "__"
            'pre_tokenizer': {'type': 'Metaspace', 'replacement': '_', 'add_prefix_space': false, 'prepend_scheme': 'first'} | pre_tokenizer: add_prefix_space false contradicts prepend_scheme "first"; remove one of them
            'post_processor': {'type': 'BertProcessing', 'cls': ['?', 7], 'sep': ['a', 1]} | post_processor.cls[1]: 7 is no id of the vocabulary
            'post_processor': {'type': 'BertProcessing', 'cls': ['?'], 'sep': ['a', 1]} | post_processor.cls: expected at least 2 items, found 1
            'post_processor': {'type': 'TemplateProcessing', 'single': [], 'pair': [], 'special_tokens': {}} | post_processor.single: expected the text A once
            'post_processor': {'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': 'x', 'type_id': 0}}], 'pair': [], 'special_tokens': {}} | post_processor.special_tokens.x: is missing, expected an object
            'truncation': {'max_length': 0, 'strategy': 'LongestFirst'} | truncation.max_length: 0, expected at least 1
            'truncation': {'max_length': 8, 'strategy': 'OnlyLast'} | truncation.strategy: "OnlyLast" is not supported, only [LongestFirst, OnlyFirst, OnlySecond]
            'added_tokens': [{'id': 7, 'content': 'a'}] | added_tokens: token "a" has id 7, but in the vocabulary of the model 1
            'added_tokens': [{'id': 1, 'content': 'b'}] | added_tokens: token "b" has id 1, which another token has
            'added_tokens': [{'id': 99999999, 'content': 'b'}] | added_tokens: token "b" has id 99999999, expected 0 to 16777215
            'added_tokens': [{'id': 2, 'content': ''}] | added_tokens[0].content: is empty; remove the token
            """)
    void read_partThatIsNotSupported_saysWhichAndWhere(String field, String message) {
        assertEquals("tokenizer.json: " + message, refusal(field + ", " + MODEL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'vocab': {'a': 0} | model.type: "WordLevel" is not supported, only [WordPiece, BPE, Unigram]
            'type': 'WordPiece', 'unk_token': '?', 'vocab': {'a': 0} | model.unk_token: token "?" is not in the vocabulary
            'type': 'WordPiece', 'unk_token': '?', 'vocab': {'?': -1} | model.vocab: token "?" has id -1, expected 0 to 16777215
            'type': 'WordPiece', 'unk_token': '?', 'vocab': {'?': 0, 'a': 0} | model.vocab: two tokens have id 0, one of them is "a"
            'type': 'WordPiece', 'unk_token': '?', 'vocab': {'?': 'a'} | model.vocab.?: expected a whole number, found "a"
            'type': 'BPE', 'vocab': {'a': 0}, 'merges': [], 'byte_fallback': true | model.byte_fallback: true (bytes for unknown characters) is not supported
            'type': 'BPE', 'vocab': {'a': 0}, 'merges': [], 'dropout': 0.1 | model.dropout: leaving out merges at random is not supported
            'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a b c'] | model.merges[0]: expected two tokens with a blank between them, found "a b c"
            'type': 'BPE', 'vocab': {'a': 0}, 'merges': [['a']] | model.merges[0]: expected two tokens, found 1
            'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a a'] | model.merges[0]: token "aa" is not in the vocabulary
            'type': 'BPE', 'vocab': {'a': 0, 'aa': 1}, 'merges': ['a a'], 'continuing_subword_prefix': '##' | model.merges[0]: "a" does not begin with the prefix "##" of tokens inside words
            'type': 'Unigram', 'vocab': [['a', 0.0]] | model.unk_id: is missing, expected a whole number
            'type': 'Unigram', 'vocab': [['a', 0.0]], 'unk_id': 1 | model.unk_id: 1 is no id of the vocabulary, expected 0 to 0
            'type': 'Unigram', 'vocab': [['a']], 'unk_id': 0 | model.vocab[0]: expected at least 2 items, found 1
            'type': 'Unigram', 'vocab': [[0, 'a']], 'unk_id': 0 | model.vocab[0][0]: expected a string, found 0
            """)
    void read_modelThatDoesNotFit_saysWhatAndWhere(String fields, String message) {
        assertEquals("tokenizer.json: " + message, refusal("'model': {" + fields + "}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            (a|b)* ; 6
            (a)+ ; 4
            (?<=a)b ; 1
            a\\b ; 2
            [[:alpha:]] ; 1
            [a&&b] ; 1
            [\\W] ; 1
            [] ; 1
            a{2}+ ; 2
            \\p{Greek} ; 1
            a] ; 2
            """)
    void regex_thatIsReadDifferently_isRefusedFromItsCharacter(String regex, int character) {
        JsonObject pattern = Json.parseObject(Json.object().with("Regex", regex).toText(), "tokenizer.json");
        assertEquals(
                "tokenizer.json: Regex: \"" + regex + "\" is not supported from its character " + character
                        + " on; simple expressions without repeated groups are",
                Refusal.of(() -> TokenizerRegex.read(pattern).pattern()));
    }

    @Test
    void regex_unclosedGroup_isRefused() {
        JsonObject pattern = Json.parseObject("{\"Regex\": \"(a\"}", "tokenizer.json");
        assertEquals(
                "tokenizer.json: Regex: \"(a\" is no regular expression: Unclosed group",
                Refusal.of(() -> TokenizerRegex.read(pattern).pattern()));
    }

    /// Files of 2020 do not name the type of their model, and say little else.
    @Test
    void read_modelWithoutType_isKnownByItsFields() {
        String vocabulary = "'vocab': {'?': 0, 'a': 1, '##a': 2, 'aa': 3}";
        assertIds("'unk_token': '?', 'max_input_chars_per_word': 100, " + vocabulary, 3);
        assertIds(vocabulary + ", 'merges': ['a a']", 3);
        assertIds("'unk_id': 0, 'vocab': [['?', 0], ['a', -1], ['aa', -3]]", 1, 1);
    }

    private static void assertIds(String model, int... ids) {
        PretrainedTokenizer tokenizer = TokenizerJson.read(json("'model': {" + model + "}"));
        assertArrayEquals(ids, tokenizer.encode("aa").ids());
    }

    @Test
    void encode_pairWithoutTemplate_isRefused() {
        PretrainedTokenizer tokenizer = TokenizerJson.read(json("'post_processor': {'type': 'TemplateProcessing',"
                + "'single': [{'Sequence': {'id': 'A', 'type_id': 0}}], 'pair': [], 'special_tokens': {}}, " + MODEL));
        assertEquals(1, tokenizer.encode("a").total());
        assertEquals(
                "this tokenizer does not say how a pair of texts is read; give one text",
                Refusal.of(() -> tokenizer.encode("a", "a").total()));
    }

    @Test
    void encode_noRoomForSpecialTokens_isRefused() {
        PretrainedTokenizer tokenizer = TokenizerJson.read(
                json("'post_processor': {'type': 'BertProcessing', 'cls': ['?', 0], 'sep': ['a', 1]}, " + MODEL));
        assertArrayEquals(
                new int[] {0, 1}, tokenizer.withMaxLength(2).encode("a a").ids());
        assertEquals(
                "a maximum length of 1 token leaves no room for 2 special tokens",
                Refusal.of(() -> tokenizer.withMaxLength(1).encode("a a").total()));
        assertEquals(
                "a maximum length of 0 tokens, expected at least 1",
                Refusal.of(() -> tokenizer.withMaxLength(0).maxLength()));
    }

    @Test
    void encode_onlyOneTextMayBeCutAndIsTooShort_isRefused() {
        PretrainedTokenizer tokenizer =
                TokenizerJson.read(json("'truncation': {'max_length': 1, 'strategy': 'OnlySecond'}, " + MODEL));
        assertEquals(
                "the second text has 1 token; cutting it alone does not lead to 1 token",
                Refusal.of(() -> tokenizer.encode("a", "a").total()));
    }
}
