/* Sequence by sequence over a ragged batch: sequence i owns the rows starts[i] .. starts[i+1] - 1 (at least one), and
 * starts[sequences] is the total. The sums are those of VectorSequences.
 * launch of all: any number of groups, best one item an element of the destination. */

/* out[i, f] = mean over the rows t of sequence i of x[t, f], in their order. */
KERNEL(sequenceMean, ELEMENT_ITEMS)(int sequences, int features, INTS(starts), IN(x), OUT(out)) {
    INTS_FROM(starts);
    FROM(x);
    TO(out);
    FOR_EACH(e, (uint) sequences * (uint) features) {
        uint i = e / (uint) features;
        uint f = e % (uint) features;
        float sum = x[(Index) starts[i] * features + f];
        for (int t = starts[i] + 1; t < starts[i + 1]; t++) {
            sum += x[(Index) t * features + f];
        }
        out[e] = sum * (1.0f / (float) (starts[i + 1] - starts[i]));
    }
}

/* dx[t, f] += dy[i, f] / length(i) for every row t of sequence i. */
KERNEL(sequenceMeanGradAdd, ELEMENT_ITEMS)(int sequences, int total, int features, INTS(starts), IN(dy), OUT(dx)) {
    INTS_FROM(starts);
    FROM(dy);
    TO(dx);
    FOR_EACH(e, (uint) total * (uint) features) {
        int i = sequenceOf((int) (e / (uint) features), starts, sequences);
        float share = 1.0f / (float) (starts[i + 1] - starts[i]);
        dx[e] += dy[(Index) i * features + e % (uint) features] * share;
    }
}

/* The first row of the sequence with the largest x[t, f]; a NaN in its first row stays, a later one is ignored. */
DEVICE int rowOfMax(GLOBAL const float *x, int features, int start, int end, uint f) {
    int best = start;
    for (int t = start + 1; t < end; t++) {
        if (x[(Index) t * features + f] > x[(Index) best * features + f]) {
            best = t;
        }
    }
    return best;
}

/* out[i, f] = the largest x[t, f] over the rows t of sequence i. */
KERNEL(sequenceMax, ELEMENT_ITEMS)(int sequences, int features, INTS(starts), IN(x), OUT(out)) {
    INTS_FROM(starts);
    FROM(x);
    TO(out);
    FOR_EACH(e, (uint) sequences * (uint) features) {
        uint i = e / (uint) features;
        uint f = e % (uint) features;
        out[e] = x[(Index) rowOfMax(x, features, starts[i], starts[i + 1], f) * features + f];
    }
}

/* dx[t, f] += dy[i, f] at that row. Best one item an element of dy. */
KERNEL(sequenceMaxGradAdd, ELEMENT_ITEMS)(int sequences, int features, INTS(starts), IN(x), IN(dy), OUT(dx)) {
    INTS_FROM(starts);
    FROM(x);
    FROM(dy);
    TO(dx);
    FOR_EACH(e, (uint) sequences * (uint) features) {
        uint i = e / (uint) features;
        uint f = e % (uint) features;
        dx[(Index) rowOfMax(x, features, starts[i], starts[i + 1], f) * features + f] += dy[e];
    }
}

/* out[t, f · kernelSize + j] = x[t · stride + j - padding, from + f] within the sequence, 0 outside; t counts the
 * windows of a sequence, which are the rows outStarts[i] .. outStarts[i+1] - 1 of out [outTotal, features ·
 * kernelSize]; x [total, columns]. */
KERNEL(unfold, ELEMENT_ITEMS)
(int sequences, int outTotal, int columns, int from, int features, int kernelSize, int stride, int padding,
        INTS(starts), INTS(outStarts), IN(x), OUT(out)) {
    INTS_FROM(starts);
    INTS_FROM(outStarts);
    FROM(x);
    TO(out);
    uint width = (uint) features * (uint) kernelSize;
    FOR_EACH(e, (uint) outTotal * width) {
        int window = (int) (e / width);
        uint f = e % width / (uint) kernelSize;
        int j = (int) (e % (uint) kernelSize);
        int i = sequenceOf(window, outStarts, sequences);
        int source = (window - outStarts[i]) * stride + j - padding;
        int inside = source >= 0 && source < starts[i + 1] - starts[i];
        out[e] = inside ? x[(Index) (starts[i] + source) * columns + from + f] : 0.0f;
    }
}

