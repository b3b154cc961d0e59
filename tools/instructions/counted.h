/* Included first in the chip's sockets and lwIP: what they allocate is counted. */

#pragma once

#include <stdlib.h>

void *countedMalloc(size_t size);
void *countedCalloc(size_t count, size_t size);
void countedFree(void *block);

#define malloc countedMalloc
#define calloc countedCalloc
#define free countedFree
