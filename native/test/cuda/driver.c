/* A CUDA driver that computes on the processor: the functions of libcuda that Parallax calls, over the kernels as
 * prelude-host.h compiles them. It tries what nothing else does without a GPU: the calls of the driver, the groups of
 * each launch, and that arguments arrive as the kernels declare them. An item is a coroutine, which runs until it
 * waits at a barrier; then the next one does. So it is right, but slow, and it sees no races: test/run does.
 *
 * `build` compiles it; calls.h, which it makes, has a function for each kernel that takes its arguments from the
 * pointers of cuLaunchKernel. */
#define _GNU_SOURCE
#define __thread /* whichever thread calls, its items are the same */
#include "../../prelude-host.h"

#include <setjmp.h>
#include <stdlib.h>
#include <ucontext.h>

static void pass_on(void);
#undef BARRIER
#define BARRIER() pass_on()

#include "../../kernels.c"

typedef struct {
    const char *name;
    int items;
    void (*call)(void **arguments);
} HostKernel;

#include "calls.h"

/* ---- a group ---- */

#define ITEMS_MOST 512
#define STACK_BYTES (64 << 10)

/* Coroutines are started once and kept: an item waits where it is by leaving its place, and goes on from there. Only
 * the start needs a context of its own; _setjmp and _longjmp ask nothing of the system. */
static jmp_buf host_caller, host_places[ITEMS_MOST];
static int host_started, host_done[ITEMS_MOST];
static char *host_stacks;
static const HostKernel *host_kernel;
static void **host_arguments;

static void pass_on(void) {
    if (!_setjmp(host_places[host_item])) {
        _longjmp(host_caller, 1);
    }
}

static void run_item(void) {
    for (;;) {
        host_kernel->call(host_arguments);
        host_done[host_item] = 1;
        pass_on();
    }
}

static void start_item(void) {
    ucontext_t context;
    getcontext(&context);
    context.uc_stack.ss_sp = host_stacks + (size_t) host_item * STACK_BYTES;
    context.uc_stack.ss_size = STACK_BYTES;
    context.uc_link = 0;
    makecontext(&context, run_item, 0);
    host_started++;
    setcontext(&context);
}

/* Runs an item until it waits or ends. */
static void go_on(void) {
    if (!_setjmp(host_caller)) {
        if (host_item == host_started) {
            start_item();
        }
        _longjmp(host_places[host_item], 1);
    }
}

static void run_group(void) {
    memset(host_done, 0, sizeof host_done);
    for (int left = host_items; left > 0;) {
        for (host_item = 0; host_item < host_items; host_item++) {
            if (!host_done[host_item]) {
                go_on();
                left -= host_done[host_item];
            }
        }
    }
}

/* ---- the driver ---- */

enum { DONE = 0, INVALID = 1, NO_MEMORY_LEFT = 2, NOT_FOUND = 500 };

typedef int Status;
typedef uint64_t Address;

Status cuInit(unsigned flags) {
    (void) flags;
    host_stacks = host_stacks ? host_stacks : malloc((size_t) ITEMS_MOST * STACK_BYTES);
    return host_stacks ? DONE : NO_MEMORY_LEFT;
}

Status cuDriverGetVersion(int *version) { return *version = 13000, DONE; }
Status cuGetErrorName(int status, const char **text) { return *text = status ? "CUDA_ERROR" : "CUDA_SUCCESS", DONE; }
Status cuGetErrorString(int status, const char **text) { return *text = status ? "an error" : "no error", DONE; }
Status cuDeviceGetCount(int *count) { return *count = 1, DONE; }
Status cuDeviceGet(int *device, int number) { return *device = number, number == 0 ? DONE : INVALID; }
Status cuDeviceTotalMem_v2(size_t *bytes, int device) { return *bytes = (size_t) 1 << 32, (void) device, DONE; }
Status cuMemGetInfo_v2(size_t *free, size_t *total) { return *free = *total = (size_t) 1 << 32, DONE; }

Status cuDeviceGetName(char *name, int size, int device) {
    (void) device;
    strncpy(name, "no GPU: kernels on the processor", (size_t) size);
    return DONE;
}

