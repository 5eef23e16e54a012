package dev.parallax.corpus.synthetic;

/// Vowels by their first three formants: averages over adult male speakers of American English (Peterson and Barney,
/// "Control methods used in a study of the vowels", J. Acoust. Soc. Am. 24, 1952), drawn towards the neutral vowel as
/// in quick unstressed speech, so that the emotion, not the vowels, moves the spectrum most.
enum Vowel {
    I('i', 270, 2290, 3010),
    E('e', 530, 1840, 2480),
    AE('a', 660, 1720, 2410),
    AH('o', 730, 1090, 2440),
    AW('c', 570, 840, 2410),
    U('u', 300, 870, 2240),
    UH('v', 640, 1190, 2390);

    /// 1 keeps the published formants, 0 makes every vowel the neutral one.
    private static final double DISTINCTNESS = 0.35;

    final char letter;
    private final double first;
    private final double second;
    private final double third;

    /// @param letter its name in a [SoundDesign]
    /// @param first  centre frequency of the first formant [Hz]; the second and third likewise
    Vowel(char letter, double first, double second, double third) {
        this.letter = letter;
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /// Centre frequency of a formant [Hz], i from 0. The neutral vowel's are those of a uniform tube of 17.5 cm,
    /// closed at one end: 500, 1500, 2500, ... Hz; from the fourth on all vowels have these.
    double formant(int i) {
        double neutral = 1000 * i + 500;
        double published = switch (i) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> neutral;
        };
        return neutral + DISTINCTNESS * (published - neutral);
    }

    static Vowel of(char letter) {
        for (Vowel vowel : values()) {
            if (vowel.letter == letter) {
                return vowel;
            }
        }
        throw new IllegalArgumentException("no vowel is written " + letter);
    }
}
