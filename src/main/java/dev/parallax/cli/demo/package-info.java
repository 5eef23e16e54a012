/// The command `demo`.
///
/// May import `io`, `backend`, `nn`, `fusion`, `audio`, `audio.file`, `audio.source`, `audio.features`, `data`,
/// `corpus.split`, `corpus.synthetic`, `corpus`, `model`, `eval`, `train`, `report.page`, `report.plot`, `report`,
/// `cli.command`, `cli.setup`, `cli.predict`, `cli.train`.
///
/// Start at [DemoCommand].
@NullMarked
package dev.parallax.cli.demo;

import org.jspecify.annotations.NullMarked;