/* Compute capability 7.5, two units. */
Status cuDeviceGetAttribute(int *value, int attribute, int device) {
    (void) device;
    *value = attribute == 75 ? 7 : attribute == 76 ? 5 : 2;
    return DONE;
}

Status cuDevicePrimaryCtxRetain(void **context, int device) { return *context = &host_caller, (void) device, DONE; }
Status cuDevicePrimaryCtxRelease_v2(int device) { return (void) device, DONE; }
Status cuCtxSetCurrent(void *context) { return context == &host_caller ? DONE : INVALID; }
Status cuStreamCreate(void **stream, unsigned flags) { return *stream = &host_done, (void) flags, DONE; }
Status cuStreamSynchronize(void *stream) { return stream == &host_done ? DONE : INVALID; }
Status cuStreamDestroy_v2(void *stream) { return stream == &host_done ? DONE : INVALID; }
Status cuModuleUnload(void *module) { return (void) module, DONE; }

/* The program is not read: the kernels are here. */
Status cuModuleLoadDataEx(void **module, const void *program, unsigned options, int *names, void **values) {
    (void) program, (void) options, (void) names, (void) values;
    *module = &host_kernel;
    return DONE;
}

Status cuModuleGetFunction(const HostKernel **function, void *module, const char *name) {
    (void) module;
    for (const HostKernel *kernel = host_kernels; kernel->name; kernel++) {
        if (!strcmp(kernel->name, name)) {
            *function = kernel;
            return DONE;
        }
    }
    return NOT_FOUND;
}

Status cuFuncGetAttribute(int *value, int attribute, const HostKernel *kernel) {
    *value = kernel->items;
    return attribute == 0 ? DONE : INVALID;
}

Status cuLaunchKernel(
        const HostKernel *kernel, unsigned x, unsigned y, unsigned z, unsigned itemsX, unsigned itemsY, unsigned itemsZ,
        unsigned sharedBytes, void *stream, void **arguments, void **extra) {
    (void) sharedBytes, (void) extra;
    if (stream != &host_done || x == 0 || y == 0 || z == 0 || (int) itemsX != kernel->items || itemsY * itemsZ != 1) {
        return INVALID;
    }
    host_kernel = kernel;
    host_arguments = arguments;
    host_items = (int) itemsX;
    host_groups[0] = (int) x;
    host_groups[1] = (int) y;
    host_groups[2] = (int) z;
    for (host_group[2] = 0; host_group[2] < (int) z; host_group[2]++) {
        for (host_group[1] = 0; host_group[1] < (int) y; host_group[1]++) {
            for (host_group[0] = 0; host_group[0] < (int) x; host_group[0]++) {
                run_group();
            }
        }
    }
    return DONE;
}

Status cuMemAlloc_v2(Address *block, size_t bytes) {
    *block = (Address) (uintptr_t) malloc(bytes);
    return *block ? DONE : NO_MEMORY_LEFT;
}

Status cuMemHostAlloc(void **memory, size_t bytes, unsigned flags) {
    (void) flags;
    *memory = malloc(bytes);
    return *memory ? DONE : NO_MEMORY_LEFT;
}

#undef AT
#define AT(address) ((void *) (uintptr_t) (address))
Status cuMemFree_v2(Address block) { return free(AT(block)), DONE; }
Status cuMemFreeHost(void *memory) { return free(memory), DONE; }

Status cuMemcpyHtoDAsync_v2(Address out, const void *from, size_t bytes, void *stream) {
    return memcpy(AT(out), from, bytes), (void) stream, DONE;
}

Status cuMemcpyDtoHAsync_v2(void *out, Address from, size_t bytes, void *stream) {
    return memcpy(out, AT(from), bytes), (void) stream, DONE;
}

Status cuMemcpyDtoDAsync_v2(Address out, Address from, size_t bytes, void *stream) {
    return memmove(AT(out), AT(from), bytes), (void) stream, DONE;
}

Status cuMemsetD32Async(Address at, unsigned word, size_t count, void *stream) {
    (void) stream;
    for (size_t i = 0; i < count; i++) {
        ((unsigned *) AT(at))[i] = word;
    }
    return DONE;
}
