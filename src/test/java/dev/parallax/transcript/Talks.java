package dev.parallax.transcript;

import java.util.stream.Stream;

/// One talk of three turns by two speakers, as each format writes it.
public final class Talks {

    private Talks() {}

    /// The talk in a format.
    ///
    /// @param format its name
    /// @param form   which of its forms
    public record Written(String format, String form, String text) {
        @Override
        public String toString() {
            return format + ", " + form;
        }
    }

    /// The talk in all formats, and in all forms of each.
    public static Stream<Written> written() {
        return Stream.of(
                new Written("ELAN", "participants", ELAN),
                new Written("TextGrid", "long", TEXT_GRID),
                new Written("TextGrid", "short", SHORT_TEXT_GRID),
                new Written("WebVTT", "voices", WEB_VTT),
                new Written("JSON of Whisper", "whisperX", "{\"segments\": " + SEGMENTS + ", \"language\": \"en\"}"),
                new Written("JSON of Whisper", "segments alone", SEGMENTS),
                new Written("TSV of Whisper", "speakers in brackets", TABLE),
                new Written("SubRip", "speakers in brackets", SUB_RIP),
                new Written("STM", "labels", STM),
                new Written("CTM", "channels", CTM),
                new Written("plain text", "times in brackets", PLAIN));
    }

    static final String SUB_RIP = """
            1
            00:00:01,000 --> 00:00:02,345
            [Anna]: so <i>glad</i>
            you came

            2
            00:00:02,100 --> 00:00:04,000
            [Ben]: {\\an8}oh, not "again" & <font color="#fff">again</font>

            3
            00:01:02,345 --> 00:01:05,200
            [Anna]: why?
            """;

    static final String WEB_VTT = """
            WEBVTT - a talk

            NOTE
            two people

            STYLE
            ::cue { color: white }

            first
            00:01.000 --> 00:02.345 align:start position:0%
            <v Anna>so <00:01.500><c>glad </c><00:01.750>you came</v>

            00:02.100 --> 00:04.000
            <v.loud Ben>oh, not "again" &amp;
            <b>again</b>

            00:01:02.345 --> 00:01:05.200
            <v Anna>why?
            """;

    static final String SEGMENTS = """
            [{"id": 0, "start": 1, "end": 2.345, "text": " so glad you came", "speaker": "Anna", "words": [
              {"word": " so", "start": 1, "end": 1.5, "probability": 0.9}, {"word": " glad", "start": 1.5, "end": 1.75},
              {"word": " you", "start": 1.75, "end": 2}, {"word": " came", "start": 2, "end": 2.345}]},
             {"start": 2.1, "end": 4.0, "text": " oh, not \\"again\\" & again", "speaker": "Ben", "words": null},
             {"start": 62.345, "end": 65.2, "text": "why?", "speaker": "Anna", "words": [{"word": "why?"}]}]
            """;

    static final String TABLE = """
            start\tend\ttext
            1000\t2345\t[Anna]: so glad you came
            2100\t4000\t[Ben]: oh, not "again" & again
            62345\t65200\t[Anna]: why?
            """;

    static final String CTM = """
            ;; a talk
            talk Anna 1.00 0.50 so 0.99
            talk Anna 1.50 0.25 glad
            talk Anna 1.75 0.25 you
            talk Ben 2.100 0.400 oh,
            talk Ben 2.500 0.500 not
            talk Ben 3.000 0.250 "again"
            talk Ben 3.250 0.250 &
            talk Ben 3.500 0.500 again
            talk Anna 2.00 0.345 came
            talk Anna 62,345 2,855 why?
            """;

    static final String STM = """
            ;; a talk
            talk 1 inter_segment_gap 0 1.00 <o,,> ignore_time_segment_in_scoring
            talk 1 Anna 1.00 2.345 <o,f0,female> so glad you came
            talk 1 Ben 2.100 4.000 <o,f0,male> oh, not "again" & again
            talk 1 Anna 62,345 65.2 why?
            """;

    static final String PLAIN = """
            [00:01.000 --> 00:02.345]  Anna: so glad you came
            [00:02.100 --> 00:04.000]  [Ben]: oh, not "again" & again

            [01:02.345 --> 01:05.200]  Anna: why?
            """;

    static final String TEXT_GRID = """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = 70
            tiers? <exists>
            size = 3
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "Anna"
                    xmin = 0
                    xmax = 70
                    intervals: size = 4
                    intervals [1]:
                        xmin = 0
                        xmax = 1
                        text = ""
                    intervals [2]:
                        xmin = 1
                        xmax = 2.345
                        text = "so glad
            you came"
                    intervals [3]:
                        xmin = 2.345
                        xmax = 62.345
                        text = ""
                    intervals [4]:
                        xmin = 62.345
                        xmax = 65.2
                        text = "why?"
                item [2]:
                    class = "TextTier"
                    name = "clicks"
                    xmin = 0
                    xmax = 70
                    points: size = 1
                    points [1]:
                        number = 3.5
                        mark = "!"
                item [3]:
                    class = "IntervalTier"
                    name = "Ben"
                    xmin = 0
                    xmax = 70
                    intervals: size = 1
                    intervals [1]:
                        xmin = 2.1
                        xmax = 4
                        text = "oh, not ""again"" & again"
            """;

    static final String SHORT_TEXT_GRID = """
            File type = "ooTextFile"
            Object class = "TextGrid"

            0
            70
            <exists>
            2
            "IntervalTier"
            "Anna"
            0
            70
            2
            1
            2,345
            "so glad you came"
            62.345
            65.2
            "why?"
            "IntervalTier"
            "Ben"
            0
            70
            1
            2.1
            4
            "oh, not ""again"" & again"
            """;

    static final String ELAN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ANNOTATION_DOCUMENT AUTHOR="" FORMAT="3.0" VERSION="3.0">
                <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
                <TIME_ORDER>
                    <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/>
                    <TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2100"/>
                    <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="2345"/>
                    <TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="4000"/>
                    <TIME_SLOT TIME_SLOT_ID="ts5" TIME_VALUE="62345"/>
                    <TIME_SLOT TIME_SLOT_ID="ts6" TIME_VALUE="65200"/>
                </TIME_ORDER>
                <TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="Anna">
                    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts3">
                        <ANNOTATION_VALUE>so glad you came</ANNOTATION_VALUE>
                    </ALIGNABLE_ANNOTATION></ANNOTATION>
                    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts5" TIME_SLOT_REF2="ts6">
                        <ANNOTATION_VALUE>why?</ANNOTATION_VALUE>
                    </ALIGNABLE_ANNOTATION></ANNOTATION>
                </TIER>
                <TIER LINGUISTIC_TYPE_REF="default-lt" PARTICIPANT="Ben" TIER_ID="second">
                    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts4">
                        <ANNOTATION_VALUE>oh, not "again" &amp; again</ANNOTATION_VALUE>
                    </ALIGNABLE_ANNOTATION></ANNOTATION>
                </TIER>
                <TIER LINGUISTIC_TYPE_REF="translation" PARENT_REF="second" TIER_ID="German">
                    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a2">
                        <ANNOTATION_VALUE>nicht schon wieder</ANNOTATION_VALUE>
                    </REF_ANNOTATION></ANNOTATION>
                </TIER>
            </ANNOTATION_DOCUMENT>
            """;
}
