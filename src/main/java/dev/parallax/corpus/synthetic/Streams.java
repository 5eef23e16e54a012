package dev.parallax.corpus.synthetic;

/// What each sequence of random numbers is for: the `stream` of [dev.parallax.random.RandomStream].
final class Streams {

    static final int PLAN = 0x53590001;
    static final int VOICE = 0x53590002;
    static final int SOUND = 0x53590003;
    static final int WORDS = 0x53590004;
    static final int NOISE = 0x53590005;

    private Streams() {}
}
