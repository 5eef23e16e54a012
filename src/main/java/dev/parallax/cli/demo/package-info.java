/// The command `demo`.
///
/// May import `io`, `backend`, `fusion`, `audio`, `audio.file`, `audio.source`, `audio.features`, `data`,
/// `corpus.split`, `corpus.synthetic`, `corpus`, `model`, `eval`, `train`, `report.page`, `report.plot`, `report`,
/// `setup.request`, `setup`, `cli.command`, `cli.predict`, `cli.train`.
///
/// Start at [DemoCommand].
@NullMarked
package dev.parallax.cli.demo;

import org.jspecify.annotations.NullMarked;
