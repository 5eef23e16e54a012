/// Files in and out: safetensors, npy, CSV, JSON, and writing that never leaves half a file behind. Readers check
/// everything that a file states about itself. The only package that imports jackson-core.
///
/// Imports no other package.
///
/// Start at [SafeTensors] for how a reader checks, at [SafeFiles] for how all write, at [RecordJson] for settings.
@NullMarked
package dev.parallax.io;

import org.jspecify.annotations.NullMarked;
