/* Sums over a whole buffer, in double: the device must have fp64 (OpenCL: CL_DEVICE_DOUBLE_FP_CONFIG is not 0). */
#define SUM_ITEMS 256
#define SUM_BLOCK 4096

/* The sum of one value an item, by halves: item i receives that of i + 128, then i + 64, ...; item 0 has it all. */
DEVICE double groupSumOfDoubles(double x, LOCAL double *parts) {
    parts[ITEM()] = x;
    for (int reach = SUM_ITEMS / 2; reach > 0; reach /= 2) {
        BARRIER();
        if (ITEM() < reach) {
            parts[ITEM()] += parts[ITEM() + reach];
        }
    }
    return parts[ITEM()];
}

/* sums[b] = sum of the squares of elements 4096 b .. 4096 b + 4095, as ScalarElementwise.SUM_BLOCK cuts them;
 * within a block item i has the elements i, i + 256, ....
 * launch: one group a block. */
KERNEL(sumOfSquaresBlocks, SUM_ITEMS)(int count, IN(x), DOUBLES(sums)) {
    FROM(x);
    DOUBLES_TO(sums);
    SHARED(double, parts, SUM_ITEMS);
    Index first = (Index) GROUP(0) * SUM_BLOCK;
    double sum = 0.0;
    for (Index i = first + ITEM(); i < MIN(first + SUM_BLOCK, (Index) count); i += SUM_ITEMS) {
        sum += (double) x[i] * (double) x[i];
    }
    sum = groupSumOfDoubles(sum, parts);
    if (ITEM() == 0) {
        sums[GROUP(0)] = sum;
    }
}

/* out[0] = the sum of sums[0 .. blocks-1]; item i has the blocks i, i + 256, ...; 0 where there are none.
 * launch: one group. */
KERNEL(sumOfBlocks, SUM_ITEMS)(int blocks, DOUBLES(sums), DOUBLES(out)) {
    DOUBLES_TO(sums);
    DOUBLES_TO(out);
    SHARED(double, parts, SUM_ITEMS);
    double sum = 0.0;
    for (int b = ITEM(); b < blocks; b += SUM_ITEMS) {
        sum += sums[b];
    }
    sum = groupSumOfDoubles(sum, parts);
    if (ITEM() == 0) {
        out[0] = sum;
    }
}

/* What clipping needs, from the sum of squares of a gradient: out[0] = norm = sqrt(squares[0]) and out[1] = the
 * factor for `scaleInPlaceBy`: maxNorm / norm where the norm is larger, else 1 (also for maxNorm = 0, no clipping,
 * and NaN).
 * launch: one group of one item. */
KERNEL(clipFactor, 1)(double maxNorm, DOUBLES(squares), OUT(out)) {
    DOUBLES_TO(squares);
    TO(out);
    double norm = SQRT_DOUBLE(squares[0]);
    out[0] = (float) norm;
    out[1] = maxNorm > 0.0 && norm > maxNorm ? (float) (maxNorm / norm) : 1.0f;
}
