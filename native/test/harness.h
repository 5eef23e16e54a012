/* Runs kernels on the host, an item a thread, and compares what they wrote with plain loops. A test program
 * includes this file and ends with `int main(int count, char **values) { return run_all(count, values, tests); }`,
 * tests being a list of { name, function } that ends with { 0 }. Arguments: the name of a test runs that one alone;
 * `quick` runs the smallest cases in which every barrier is needed; `reverse` runs the groups from the last to the
 * first: no result may change, so the last line, a hash of all results, must be the same. */
#define _GNU_SOURCE
#include "../prelude-host.h"

#include <float.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#include "../kernels.c"

/* ---- launching ---- */

extern char __start_group_memory[] __attribute__((weak));
extern char __stop_group_memory[] __attribute__((weak));

static int host_reverse, host_quick;
static void (*host_body)(void);
static pthread_barrier_t host_group_end;

/* Local memory begins as NaN in every group, so that what nobody wrote shows. */
static void poison(void) {
    if (__start_group_memory) {
        memset(__start_group_memory, 0xFF, (size_t) (__stop_group_memory - __start_group_memory));
    }
}

/* The threads are started once and kept: under a sanitizer a start costs more than a launch. */
#define ITEMS_MOST 512
static sem_t host_go[ITEMS_MOST], host_done;
static int host_threads;

static void *host_item_main(void *item) {
    host_item = (int) (intptr_t) item;
    for (;;) {
        sem_wait(&host_go[host_item]);
        int count = host_groups[0] * host_groups[1] * host_groups[2];
        for (int g = 0; g < count; g++) {
            int group = host_reverse ? count - 1 - g : g;
            host_group[0] = group % host_groups[0];
            host_group[1] = group / host_groups[0] % host_groups[1];
            host_group[2] = group / host_groups[0] / host_groups[1];
            if (host_item == 0) {
                poison();
            }
            pthread_barrier_wait(&host_group_end);
            host_body();
            pthread_barrier_wait(&host_group_end);
        }
        sem_post(&host_done);
    }
    return 0;
}

static void host_launch(int items, int x, int y, int z, void (*body)(void)) {
    host_items = items;
    host_groups[0] = x;
    host_groups[1] = y;
    host_groups[2] = z;
    host_body = body;
    pthread_barrier_init(&host_barrier, 0, (unsigned) items);
    pthread_barrier_init(&host_group_end, 0, (unsigned) items);
    if (host_threads == 0) {
        sem_init(&host_done, 0, 0);
    }
    while (host_threads < items) {
        pthread_t thread;
        sem_init(&host_go[host_threads], 0, 0);
        if (pthread_create(&thread, 0, host_item_main, (void *) (intptr_t) host_threads)) {
            fputs("cannot start a thread for each item\n", stderr);
            exit(3);
        }
        host_threads++;
    }
    for (int item = 0; item < items; item++) {
        sem_post(&host_go[item]);
    }
    for (int item = 0; item < items; item++) {
        sem_wait(&host_done);
    }
    pthread_barrier_destroy(&host_barrier);
    pthread_barrier_destroy(&host_group_end);
}

/* LAUNCH(kernel, groups x, y, z, arguments...): the body is a nested function of gcc, which sees the test's
 * variables. */
