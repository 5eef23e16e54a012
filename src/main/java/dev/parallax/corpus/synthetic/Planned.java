package dev.parallax.corpus.synthetic;

/// One utterance as it was planned: the truth that no model may see.
///
/// @param number  its place in the corpus, from 0; says nothing about the rest
/// @param speaker the speaker's number
/// @param emotion the true class, 0..K-1
/// @param audio   what the audio shows
/// @param text    what the text shows
record Planned(int number, Split split, int speaker, Type type, int emotion, Symbol audio, Symbol text) {}
