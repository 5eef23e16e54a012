package dev.parallax.corpus.split;

/// What a corpus says of its speakers' voices, so that a validation part can hear both.
public enum Sex {
    FEMALE,
    MALE
}
