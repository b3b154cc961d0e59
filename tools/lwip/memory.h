/* Before all else of the chip's sockets: their memory can be made to fail, by chance. */

#pragma once

#include <stdlib.h>

void *tryMalloc(size_t size);
void *tryCalloc(size_t count, size_t size);

#define malloc tryMalloc
#define calloc tryCalloc
