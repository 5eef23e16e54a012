package dev.parallax.corpus;

import java.nio.file.Path;
import java.util.List;

/// Miniatures of the corpora that come with tables and transcripts, in their formats.
final class MiniatureTables {

    static final List<String> IEMOCAP = List.of(
            "Ses01F_impro01_F000",
            "Ses01F_impro01_M000",
            "Ses01F_impro01_F001",
            "Ses01M_script01_1a_M000",
            "Ses05F_script01_1_F000");

    static final List<String> MELD =
            List.of("train/dia0_utt0", "train/dia0_utt1", "train/dia125_utt3", "dev/dia0_utt0", "test/dia0_utt1");

    private MiniatureTables() {}

    static void iemocap(Path root) {
        iemocap(root.resolve("Session1"), "Ses01F_impro01", """
                % [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]

                [6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]
                C-E2:\tNeutral;\t()
                C-F1:\tNeutral;\t()
                A-E3:\tval 3; act 2; dom  2;\t()
                A-F1:\tval 3; act 2; dom  1;\t()

                [12.0100 - 14.8872]\tSes01F_impro01_F001\txxx\t[2.5000, 3.0000, 2.0000]
                C-E2:\tNeutral; Other;\t(wondering)
                [10.0100 - 11.3925]\tSes01F_impro01_M000\texc\t[2.5000, 2.5000, 2.5000]
                [12.0100 - 11.3925]\tSes01F_impro01_M001\tneu\t[2.5000, 2.5000, 2.5000]
                [15.0100 - 16.3925]\tSes01F_impro02_M000\tneu\t[2.5000, 2.5000, 2.5000]
                cut here
                """, """
                Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.
                Ses01F_impro01_M000 [010.0100-011.3925]: Do you have your forms?
                M: [LAUGHTER]
                Ses01F_impro01_F001 [012.0100-014.8872]: Yeah.
                Ses01F_impro01_MXX0 [014.0100-014.8872]: Yes.
                """, "F000", "M000", "F001");
        iemocap(
                root.resolve("Session1"),
                "Ses01M_script01_1a",
                "[0.5000 - 2.0000]\tSes01M_script01_1a_M000\tfru\t[2.0000, 3.0000, 3.0000]\r\n",
                "Ses01M_script01_1a_M000 [000.5000-002.0000]: I don't understand.\r\n",
                "M000",
                "M009");
        iemocap(
                root.resolve("Session5"),
                "Ses05F_script01_1",
                "[0.5000 - 2.0000]\tSes05F_script01_1_F000\tang\t[2.0000, 3.0000, 3.0000]\n",
                "Ses05F_script01_1_F000 [000.5000-002.0000]: I don't understand.\n");
        Path evaluation = root.resolve("Session1/dialog/EmoEvaluation");
        Miniature.text(evaluation.resolve("._Ses01F_impro01.txt"), "Mac OS X");
        for (String inside : List.of("Categorical", "Attribute", "Self-evaluation")) {
            String line = "[6.2901 - 8.2357]\tSes01F_impro01_F000\tang\t[1.0000, 1.0000, 1.0000]\n";
            Miniature.text(evaluation.resolve(inside + "/Ses01F_impro01_e2.txt"), line);
        }
    }

    private static void iemocap(Path session, String dialogue, String turns, String said, String... recorded) {
        Miniature.text(session.resolve("dialog/EmoEvaluation/" + dialogue + ".txt"), turns);
        Miniature.text(session.resolve("dialog/transcriptions/" + dialogue + ".txt"), said);
        for (String turn : recorded) {
            Miniature.clip(session.resolve("sentences/wav/" + dialogue + "/" + dialogue + "_" + turn + ".wav"), 16000);
        }
    }

    static void meld(Path root) {
        String header = "Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode,StartTime,"
                + "EndTime\r\n";
        String when = ",8,21,\"00:16:16,059\",\"00:16:21,731\"\r\n";
        Miniature.text(
                root.resolve("train_sent_emo.csv"),
                header + "1,\"also I was the point person, that\u0092s all\",Chandler,neutral,neutral,0,0" + when
                        + "2,“You must’ve had your hands full.”,The Interviewer,surprise,positive,0,1" + when
                        + "3,Oh!,Joey,neutral,neutral,125,3" + when);
        Miniature.text(root.resolve("dev_sent_emo.csv"), header + "1,Hey!,Phoebe,joy,positive,0,0" + when);
        Miniature.text(root.resolve("test_sent_emo.csv"), header + "1,No!,Ross,anger,negative,0,1" + when);
        Miniature.clip(root.resolve("train_splits/dia0_utt0.wav"), 16000);
        Miniature.text(root.resolve("train_splits/dia0_utt1.mp4"), "ftyp");
        Miniature.clip(root.resolve("train_splits/dia125_utt3.wav"), 16000);
        Miniature.clip(root.resolve("dev_splits_complete/dia0_utt0.wav"), 16000);
        Path test = root.resolve("output_repeated_splits_test");
        Miniature.clip(test.resolve("dia0_utt1.wav"), 16000);
        Miniature.clip(test.resolve("final_videos_testdia0_utt1.wav"), 16000);
    }

    static void goEmotions(Path root) {
        Miniature.text(root.resolve("labels.txt"), "anger\ndisgust\nfear\njoy\nneutral\nsadness\nsurprise");
        Miniature.text(root.resolve("train.tsv"), """
                My favourite food is anything I didn’t have to cook.\t4\teebbqej
                You know the answer man\t3,4\tee84bjg
                Thank you!\t3\ted00q6i
                no tabs here
                """);
        Miniature.text(root.resolve("dev.tsv"), "Is this in New Orleans??\t4\tedgurhb\r\n");
        Miniature.text(root.resolve("test.tsv"), "Thank you!\t3\teecwqtt\n");
    }
}
