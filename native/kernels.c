/* All kernels, in this order: a prelude-*.h, then this file, is the whole program. A file uses what stands in those
 * before it. The host of OpenCL puts the files in place of these lines; a compiler reads them itself. */
#include "prelude.h"
#include "kernels/functions.c"
#include "kernels/dropout.c"
#include "kernels/matrix.c"
#include "kernels/rows.c"
#include "kernels/index.c"
#include "kernels/sequences.c"
#include "kernels/lstm.c"
#include "kernels/gru.c"
#include "kernels/attention.c"
#include "kernels/optimizers.c"
#include "kernels/reductions.c"
