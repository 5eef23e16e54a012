package dev.parallax.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of each format, and what is said of a damaged file.
class TranscriptFormatsTest {

    private static List<SpokenTurn> turns(String text) {
        return Transcript.parse(text, "talk").turns();
    }

    private static List<String> texts(String text) {
        return turns(text).stream().map(SpokenTurn::text).toList();
    }

    private static Span span(SpokenTurn turn) {
        return Objects.requireNonNull(turn.span());
    }

    @Test
    void subRip_withoutNumbersAndBlankLines_hasItsCues() {
        assertEquals(List.of("a b", "42"), texts("00:01,0 --> 00:02,0\na\n\nb\n00:00:03.0 --> 00:00:04.0 X1:1\n42\n"));
    }

    @Test
    void subRip_negativeAndReversedTimes_areKeptAsTheyAre() {
        List<SpokenTurn> turns = turns("1\n-00:00:00,500 --> 00:00:01,000\na\n\n2\n0:05,0 --> 0:03,0\nb\n");
        assertEquals(new Span(-0.5, 1), span(turns.getFirst()));
        assertTrue(span(turns.getLast()).isReversed());
    }

    @Test
    void subRip_lessThanSignInWords_stays() {
        assertEquals(List.of("I <3 you"), texts("1\n0:01,0 --> 0:02,0\nI <3 <B>you</B>\n"));
    }

    @Test
    void webVtt_twoVoicesInACue_areTwoTurns() {
        List<SpokenTurn> turns = turns("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Anna>no!</v>\n<v Ben>oh yes</v>\n");
        assertEquals(
                List.of("Anna", "Ben"), turns.stream().map(SpokenTurn::speaker).toList());
        assertEquals(
                List.of("no!", "oh yes"), turns.stream().map(SpokenTurn::text).toList());
        assertEquals(span(turns.getFirst()), span(turns.getLast()));
    }

    @Test
    void webVtt_missingBlankLines_loseNoCue() {
        assertEquals(
                List.of("a", "b", "c"),
                texts("WEBVTT\n00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb\n\n\n0:03.0 --> 0:04.0\nc"));
    }

    @Test
    void webVtt_timeStampsInACue_areWhenWordsBegin() {
        List<SpokenWord> words = turns(Talks.WEB_VTT).getFirst().words();
        assertEquals(
                List.of(
                        new SpokenWord("so", new Span(1, 1.5)),
                        new SpokenWord("glad", new Span(1.5, 1.75)),
                        new SpokenWord("you", new Span(1.75, (1.75 + 2.345) / 2)),
                        new SpokenWord("came", new Span((1.75 + 2.345) / 2, 2.345))),
                words);
    }

    @Test
    void json_wordsOfWhisper_haveTheirTimes() {
        List<SpokenTurn> turns = turns(Talks.SEGMENTS);
        assertEquals(
                new SpokenWord("came", new Span(2, 2.345)),
                turns.getFirst().words().getLast());
        assertEquals(List.of(), turns.getLast().words(), "whisperX has aligned none");
    }

    @Test
    void json_emptySpeaker_isNone() {
        assertEquals(
                Stream.of((String) null, null).toList(),
                turns(
                                "[{\"start\":0,\"end\":1,\"text\":\"a\",\"speaker\":\"\"},{\"start\":1,\"end\":2,\"text\":\"b\"}]")
                        .stream()
                        .map(SpokenTurn::speaker)
                        .toList());
    }

    @Test
    void ctm_pauseOfMoreThanHalfASecond_beginsATurn() {
        assertEquals(List.of("a b", "c"), texts("t 1 0.0 0.5 a\nt 1 1.0 0.5 b\nt 1 2.001 0.1 c\n"));
    }

    @Test
    void ctm_eighthField_isTheSpeaker() {
        assertEquals("Anna", turns("t 1 0.0 0.5 a 0.9 lex Anna\n").getFirst().speaker());
        assertEquals(null, turns("t 1 0.0 0.5 a\n").getFirst().speaker());
    }

    @Test
    void textGrid_shortFormOfOldPraat_isRead() {
        String old = Talks.SHORT_TEXT_GRID
                .replace("\"ooTextFile\"", "\"ooTextFile short\"")
                .replace("Object class = ", "");
        assertEquals(turns(Talks.SHORT_TEXT_GRID), turns(old));
    }

