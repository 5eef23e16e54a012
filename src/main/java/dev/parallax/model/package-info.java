/// The emotion model: two encoders, a fusion, three answers; its configuration, its one-file form, its predictions.
/// May import `data`, `fusion`, `nn`, `autograd`, `tensor`, `backend`, `audio`, `text`, `io`. Start at [EmotionModel].
@NullMarked
package dev.parallax.model;

import org.jspecify.annotations.NullMarked;
