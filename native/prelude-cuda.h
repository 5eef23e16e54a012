/* The words of the kernels in CUDA C; README.md says what each means. Compile with --fmad=false. */
typedef long long Index; /* long has 32 bits on Windows */
typedef unsigned int uint;

#define KERNEL(name, items) extern "C" __global__ void __launch_bounds__(items) parallax_##name
#define DEVICE static __device__ __forceinline__
#define GLOBAL
#define LOCAL
#define RESTRICT __restrict__
#define SHARED(type, name, count) __shared__ type name[count]
#define UNROLL _Pragma("unroll")
#define BARRIER() __syncthreads()

#define AXIS_OF(value, axis) ((axis) == 0 ? value.x : (axis) == 1 ? value.y : value.z)
#define ITEM() ((int) threadIdx.x)
#define ITEMS() ((int) blockDim.x)
#define GROUP(axis) ((int) AXIS_OF(blockIdx, axis))
#define GROUPS(axis) ((int) AXIS_OF(gridDim, axis))

#define FMA(a, b, c) fmaf((float) (a), (float) (b), (float) (c))
#define ABS(x) fabsf((float) (x))
#define SQRT(x) sqrtf((float) (x))
#define SQRT_DOUBLE(x) sqrt((double) (x))
#define BITS_OF(x) __float_as_uint((float) (x))
#define FLOAT_OF(bits) __uint_as_float((uint) (bits))
#define HIGH_WORD(a, b) __umulhi((uint) (a), (uint) (b))