    @Test
    void textGrid_tiersOfAnAligner_becomeTurns() {
        String words =
                Talks.SHORT_TEXT_GRID.replace("\"Anna\"", "\"Anna - words\"").replace("\"Ben\"", "\"phones\"");
        Transcript transcript = Transcript.parse(words, "talk");
        assertEquals(2, transcript.turns().size());
        assertEquals("Anna", transcript.turns().getFirst().speaker());
        assertEquals(
                List.of(
                        "the words of tier \"Anna - words\" are joined to turns, up to a pause of more than 0.5 s",
                        "tier \"phones\" passed over: it is of phones"),
                transcript.notes());
        String beside = Talks.SHORT_TEXT_GRID.replace("\"Ben\"", "\"words\"");
        assertEquals(
                List.of("tier \"words\" passed over: it is of words, and others are of turns"),
                Transcript.parse(beside, "talk").notes());
    }

    @Test
    void elan_slotWithoutTime_liesBetweenItsNeighbours() {
        String text = Talks.ELAN.replace(" TIME_VALUE=\"2345\"", "");
        assertEquals(new Span(1, 3.05), span(turns(text).getFirst()));
    }

    @Test
    void elan_dependentTier_isPassedOver() {
        assertTrue(Transcript.parse(Talks.ELAN, "talk")
                .notes()
                .contains("tier \"German\" passed over: its annotations are parts of another tier's"));
    }

    @Test
    void plainText_withoutTimes_hasTurnsOfSpeakers() {
        List<SpokenTurn> turns = turns("Dr. Anna Maria Berg: so glad\n\nsee http://a.b: it is there\nBen:no\n");
        assertEquals("Dr. Anna Maria Berg", turns.getFirst().speaker());
        assertEquals(
                List.of("so glad", "see http://a.b: it is there", "Ben:no"),
                turns.stream().map(SpokenTurn::text).toList());
        assertEquals(null, turns.getFirst().span());
    }

    @Test
    void plainText_withTimesInPart_keepsItsOrder() {
        Transcript transcript = Transcript.parse("[0:05 --> 0:06] b\nno times\n[0:01 --> 0:02] a\n", "talk");
        assertEquals(
                List.of("b", "no times", "a"),
                transcript.turns().stream().map(SpokenTurn::text).toList());
        assertEquals(List.of("1 of 3 lines have no times; all stay in their order"), transcript.notes());
    }

    private static final String HIGHLIGHTED = """
            1
            00:00:01,000 --> 00:00:01,500
            [Anna]: <u>so</u> glad

            2
            00:00:01,500 --> 00:00:01,600
            [Anna]: so glad

            3
            00:00:01,601 --> 00:00:02,500
            [Anna]: so <u>glad</u>

            4
            00:00:02,500 --> 00:00:03,000
            [Anna]: <u>no</u>

            5
            00:00:03,000 --> 00:00:04,000
            [Anna]: <u>no</u>

            6
            00:00:05,000 --> 00:00:06,000
            [Anna]: no
            """;

    /// Whisper with `--highlight_words` writes a sentence once for each of its words. "No" is said three times.
    @Test
    void cues_thatUnderlineWordAfterWord_areOneTurn() {
        String webVtt = "WEBVTT\n\n" + HIGHLIGHTED.replace(',', '.');
        for (String text : List.of(HIGHLIGHTED, webVtt)) {
            Transcript transcript = Transcript.parse(text, "talk");
            assertEquals(
                    List.of("so glad", "no", "no", "no"),
                    transcript.turns().stream().map(SpokenTurn::text).toList());
            assertEquals(new Span(1, 2.5), span(transcript.turns().getFirst()));
            assertEquals("Anna", transcript.turns().getFirst().speaker());
            assertEquals(
                    List.of("2 cues underline another word of the sentence above; such cues are one turn"),
                    transcript.notes());
        }
    }

