package dev.parallax.spark;

import java.util.function.ToIntFunction;
import org.apache.spark.sql.SparkSession;

/// The session of a job: where its master is and what it may use, `spark-submit` or `spark/run` says.
final class Sessions {

    private Sessions() {}

    /// Runs a job in a session, and ends the session.
    ///
    /// @param name that Spark's pages show
    /// @return what the job returns
    static int run(String name, ToIntFunction<SparkSession> job) {
        boolean isOurs = SparkSession.getDefaultSession().isEmpty();
        SparkSession spark = SparkSession.builder().appName(name).getOrCreate();
        try {
            return job.applyAsInt(spark);
        } finally {
            if (isOurs) {
                spark.stop();
            }
        }
    }
}
