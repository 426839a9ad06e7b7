#ifndef BUSBAR_ALLOCATION_COUNT_H
#define BUSBAR_ALLOCATION_COUNT_H

#include <stdint.h>

/// Heap allocations (malloc, calloc, realloc, memalign and kin) of this process so far, all threads together.
uint64_t busbar_allocation_count(void);

#endif