#define LAUNCH(name, x, y, z, ...) \
    do { \
        void body(void) { parallax_##name(__VA_ARGS__); } \
        host_launch(items_of_##name, x, y, z, body); \
    } while (0)

/* A kernel that works element by element is right for any number of groups and items: a few of both are faster. */
#define LAUNCH_ELEMENTS(name, ...) \
    do { \
        void body(void) { parallax_##name(__VA_ARGS__); } \
        host_launch(5, 3, 1, 1, body); \
    } while (0)

/* ---- buffers: slices at an odd offset; the address sanitizer sees the end, a canary the beginning ---- */

#define OFFSET 3
#define CANARY 12345.0f

typedef struct {
    float *base;
    Index at;
    int count;
} Floats;

#define PASS(buffer) (buffer).base, (buffer).at

static Floats floats(int count) {
    Floats x = {malloc(sizeof(float) * (size_t) (OFFSET + count)), OFFSET, count};
    for (int i = 0; i < OFFSET + count; i++) {
        x.base[i] = CANARY;
    }
    return x;
}

static float *data(Floats x) {
    return x.base + x.at;
}

static uint64_t random_state;

static double uniform(double low, double high) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double) (random_state >> 11) / 9007199254740992.0;
}

static Floats randoms(int count, double low, double high) {
    Floats x = floats(count);
    for (int i = 0; i < count; i++) {
        data(x)[i] = (float) uniform(low, high);
    }
    return x;
}

static __attribute__((unused)) Floats copy_of(Floats x) {
    Floats y = floats(x.count);
    memcpy(data(y), data(x), sizeof(float) * (size_t) x.count);
    return y;
}

/* Ints behind an offset too; the caller lists them: INTS_OF(starts, 0, 3, 4); passed as PASS(starts). */
typedef struct {
    int *base;
    Index at;
} Ints;

static __attribute__((unused)) Ints ints(int count, const int *values) {
    Ints x = {malloc(sizeof(int) * (size_t) (OFFSET + count)), OFFSET};
    memset(x.base, 0x7F, sizeof(int) * OFFSET);
    memcpy(x.base + OFFSET, values, sizeof(int) * (size_t) count);
    return x;
}

#define INTS_OF(name, ...) \
    const int name##_list[] = {__VA_ARGS__}; \
    Ints name = ints((int) (sizeof name##_list / sizeof *name##_list), name##_list); \
    const int *name##_of = name.base + OFFSET

/* ---- checks ---- */

static int failures;
static const char *test_name;
static uint64_t hash = 14695981039346656037u;

/* |actual - expected| within 8 + terms / 4 units in the last place of the largest value or of 1 (KernelResult), or
 * the same bits with terms = EXACT. NaN equals NaN. Frees actual. */
#define EXACT (-1)
static void check(const char *what, Floats actual, const double *expected, int terms) {
    double largest = 1;
    double worst = 0;
    int at = 0;
    for (int i = 0; i < actual.count; i++) {
        largest = fmax(largest, fabs(expected[i]));
        float value = data(actual)[i];
        uint bits = value == value ? host_bits(value) : 0x7FC00000u;
        hash = (hash ^ bits) * 1099511628211u;
        double difference = fabs(value - expected[i]);
        if (value != value || expected[i] != expected[i]) {
            difference = value != value && expected[i] != expected[i] ? 0 : INFINITY;
        } else if (value == expected[i]) {
            difference = terms == EXACT && !signbit(value) != !signbit(expected[i]) ? INFINITY : 0;
        }
        if (difference > worst) {
            worst = difference;
            at = i;
        }
    }
    double allowed = terms == EXACT ? 0 : largest * FLT_EPSILON * (8 + 0.25 * terms);
    if (worst > allowed) {
        failures++;
        fprintf(
                stderr, "%s: %s[%d] is %.9g, expected %.9g (allowed %.3g)\n", test_name, what, at, data(actual)[at],
                expected[at], allowed);
    }
    for (int i = 0; i < OFFSET; i++) {
        if (actual.base[i] != CANARY) {
            failures++;
            fprintf(stderr, "%s: %s is written before its beginning\n", test_name, what);
        }
    }
    free(actual.base);
}

/* Two kernels that must agree to the last bit. Frees b. */
static __attribute__((unused)) void same(const char *what, Floats a, Floats b) {
    double expected[a.count + 1];
    for (int i = 0; i < a.count; i++) {
        expected[i] = data(a)[i];
    }
    check(what, b, expected, EXACT);
}

typedef struct {
    const char *name;
    void (*run)(void);
} Test;

static int run_all(int count, char **values, const Test *tests) {
    const char *only = 0;
    for (int i = 1; i < count; i++) {
        if (!strcmp(values[i], "reverse")) {
            host_reverse = 1;
        } else if (!strcmp(values[i], "quick")) {
            host_quick = 1;
        } else {
            only = values[i];
        }
    }
    for (const Test *test = tests; test->name; test++) {
        if (only && strcmp(only, test->name)) {
            continue;
        }
        test_name = test->name;
        random_state = 42;
        test->run();
    }
    printf("%s %016llx\n", failures ? "failed" : "passed", (unsigned long long) hash);
    return failures ? 1 : 0;
}
