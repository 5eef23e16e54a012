package dev.parallax.spark;

import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.setup.Remarks;
import dev.parallax.setup.Study;
import dev.parallax.study.FinishedCell;
import dev.parallax.study.StudyRun;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/// `study`: that of one machine, each cell a task of Spark. The driver keeps the folder of the study and
/// computes the tables; an executor prepares the study once and computes cells. Corpora, tables and
/// encoders lie at the same paths on every machine.
final class StudyCommand implements Command {

    @Override
    public Syntax syntax() {
        return new dev.parallax.cli.study.StudyCommand().syntax();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        List<String> words = arguments.given();
        return Sessions.run(
                "parallax study",
                spark -> new dev.parallax.cli.study.StudyCommand(new OnSpark(spark, words)).run(arguments, console));
    }

    /// The executors of a session.
    private record OnSpark(SparkSession spark, List<String> words) implements StudyRun.Cluster {

        @Override
        public void compute(List<String> cells, Consumer<FinishedCell> finished) {
            SparkContext context = spark.sparkContext();
            ClassTag<Sent> tag = ClassTag$.MODULE$.apply(Sent.class);
            RDD<String> tasks = JavaSparkContext.fromSparkContext(context)
                    .parallelize(cells, cells.size())
                    .rdd();
            List<Object> all =
                    IntStream.range(0, cells.size()).<Object>mapToObj(i -> i).toList();
            // Spark gives each result to the driver when its task ends, so a stopped study keeps what was finished
            context.runJob(
                    tasks,
                    new Task(List.copyOf(words)),
                    CollectionConverters.asScala(all).toSeq(),
                    (_, cell) -> {
                        finished.accept(cell.cell());
                        return BoxedUnit.UNIT;
                    },
                    tag);
        }
    }

    /// A finished cell on its way to the driver.
    private record Sent(String id, double seconds, HashMap<String, byte[]> files) implements Serializable {

        static Sent of(FinishedCell cell) {
            return new Sent(cell.id(), cell.seconds(), new HashMap<>(cell.files()));
        }

        FinishedCell cell() {
            return new FinishedCell(id, seconds, files);
        }
    }

    /// Computes a cell on an executor.
    private record Task(List<String> words)
            implements Function2<TaskContext, scala.collection.Iterator<String>, Sent>, Serializable {

        private static final String FOLDER = "parallax-study";
        private static final Map<List<String>, Study> PREPARED = new ConcurrentHashMap<>();

        @Override
        public Sent apply(TaskContext task, scala.collection.Iterator<String> cells) {
            Iterator<String> each = CollectionConverters.asJava(cells);
            return Sent.of(PREPARED.computeIfAbsent(words, Task::prepared).compute(each.next()));
        }

        /// The study of the same words in a folder of this executor.
        private static Study prepared(List<String> words) {
            Arguments arguments =
                    new dev.parallax.cli.study.StudyCommand().syntax().parse(words);
            String executor = "executor " + SparkEnv.get().executorId() + ": ";
            Consumer<String> say = line -> System.err.println("parallax: " + executor + line);
            Backend backend = Backends.choose(arguments.text("backend", "auto"), say);
            return Study.onWorker(
                    dev.parallax.cli.study.StudyCommand.request(folder(), arguments), backend, new Remarks() {
                        @Override
                        public void warn(String line) {
                            say.accept(line);
                        }
                    });
        }

        /// A folder for what cells have in common, among those that Spark deletes when the executor ends.
        private static Path folder() {
            String among = Utils.getLocalDir(SparkEnv.get().conf());
            return Utils.createTempDir(among, FOLDER).toPath();
        }
    }
}
