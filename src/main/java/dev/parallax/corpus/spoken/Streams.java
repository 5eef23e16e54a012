package dev.parallax.corpus.spoken;

/// What each sequence of random numbers is for: the `stream` of [dev.parallax.random.RandomStream].
final class Streams {

    static final int DESIGN = 0x53500001;
    static final int SPEAKER = 0x53500002;
    static final int PROSODY = 0x53500003;
    static final int SENTENCES = 0x53500004;
    static final int NOISE = 0x53500005;
    static final int WORD_ERRORS = 0x53500006;
    static final int CEILINGS = 0x53500007;

    private Streams() {}
}