/* Its gradient: dx[s, from + f] += dy[t, f · kernelSize + j] for all windows t with t · stride + j - padding = s, in
 * the order of t. Best one item an element of those columns of dx [total, columns]. */
KERNEL(unfoldGradAdd, ELEMENT_ITEMS)
(int sequences, int total, int columns, int from, int features, int kernelSize, int stride, int padding,
        INTS(starts), INTS(outStarts), IN(dy), OUT(dx)) {
    INTS_FROM(starts);
    INTS_FROM(outStarts);
    FROM(dy);
    TO(dx);
    FOR_EACH(e, (uint) total * (uint) features) {
        int row = (int) (e / (uint) features);
        uint f = e % (uint) features;
        int i = sequenceOf(row, starts, sequences);
        int at = row - starts[i] + padding; /* = t · stride + j */
        int first = at < kernelSize ? 0 : (at - kernelSize) / stride + 1;
        int end = MIN(at / stride + 1, outStarts[i + 1] - outStarts[i]);
        Index to = (Index) row * columns + from + f;
        float sum = dx[to];
        for (int t = first; t < end; t++) {
            sum += dy[((Index) (outStarts[i] + t) * features + f) * kernelSize + (at - t * stride)];
        }
        dx[to] = sum;
    }
}

/* out = gamma (x - mean) / sqrt(variance + epsilon) + beta, each column over the rows of its sequence; stats
 * [sequences, 2, columns] receives mean and 1 / sqrt(variance + epsilon). Best one item a sequence and column. */
KERNEL(instanceNorm, ELEMENT_ITEMS)
(int sequences, int columns, float epsilon, INTS(starts), IN(x), IN(gamma), IN(beta), OUT(stats), OUT(out)) {
    INTS_FROM(starts);
    FROM(x);
    FROM(gamma);
    FROM(beta);
    TO(stats);
    TO(out);
    FOR_EACH(e, (uint) sequences * (uint) columns) {
        int i = (int) (e / (uint) columns);
        int c = (int) (e % (uint) columns);
        int rows = starts[i + 1] - starts[i];
        Index first = (Index) starts[i] * columns + c;
        double mean = 0, squares = 0;
        for (int r = 0; r < rows; r++) {
            mean += x[first + (Index) r * columns];
        }
        mean /= rows;
        for (int r = 0; r < rows; r++) {
            double difference = x[first + (Index) r * columns] - mean;
            squares += difference * difference;
        }
        double rstd = 1 / sqrt(squares / rows + epsilon);
        stats[(Index) 2 * i * columns + c] = (float) mean;
        stats[(Index) (2 * i + 1) * columns + c] = (float) rstd;
        for (int r = 0; r < rows; r++) {
            Index at = first + (Index) r * columns;
            out[at] = (float) ((x[at] - mean) * rstd) * gamma[c] + beta[c];
        }
    }
}

/* Its gradient: dx += rstd (g - mean(g) - xhat mean(g xhat)), g = dy gamma; dGamma += sum dy xhat, dBeta += sum dy,
 * sequence after sequence. Best one item a column. */
KERNEL(instanceNormGradAdd, ELEMENT_ITEMS)
(int sequences, int columns, INTS(starts), IN(x), IN(gamma), IN(stats), IN(dy), OUT(dx), OUT(dGamma), OUT(dBeta)) {
    INTS_FROM(starts);
    FROM(x);
    FROM(gamma);
    FROM(stats);
    FROM(dy);
    TO(dx);
    TO(dGamma);
    TO(dBeta);
    FOR_EACH(c, columns) {
        for (int i = 0; i < sequences; i++) {
            int rows = starts[i + 1] - starts[i];
            Index first = (Index) starts[i] * columns + c;
            float mean = stats[(Index) 2 * i * columns + c];
            float rstd = stats[(Index) (2 * i + 1) * columns + c];
            double sum = 0, sumX = 0;
            for (int r = 0; r < rows; r++) {
                Index at = first + (Index) r * columns;
                sum += dy[at];
                sumX += (double) dy[at] * ((x[at] - mean) * rstd);
            }
            dBeta[c] += (float) sum;
            dGamma[c] += (float) sumX;
            for (int r = 0; r < rows; r++) {
                Index at = first + (Index) r * columns;
                float xhat = (x[at] - mean) * rstd;
                dx[at] += (float) (rstd * gamma[c] * (dy[at] - sum / rows - xhat * sumX / rows));
            }
        }
    }
}
