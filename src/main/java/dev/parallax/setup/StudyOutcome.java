package dev.parallax.setup;

import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.io.JsonObject;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.study.StudyResults;
import org.jspecify.annotations.Nullable;

/// The outcome of a study.
///
/// @param study    what was trained on what
/// @param results  of all cells, with the tables
/// @param ceilings what can be reached, null where it is not known
/// @param backend  that computed it, in words
public record StudyOutcome(
        PreparedStudy study, StudyResults results, @Nullable StudyCeilings ceilings, String backend) {

    static StudyOutcome of(PreparedStudy study, StudyResults results, String backend) {
        CorpusRequest corpus = study.request().corpus();
        boolean made = study.base().corpora().embedded();
        StudyCeilings ceilings = made
                        && CorpusSet.resized(Corpora.open(corpus.places().getLast()), corpus)
                                instanceof EmbeddedCorpus known
                ? StudyCeilings.of(known.ceilings(), results.findings().rows())
                : null;
        return new StudyOutcome(study, results, ceilings, backend);
    }

    /// All tables, and the ceilings where they are known.
    public JsonObject toJson() {
        JsonObject tables = results.toJson();
        return ceilings == null ? tables : tables.with("ceilings", ceilings.toJson());
    }
}
