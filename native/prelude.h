/* Words that are the same in all three languages; a prelude-*.h comes before it. README.md says what each means. */

/* Parameters: a buffer is an address and the offset of its first element. */
#define IN(name) GLOBAL const float *RESTRICT name##_base, Index name##_at
#define OUT(name) GLOBAL float *RESTRICT name##_base, Index name##_at
#define SAME(name) GLOBAL float *name##_base, Index name##_at
#define INTS(name) GLOBAL const int *RESTRICT name##_base, Index name##_at
#define DOUBLES(name) GLOBAL double *RESTRICT name##_base, Index name##_at

/* The pointers to their first elements, at the beginning of a kernel. */
#define FROM(name) GLOBAL const float *RESTRICT name = name##_base + name##_at
#define TO(name) GLOBAL float *RESTRICT name = name##_base + name##_at
#define AT(name) GLOBAL float *name = name##_base + name##_at
#define INTS_FROM(name) GLOBAL const int *RESTRICT name = name##_base + name##_at
#define DOUBLES_TO(name) GLOBAL double *RESTRICT name = name##_base + name##_at

/* Items of a group where each element is computed on its own. */
#define ELEMENT_ITEMS 256

/* Each item takes the elements i, i + items of all groups, ...: right for any number of groups. A buffer has fewer
 * than 2^31 elements, as in Java, and fewer than 2^31 items are launched, so the sum does not wrap. */
#define FOR_EACH(i, count) \
    for (uint i = (uint) GROUP(0) * (uint) ITEMS() + (uint) ITEM(); i < (uint) (count); \
            i += (uint) GROUPS(0) * (uint) ITEMS())

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define INFINITE FLOAT_OF(0x7F800000u)
