/* The words of the kernels in OpenCL C 1.2; README.md says what each means. */
#pragma OPENCL FP_CONTRACT OFF
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

typedef long Index;

#define KERNEL(name, items) __kernel __attribute__((reqd_work_group_size(items, 1, 1))) void parallax_##name
#define DEVICE static inline __attribute__((always_inline))
#define GLOBAL __global
#define LOCAL __local
#define RESTRICT restrict
#define SHARED(type, name, count) __local type name[count]
#define UNROLL _Pragma("unroll")
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)

#define ITEM() ((int) get_local_id(0))
#define ITEMS() ((int) get_local_size(0))
#define GROUP(axis) ((int) get_group_id(axis))
#define GROUPS(axis) ((int) get_num_groups(axis))

#define FMA(a, b, c) fma((float) (a), (float) (b), (float) (c))
#define ABS(x) fabs((float) (x))
#define SQRT(x) sqrt((float) (x))
#define SQRT_DOUBLE(x) sqrt((double) (x))
#define BITS_OF(x) as_uint((float) (x))
#define FLOAT_OF(bits) as_float((uint) (bits))
#define HIGH_WORD(a, b) mul_hi((uint) (a), (uint) (b))
