/* XS's machine and the object `host`, as all programs here have them. */

#pragma once

#include <stddef.h>

#include "xsmc.h"

typedef struct { const char *name; xsCallback function; } HostFunction;

/* A machine with text encoder and decoder, before anything is preloaded. The heap begins with so many bytes of chunks and slots. */
xsMachine *machineCreate(const char *name, int chunkBytes, int slots);
/* Gives JavaScript the object `host` with these functions. */
xsSlot machineHost(xsMachine *the, const HostFunction *functions, size_t count);
/* read(path): the file's bytes, or undefined. */
void machineRead(xsMachine *the);
