/* lwIP's options, with structures taken from the heap, as ESP-IDF has it. */

#pragma once

#include "../lwip/lwipopts.h"

#undef LWIP_STATS
#define LWIP_STATS 0
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define mem_clib_malloc countedMalloc
#define mem_clib_calloc countedCalloc
#define mem_clib_free countedFree
