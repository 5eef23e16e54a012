/// Models as a service over HTTP, on Helidon's web server, which no other package knows.
///
/// A request takes this way: [EmotionService] gets it from Helidon, over one of the [Connections], [Dispatcher] finds
/// its [Route] and writes what
/// comes out as a [Reply], [InputReader] makes its body an [Input], [WorkQueue] lends it a thread, and [Predictor]
/// answers. A stream takes another: [StreamUpgrade] admits it, [StreamConnection] reads its messages, and
/// [StreamSession] answers them.
///
/// May import `io`, `audio`, `audio.file`, `audio.source`, `transcript`, `data`, `model`, `model.turns`, `model.live`,
/// `model.attention`, `model.document`, `report.card`, `serve.websocket`.
///
/// Start at [EmotionService].
@NullMarked
package dev.parallax.serve;

import org.jspecify.annotations.NullMarked;