    @Test
    void whisperTable_hasMillisecondsAndSpeakersInBrackets() {
        List<SpokenTurn> turns = turns("start\tend\ttext\r\n0\t1898\t[Anna]: so  glad\r\n\r\n1898\t2500\t\ta 5\n");
        assertEquals(
                List.of("so glad", "a 5"), turns.stream().map(SpokenTurn::text).toList());
        assertEquals("Anna", turns.getFirst().speaker());
        assertEquals(new Span(0, 1.898), span(turns.getFirst()));
        assertEquals(
                "talk line 2: \"1.5 2 no\" is no row of Whisper's TSV; write start, end and text between tabs,"
                        + " times in milliseconds",
                Refusal.of(() -> turns("start\tend\ttext\n1.5 2 no\n")));
    }

    @Test
    void whisperJson_ofWhisperCpp_hasMilliseconds() {
        List<SpokenTurn> turns =
                turns("{\"transcription\": [{\"timestamps\": {\"from\": \"00:00:00,000\", \"to\": \"00:00:01,898\"},"
                        + " \"offsets\": {\"from\": 0, \"to\": 1898}, \"text\": \" so glad\"}]}");
        assertEquals(List.of("so glad"), turns.stream().map(SpokenTurn::text).toList());
        assertEquals(new Span(0, 1.898), span(turns.getFirst()));
        assertTrue(Refusal.of(() -> turns("{\"transcription\": [{\"text\": \"no\"}]}"))
                .contains("offsets"));
    }

    @Test
    void whisperJson_chunksWithoutTheLastEnd_areHeardToTheEndOfTheWindow() {
        Transcript transcript = Transcript.parse(
                "{\"text\": \" so glad you came\", \"chunks\": [{\"timestamp\": [1, 2.5], \"text\": \" so glad\"},"
                        + " {\"timestamp\": [2.5, null], \"text\": \" you came\"}]}",
                "talk");
        assertEquals(new Span(1, 2.5), span(transcript.turns().getFirst()));
        assertEquals(new Span(2.5, 32.5), span(transcript.turns().getLast()));
        assertEquals(
                List.of("1 chunk has no end; such a chunk is heard up to the next one, at most for the 30 s of"
                        + " Whisper's window"),
                transcript.notes());
        assertEquals(
                "talk: a chunk has no \"timestamp\" of two seconds, such as [1.0, 4.0]; ask the pipeline for them with"
                        + " return_timestamps",
                Refusal.of(() -> turns("{\"chunks\": [{\"timestamp\": [1.0], \"text\": \"so glad\"}]}")));
    }

    @Test
    void whisperJson_chunkWithoutEndInTheMiddle_endsWhereTheNextBegins() {
        Transcript transcript = Transcript.parse(
                "{\"chunks\": [{\"timestamp\": [0, null], \"text\": \"so glad\"}, {\"timestamp\": [0, 3], \"text\": \"a b\"},"
                        + " {\"timestamp\": [4, null], \"text\": \"c d\"}, {\"timestamp\": [60, 61], \"text\": \"e f\"}]}",
                "talk");
        assertEquals(
                List.of(new Span(0, 4), new Span(0, 3), new Span(4, 34), new Span(60, 61)),
                transcript.turns().stream().map(TranscriptFormatsTest::span).toList());
        assertTrue(transcript
                .notes()
                .contains("2 chunks have no end; such a chunk is heard up to the next one, at most for the 30 s of"
                        + " Whisper's window"));
    }

    /// What begins as JSON is JSON, or is refused as such; a description of a sound begins as plain text.
    @Test
    void json_thatIsBroken_isRefused_andBracketsBeforeWordsArePlainText() {
        String refusal = Refusal.of(() -> turns("[".repeat(1 << 17)));
        assertTrue(refusal.startsWith("talk") && refusal.contains("JSON"), refusal);
        for (String broken :
                List.of("[[[[1]]]]", "[ [\n", "[\"so glad\", \"not again\"]", "[[0.0, 1.0]]", "{so glad", "[")) {
            assertTrue(Refusal.of(() -> turns(broken)).startsWith("talk"), broken);
        }
        for (String plain : List.of("[laughs] yes", "[[inaudible]] yes", "[1] yes")) {
            assertEquals(List.of(plain), texts(plain + "\n"));
        }
    }

