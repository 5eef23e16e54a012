/* The words of the kernels in C11 on the host, for the tests; README.md says what each means. An item is a thread,
 * and one group runs after the other. test/harness.h starts them. Compile with -ffp-contract=off. */
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

typedef int64_t Index;
typedef unsigned int Word; /* glibc has a uint, other libraries have none */
#define uint Word

static __thread int host_item, host_group[3];
static int host_items, host_groups[3];
static pthread_barrier_t host_barrier;

/* Local memory lies in a section of its own, so that the harness can fill it with NaN before each group. The address
 * sanitizer does not watch such a section: for it, the arrays are plain ones. */
#ifdef __SANITIZE_ADDRESS__
#define HOST_LOCAL static
#else
#define HOST_LOCAL static __attribute__((section("group_memory")))
#endif

#define KERNEL(name, items) enum { items_of_##name = (items) }; static __attribute__((unused)) void parallax_##name
#define DEVICE static inline __attribute__((unused))
#define GLOBAL
#define LOCAL
#define RESTRICT
#define SHARED(type, name, count) HOST_LOCAL type name[count]
#define UNROLL
#define BARRIER() pthread_barrier_wait(&host_barrier)

#define ITEM() host_item
#define ITEMS() host_items
#define GROUP(axis) host_group[axis]
#define GROUPS(axis) host_groups[axis]

static inline uint host_bits(float x) {
    uint bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float host_float(uint bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#define FMA(a, b, c) fmaf(a, b, c)
#define ABS(x) fabsf(x)
#define SQRT(x) sqrtf(x)
#define SQRT_DOUBLE(x) sqrt(x)
#define BITS_OF(x) host_bits(x)
#define FLOAT_OF(bits) host_float(bits)
#define HIGH_WORD(a, b) ((uint) ((uint64_t) (uint) (a) * (uint) (b) >> 32))
