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

/* out[t, f · kernelSize + j] = x[t · stride + j - padding, f] within the sequence, 0 outside; t counts the windows
 * of a sequence, which are the rows outStarts[i] .. outStarts[i+1] - 1 of out [outTotal, features · kernelSize]. */
KERNEL(unfold, ELEMENT_ITEMS)
(int sequences, int outTotal, int features, int kernelSize, int stride, int padding, INTS(starts),
        INTS(outStarts), IN(x), OUT(out)) {
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
        out[e] = inside ? x[(Index) (starts[i] + source) * features + f] : 0.0f;
    }
}

/* Its gradient: dx[s, f] += dy[t, f · kernelSize + j] for all windows t with t · stride + j - padding = s, in the
 * order of t. Best one item an element of dx [total, features]. */
KERNEL(unfoldGradAdd, ELEMENT_ITEMS)
(int sequences, int total, int features, int kernelSize, int stride, int padding, INTS(starts),
        INTS(outStarts), IN(dy), OUT(dx)) {
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
        float sum = dx[e];
        for (int t = first; t < end; t++) {
            sum += dy[((Index) (outStarts[i] + t) * features + f) * kernelSize + (at - t * stride)];
        }
        dx[e] = sum;
    }
}
