/* The kernels of kernels/reductions.c against plain loops in double. */
#include "harness.h"

static void sum_of_squares(int count, double magnitude, double maxNorm) {
    Floats x = randoms(count, -magnitude, magnitude), clip = floats(2), scaled = copy_of(x);
    int blocks = (count + SUM_BLOCK - 1) / SUM_BLOCK;
    double *sums = malloc(sizeof(double) * (size_t) (blocks + 1)), total = 0, result;
    for (int i = 0; i < count; i++) {
        total += (double) data(x)[i] * data(x)[i];
    }
    if (blocks > 0) {
        LAUNCH(sumOfSquaresBlocks, blocks, 1, 1, count, PASS(x), sums, 0);
    }
    LAUNCH(sumOfBlocks, 1, 1, 1, blocks, sums, 0, &result, 0);
    if (fabs(result - total) > 1e-13 * total) {
        failures++;
        fprintf(stderr, "sum of %d squares is %.17g, expected %.17g\n", count, result, total);
    }
    LAUNCH(clipFactor, 1, 1, 1, maxNorm, &result, 0, PASS(clip));
    double norm = sqrt(total), factor = maxNorm > 0 && norm > maxNorm ? maxNorm / norm : 1;
    LAUNCH_ELEMENTS(scaleInPlaceBy, count, clip.base, clip.at + 1, PASS(scaled));
    double expected[count + 1];
    for (int i = 0; i < count; i++) {
        expected[i] = data(x)[i] * (float) factor;
    }
    check("clipped", scaled, expected, 0);
    check("norm and factor", clip, (double[]) {norm, factor}, 0);
    free(x.base);
    free(sums);
}

static void sums(void) {
    sum_of_squares(77, 1, 100);
    if (host_quick) {
        return;
    }
    sum_of_squares(0, 1, 1);
    sum_of_squares(1, 1, 0);
    sum_of_squares(4096 + 5, 1, 2);
    sum_of_squares(300, 1e25, 5); /* the squares are beyond float */
}

/* More blocks than items. */
static void many_blocks(void) {
    double blocks[700], total = 0, result;
    for (int b = 0; b < 700; b++) {
        blocks[b] = uniform(0, 1);
        total += blocks[b];
    }
    LAUNCH(sumOfBlocks, 1, 1, 1, 700, blocks, 0, &result, 0);
    if (fabs(result - total) > 1e-13 * total) {
        failures++;
        fprintf(stderr, "sum of 700 blocks is %.17g, expected %.17g\n", result, total);
    }
}

static const Test tests[] = {{"sum of squares", sums}, {"many blocks", many_blocks}, {0}};

int main(int count, char **values) {
    return run_all(count, values, tests);
}
