/* Included first in the chip's sockets: a share of their allocations can be made to fail, at random. */

#pragma once

#include <stdlib.h>

void *tryMalloc(size_t size);
void *tryCalloc(size_t count, size_t size);

#define malloc tryMalloc
#define calloc tryCalloc