    @Test
    void stm_labelsAndIgnoredSegments_areNoWords() {
        Transcript transcript = Transcript.parse(
                ";; by hand\nt A gap 0 1 <o,,> IGNORE_TIME_SEGMENT_IN_SCORING\nt A 7 1 2 <o> { so / oh so } { uh / @ } glad @\n",
                "talk");
        assertEquals("STM", transcript.format());
        assertEquals(List.of(new SpokenTurn(new Span(1, 2), "7", List.of(), "so uh glad")), transcript.turns());
        assertEquals(
                List.of("of alternatives in braces the first is read", "1 turn without text passed over"),
                transcript.notes());
    }

    @Test
    void stm_alternativesWithinAlternatives_theFirstOfEachIsRead() {
        for (String text : List.of("{a {b / c} / d} e", "{ a { b / { c / x } } / d { f / g } } e", "{a b} {e}")) {
            assertEquals(List.of("a b e"), texts("t A Anna 1.0 2.5 " + text + "\n"));
        }
        assertEquals(List.of("a/b"), texts("t A Anna 1.0 2.5 a/b\n"), "a slash outside of braces");
        String deep = "{ a ".repeat(100_000) + "/ b }".repeat(100_000);
        assertEquals(List.of("a a"), texts("t A Anna 1.0 2.5 { a { a / b } / b }\n"));
        assertEquals(
                100_000, texts("t A Anna 1.0 2.5 " + deep + "\n").getFirst().split(" ").length);
    }

    /// A file of a format of NIST whose first line is damaged is refused, and is not taken for words.
    @Test
    void nist_damagedFirstLine_isRefused() {
        String turn = " is no turn of an STM file; write RECORDING CHANNEL SPEAKER START END TEXT, times in seconds";
        for (String text : List.of(
                "t A Anna 1.x 2.5 <o,f0,female> so glad", // labels
                "t A Anna 1,x 2.5 so glad", // a point or a comma in both times
                "t A Anna soon 2.5 so glad\nt A Ben 2.5 4.0 not again", // a turn below
                "t A Anna\nt A Ben 2.5 4.0 not again")) {
            String first = text.lines().findFirst().orElseThrow();
            assertEquals("talk line 1: \"" + first + '"' + turn, Refusal.of(() -> Transcript.parse(text, "talk")));
        }
        String word = " is no word of a CTM file; write RECORDING CHANNEL START DURATION WORD, times in seconds";
        for (String text : List.of("t 1 0.x 0.5 a", "t 1 soon 0.5 a\nt 1 1.0 0.5 b", ";; by hand\nt 1 0.x 0.5 a")) {
            assertTrue(Refusal.of(() -> Transcript.parse(text, "talk")).endsWith(word), text);
        }
        assertTrue(Refusal.of(() -> Transcript.parse("t 1 * * <ALT_BEGIN>\nt 1 0.0 0.5 a\n", "talk"))
                .startsWith("talk line 1: begins or ends alternatives"));
    }

    @Test
    void nist_onlyComments_holdNoTurn() {
        assertEquals(
                "talk: holds no turn; is it the whole transcript?",
                Refusal.of(() -> Transcript.parse(";; by hand\n\n  ;; CATEGORY \"0\" \"\" \"\"\n", "talk")));
        assertTrue(Refusal.of(() -> Transcript.parse(";; by hand\nso glad\n", "talk"))
                .startsWith("talk line 2: \"so glad\" is no turn of an STM file"));
        assertEquals(List.of("a"), texts(";; by hand\nt 1 0.0 0.5 a\n"), "CTM");
    }

    @Test
    void whisperJson_chunksThatAreWords_becomeTurns() {
        List<SpokenTurn> turns = turns("{\"chunks\": [{\"timestamp\": [0, 0.4], \"text\": \" so\"},"
                + " {\"timestamp\": [0.5, 1], \"text\": \" glad\"}, {\"timestamp\": [2, 3], \"text\": \" no\"}]}");
        assertEquals(
                List.of("so glad", "no"), turns.stream().map(SpokenTurn::text).toList());
        assertEquals(new Span(0, 1), span(turns.getFirst()));
        assertEquals(2, turns.getFirst().words().size());
    }

