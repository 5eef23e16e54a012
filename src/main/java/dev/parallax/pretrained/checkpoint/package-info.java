/// Reading the weights of pretrained encoders from the files that their users have: safetensors,
/// PyTorch's own files (which are programs, of which only the harmless part is understood), and one ONNX
/// file. Files are mapped into memory, so a tensor is copied when it is asked for and not before. A file
/// that lies about itself is refused with one line; nothing in a file is ever executed, and no length in
/// it is believed.
///
/// May import `io`.
///
/// Start at [Checkpoint]; [EncoderWeights] gives the tensors the same names whatever the file calls them.
/// The reader of untrusted programs is `Unpickler`.
@NullMarked
package dev.parallax.pretrained.checkpoint;

import org.jspecify.annotations.NullMarked;
