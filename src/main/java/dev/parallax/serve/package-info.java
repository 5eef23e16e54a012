/// Models as a service over HTTP, on Helidon's web server, which no other package knows.
///
/// A request takes this way: [EmotionService] gets it from Helidon, [Dispatcher] finds its [Route] and writes what
/// comes out as a [Reply], [InputReader] makes its body an [Input], [WorkQueue] lends it a thread, and [Predictor]
/// answers.
///
/// May import `io`, `audio`, `audio.file`, `audio.source`, `transcript`, `data`, `model`, `model.turns`,
/// `model.attention`, `model.document`, `report.card`.
///
/// Start at [EmotionService].
@NullMarked
package dev.parallax.serve;

import org.jspecify.annotations.NullMarked;