    static Stream<Damaged> otherFormats() {
        return Stream.of(
                new Damaged(
                        "talk: is a table of labels, as Audacity writes it, which is not read;"
                                + " export the labels as SubRip",
                        "0.000000\t1.898000\tso glad\n\\\t100.0\t2000.0\n2.5\t4.0\t\n"),
                new Damaged(
                        "talk: is RTTM, which says who speaks when and has no words; give a transcript that names"
                                + " the speakers, such as STM: RECORDING CHANNEL SPEAKER START END TEXT",
                        "SPEAKER talk 1 0.000 1.898 <NA> <NA> Anna <NA> <NA>\n"),
                new Damaged(
                        "talk: is a table with the columns \"start,end,text\", which is not read; give SubRip, JSON, or"
                                + " the columns start, end and text between tabs",
                        "start,end,text\n0,1898,\"so glad\"\n"),
                new Damaged(
                        "talk: is LRC, which has no ends of turns and is not read; give SubRip or JSON",
                        "[by:whisper.cpp]\n[00:00.00] so glad\n[00:02.50] not again\n"));
    }

    @Test
    void parse_diarizationOfWhisperCpp_isTheSpeaker() {
        List<SpokenTurn> turns = turns("""
                [00:00:00.000 --> 00:00:01.000]  (speaker 0) so glad
                [00:00:01.000 --> 00:00:02.000]  (speaker ?) not again
                """);
        assertEquals("speaker 0", turns.getFirst().speaker());
        assertEquals("so glad", turns.getFirst().text());
        assertEquals(null, turns.getLast().speaker());
        assertEquals("not again", turns.getLast().text());
    }

    @Test
    void parse_listOfOneDocumentWithChunks_isThatDocument() {
        assertEquals(
                "so glad",
                turns("[{\"text\":\"so glad\",\"chunks\":[{\"timestamp\":[0,1],\"text\":\" so glad\"}]}]")
                        .getFirst()
                        .text());
    }

    @ParameterizedTest
    @MethodSource("otherFormats")
    void parse_formatThatIsNotRead_isRefusedByItsName(Damaged file) {
        assertEquals(file.message, Refusal.of(() -> Transcript.parse(file.text, "talk")));
    }

    @Test
    void parse_linesThatOnlyResembleAnotherFormat_arePlainText() {
        assertEquals(List.of("we had rain 3 5 days"), texts("we had rain 3 5 days\n"));
        assertEquals(List.of("we had rain 3.5 5 days"), texts("we had rain 3.5 5 days\n"));
        assertEquals(List.of("0 1 a", "so glad"), texts("0\t1\ta\nso glad\n"));
        for (String said : List.of(
                "I paid him 3.50 for each",
                "we lived there 1990, 2.5 years long",
                "well I do not know <laughs>",
                "so it was 3.5 3 days")) {
            assertEquals(List.of(said), texts(said + "\n"));
        }
    }

    record Damaged(String message, String text) {}

