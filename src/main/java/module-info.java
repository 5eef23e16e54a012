/// Speech emotion recognition from audio and text. Start at [dev.parallax.model.EmotionModel]; `docs/library.md`
/// says what is stable among the packages that are exported.
///
/// What prediction and training need is required. The rest, each for one package that is not exported, is there for
/// the commands: `requires static` here, optional in the POM.
///
/// JTransforms, JLargeArrays and EJML name no module in their jars, so the names below come from the names of their
/// files, which Maven keeps. Nothing else can be required until these libraries name one: hence the
/// warning that is suppressed.
@SuppressWarnings("requires-automatic")
module dev.parallax {
    requires static transitive org.jspecify; // annotations alone
    requires com.fasterxml.jackson.core;
    requires JTransforms;
    requires JLargeArrays;
    requires ejml.core;
    requires ejml.ddense;
    requires java.management; // which with jdk.management tells whether this processor multiplies and adds at once
    requires jdk.management;
    requires java.xml; // transcripts of ELAN
    requires static jdk.incubator.vector; // without it, the scalar backend serves, and says so
    requires static java.desktop; // figures, and dev.parallax.audio.file.JavaSound
    requires static org.knowm.xchart; // figures
    requires static org.apache.commons.cli; // the commands
    requires static me.tongfei.progressbar;
    requires static io.helidon.http; // the service
    requires static io.helidon.webserver;
    requires static java.logging;

    exports dev.parallax;
    exports dev.parallax.audio;
    exports dev.parallax.audio.file;
    exports dev.parallax.backend;
    exports dev.parallax.backend.select;
    exports dev.parallax.eval;
    exports dev.parallax.fusion;
    exports dev.parallax.io;
    exports dev.parallax.model;
    exports dev.parallax.model.answer;
    exports dev.parallax.model.live;
    exports dev.parallax.model.turns;
    exports dev.parallax.setup;
    exports dev.parallax.setup.request;
    exports dev.parallax.train;
    exports dev.parallax.transcript;
}
