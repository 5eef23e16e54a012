package dev.parallax.pretrained.encoder;

/// What a checkpoint calls the linear layers of an attention, behind the name of the attention. They are one layer
/// `inWeight` and one `out` in [dev.parallax.nn.MultiHeadAttention].
///
/// @param keyHasBias whether the keys have a bias; it would change no weight of attention anyway
record AttentionTensors(String query, String key, String value, String out, boolean keyHasBias) {}