    static Stream<Damaged> damaged() {
        return Stream.of(
                new Damaged(
                        "talk line 6: \"00:00:0x,000 --> 00:00:05,000\" is no pair of times;"
                                + " write 00:00:01,000 --> 00:00:04,000",
                        "1\n0:01,0 --> 0:02,0\na\n\n2\n00:00:0x,000 --> 00:00:05,000\nb\n"),
                new Damaged(
                        "talk line 5: the cue 2 has no times in the line below; is the file whole?",
                        "1\n0:01,0 --> 0:02,0\na\n\n2\n"),
                new Damaged(
                        "talk line 3: \"00:01.000 -> 00:02.000\" is no pair of times;"
                                + " write 00:01.000 --> 00:04.000, or NOTE above what is no cue",
                        "WEBVTT\n\n00:01.000 -> 00:02.000\n"),
                new Damaged(
                        "talk: this JSON has no array \"segments\", as that of Whisper and whisperX has;"
                                + " each of them has \"start\", \"end\" and \"text\"",
                        "{\"text\": \"so glad\"}"),
                new Damaged(
                        "talk: segments[1].start: expected a number, found \"1,5\"",
                        "{\"segments\": [{\"start\":0,\"end\":1,\"text\":\"a\"},"
                                + "{\"start\":\"1,5\",\"end\":2,\"text\":\"b\"}]}"),
                new Damaged(
                        "talk line 2: begins or ends alternatives, which are not read; keep the words of one,"
                                + " without the lines <ALT_BEGIN>, <ALT> and <ALT_END>",
                        "t 1 0.0 0.5 a\nt 1 * * <ALT_BEGIN>\n"),
                new Damaged(
                        "talk line 2: its braces do not pair; write alternatives as { so / oh so }, or leave braces"
                                + " out",
                        "t 1 Anna 0.0 0.5 a\nt 1 Ben 1.0 1.5 { b / c\n"),
                new Damaged(
                        "talk line 1: its braces do not pair; write alternatives as { so / oh so }, or leave braces"
                                + " out",
                        "t 1 Anna 0.0 0.5 a } b { c\n"),
                new Damaged(
                        "talk line 2: is of the recording u, those above are of t; keep the lines of one",
                        "t 1 0.0 0.5 a\nu 1 1.0 0.5 b\n"),
                new Damaged(
                        "talk line 2: is of the recording u, those above are of t; keep the lines of one",
                        "t 1 Anna 0.0 0.5 a\nu 1 Anna 1.0 1.5 b\n"),
                new Damaged(
                        "talk line 2: \"t 1 Ben 1,x 2 b\" is no turn of an STM file;"
                                + " write RECORDING CHANNEL SPEAKER START END TEXT, times in seconds",
                        "t 1 Anna 0.0 0.5 a\nt 1 Ben 1,x 2 b\n"),
                new Damaged(
                        "talk line 7: the file ends where a number should stand; is it whole?",
                        Talks.SHORT_TEXT_GRID.substring(0, Talks.SHORT_TEXT_GRID.indexOf("2\n\"Int"))),
                new Damaged(
                        "talk line 8: expected a tier, found \"PointTier\"; export the file again",
                        Talks.SHORT_TEXT_GRID.replaceFirst("IntervalTier", "PointTier")),
                new Damaged(
                        "talk line 9: expected a text in quotes, found \"7\"; export the file again",
                        Talks.SHORT_TEXT_GRID.replaceFirst("\"Anna\"", "7")),
                new Damaged(
                        "talk line 15: a quote is opened and never closed; is the file whole?",
                        Talks.SHORT_TEXT_GRID.substring(0, Talks.SHORT_TEXT_GRID.indexOf("glad"))),
                new Damaged(
                        "talk line 13: there is no time slot \"ts9\" in the file; export it again",
                        Talks.ELAN.replace("REF1=\"ts1\"", "REF1=\"ts9\"")),
                new Damaged(
                        "talk line 5: TIME_VALUE \"1,5\" is no whole number of milliseconds; mend it",
                        Talks.ELAN.replace("\"1000\"", "\"1,5\"")),
                new Damaged(
                        "talk line 1: is XML of another kind: its root is \"html\", that of ELAN is ANNOTATION_DOCUMENT",
                        "<?xml version=\"1.0\"?><html></html>"),
                new Damaged(
                        "talk line 2: has a document type, which a file of ELAN has not; remove it",
                        Talks.ELAN.replace(
                                "<ANNOTATION_DOCUMENT",
                                "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><ANNOTATION_DOCUMENT")),
                new Damaged(
                        "talk line 14: is not whole XML; export the file again",
                        Talks.ELAN.replace("so glad", "so &e; glad")),
                new Damaged(
                        "talk line 2: \"[0:0x --> 0:03] b\" begins with no pair of times;"
                                + " write [00:01.000 --> 00:04.000] before the words",
                        "[0:01 --> 0:02] a\n[0:0x --> 0:03] b\n"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void parse_damagedFile_isRefusedWithItsLine(Damaged file) {
        assertEquals(file.message, Refusal.of(() -> Transcript.parse(file.text, "talk")));
    }

    /// A count of a file is a promise that nothing is made room for.
    @Test
    void textGrid_hugeCounts_endWithTheFile() {
        String huge = Talks.SHORT_TEXT_GRID.replace("<exists>\n2\n", "<exists>\n999999999\n");
        assertTrue(Refusal.of(() -> Transcript.parse(huge, "talk")).endsWith("; is it whole?"));
    }
}
