/* Rows by index. */

/* out[i] = table[ids[i]]; table [entries, features], out [count, features].
 * launch: any number of groups, best one item an element of out. */
KERNEL(gatherRows, ELEMENT_ITEMS)(int count, int features, INTS(ids), IN(table), OUT(out)) {
    INTS_FROM(ids);
    FROM(table);
    TO(out);
    FOR_EACH(e, (uint) count * (uint) features) {
        out[e] = table[(Index) ids[e / (uint) features] * features + e % (uint) features];
    }
}

/* dTable[ids[i]] += dy[i], in the order of i, without atomics: one group adds all that one row of the table receives.
 *
 * The host prepares three lists of ints, once a batch. With the numbers i of the ids sorted by ids[i], those of equal
 * ids in their own order (a stable sort):
 *   order [count]          the sorted numbers i
 *   rows [distinct]        the distinct ids, ascending
 *   starts [distinct + 1]  where in `order` each distinct id begins; the last one is count
 * launch: one group a distinct id. */
#define SCATTER_ITEMS 64
KERNEL(scatterRowsAdd, SCATTER_ITEMS)(int features, INTS(order), INTS(rows), INTS(starts), IN(dy), OUT(dTable)) {
    INTS_FROM(order);
    INTS_FROM(rows);
    INTS_FROM(starts);
    FROM(dy);
    TO(dTable);
    int entry = GROUP(0);
    dTable += (Index) rows[entry] * features;
    for (int f = ITEM(); f < features; f += SCATTER_ITEMS) {
        float sum = dTable[f];
        for (int e = starts[entry]; e < starts[entry + 1]; e++) {
            sum += dy[(Index) order[e] * features + f];
        }
        dTable[f] = sum;
    }
}
