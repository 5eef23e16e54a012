package dev.parallax.pretrained.encoder;

/// What a checkpoint calls the linear layers of an attention, behind the name of the attention. They are one layer
/// `inWeight` and one `out` in [dev.parallax.nn.MultiHeadAttention].
///
/// @param query     the first of three, or all in one
/// @param key       empty where all are in one
/// @param value     empty where all are in one
/// @param keyHasBias whether the keys have a bias; it would change no weight of attention anyway
record AttentionTensors(String query, String key, String value, String out, boolean keyHasBias) {

    /// Query, key and value in one tensor, in this order.
    static AttentionTensors fused(String all, String out) {
        return new AttentionTensors(all, "", "", out, true);
    }

    boolean isFused() {
        return key.isEmpty();
    }
}
