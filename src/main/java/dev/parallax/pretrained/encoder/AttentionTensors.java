package dev.parallax.pretrained.encoder;

/// What a checkpoint calls the linear layers of an attention, behind the name of the attention. They are one layer
/// `inWeight` and one `out` in [dev.parallax.nn.MultiHeadAttention].
record AttentionTensors(String query, String key, String value, String out) {}
