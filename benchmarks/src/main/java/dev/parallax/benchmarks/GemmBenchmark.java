package dev.parallax.benchmarks;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.select.Backends;
import dev.parallax.random.RandomStream;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Single-precision matrix products, out = op(a) · op(b), on one thread: both backends, EJML and OpenBLAS. All are
/// compared with the scalar backend before they are timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class GemmBenchmark {

    private static final int STREAM = 0x67656D6D; // what the random numbers are for

    /// Which library multiplies.
    public enum Library {
        SCALAR,
        VECTOR,
        EJML,
        OPENBLAS,
        OPENBLAS_ON_TWO_THREADS
    }

    /// Which operands are stored transposed.
    public enum Transposes {
        NN(false, false),
        NT(false, true),
        TN(true, false),
        TT(true, true);

        final boolean a;
        final boolean b;

        Transposes(boolean a, boolean b) {
            this.a = a;
            this.b = b;
        }
    }

    @Param
    private GemmShape shape = GemmShape.SQUARE_480;

    @Param
    private Transposes transposes = Transposes.NN;

    /// JMH changes the last parameter by name fastest, so the compared libraries are timed one after the other.
    @Param
    private Library using = Library.VECTOR;

    private Product product = Product.NOTHING;

    /// A product with all its matrices in place.
    private interface Product {
        Product NOTHING = new Product() {
            @Override
            public void run() {}

            @Override
            public float[] result() {
                return new float[0];
            }
        };

        void run();

        float[] result();
    }

    @Setup
    public void prepare() {
        float[] a = Workload.normal(new RandomStream(1, 0, STREAM, 0), shape.m * shape.k);
        float[] b = Workload.normal(new RandomStream(1, 0, STREAM, 1), shape.k * shape.n);
        product = product(using, a, b);
        if (using != Library.SCALAR) {
            Product scalar = product(Library.SCALAR, a, b);
            scalar.run();
            product.run();
            Equality.require(shape + " " + transposes + " " + using, scalar.result(), product.result(), shape.k);
        }
    }

    private Product product(Library which, float[] a, float[] b) {
        return switch (which) {
            case SCALAR -> new OnBackend(Backends.choose("scalar", line -> {}), shape, transposes, a, b);
            case VECTOR -> new OnBackend(Backends.choose("vector", line -> {}), shape, transposes, a, b);
            case EJML -> new OnEjml(shape, transposes, a, b);
            case OPENBLAS -> new OnOpenBlas(1, shape, transposes, a, b);
            case OPENBLAS_ON_TWO_THREADS -> new OnOpenBlas(2, shape, transposes, a, b);
        };
    }

    @Benchmark
    public void multiply() {
        product.run();
    }

    private static final class OnBackend implements Product {
        private final Backend backend;
        private final GemmShape shape;
        private final Transposes transposes;
        private final Buffer a;
        private final Buffer b;
        private final Buffer out;

        OnBackend(Backend backend, GemmShape shape, Transposes transposes, float[] a, float[] b) {
            this.backend = backend;
            this.shape = shape;
            this.transposes = transposes;
            this.a = backend.allocate(a.length);
            this.b = backend.allocate(b.length);
            this.out = backend.allocate(shape.m * shape.n);
            backend.upload(a, this.a);
            backend.upload(b, this.b);
        }

        @Override
        public void run() {
            backend.gemm(shape.m, shape.n, shape.k, a, transposes.a, b, transposes.b, false, out);
        }

        @Override
        public float[] result() {
            float[] values = new float[out.length()];
            backend.download(out, values);
            return values;
        }
    }

    private static final class OnEjml implements Product {
        private final Transposes transposes;
        private final FMatrixRMaj a;
        private final FMatrixRMaj b;
        private final FMatrixRMaj out;

        OnEjml(GemmShape shape, Transposes transposes, float[] a, float[] b) {
            this.transposes = transposes;
            this.a = transposes.a ? matrix(shape.k, shape.m, a) : matrix(shape.m, shape.k, a);
            this.b = transposes.b ? matrix(shape.n, shape.k, b) : matrix(shape.k, shape.n, b);
            this.out = new FMatrixRMaj(shape.m, shape.n);
        }

        private static FMatrixRMaj matrix(int rows, int columns, float[] values) {
            FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
            System.arraycopy(values, 0, matrix.data, 0, values.length);
            return matrix;
        }

        @Override
        public void run() {
            switch (transposes) {
                case NN -> CommonOps_FDRM.mult(a, b, out);
                case NT -> CommonOps_FDRM.multTransB(a, b, out);
                case TN -> CommonOps_FDRM.multTransA(a, b, out);
                case TT -> CommonOps_FDRM.multTransAB(a, b, out);
            }
        }

        @Override
        public float[] result() {
            return out.data.clone();
        }
    }

    /// Its matrices are outside the Java heap, so that no copy is timed.
    private static final class OnOpenBlas implements Product {
        private final GemmShape shape;
        private final Transposes transposes;
        private final FloatPointer a;
        private final FloatPointer b;
        private final FloatPointer out;

        OnOpenBlas(int threads, GemmShape shape, Transposes transposes, float[] a, float[] b) {
            openblas_nolapack.blas_set_num_threads(threads);
            this.shape = shape;
            this.transposes = transposes;
            this.a = new FloatPointer(a);
            this.b = new FloatPointer(b);
            this.out = new FloatPointer((long) shape.m * shape.n);
        }

        @Override
        public void run() {
            openblas_nolapack.cblas_sgemm(
                    openblas_nolapack.CblasRowMajor,
                    transposes.a ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                    transposes.b ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                    shape.m,
                    shape.n,
                    shape.k,
                    1,
                    a,
                    transposes.a ? shape.m : shape.k,
                    b,
                    transposes.b ? shape.k : shape.n,
                    0,
                    out,
                    shape.n);
        }

        @Override
        public float[] result() {
            float[] values = new float[shape.m * shape.n];
            out.get(values);
            return values;
        }
    }
}
