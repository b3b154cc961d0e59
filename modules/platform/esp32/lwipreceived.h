/* Bytes that have arrived and are not read, copied into memory of their own. lwIP's task. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lwip/pbuf.h"

typedef struct Chunk Chunk;

typedef struct {
	Chunk *first, *last;
	uint16_t length;
} Received;

/* Returns whether there was memory; if not, nothing was appended. */
bool receivedAppend(Received *received, const struct pbuf *bytes);
/* `length` is at most what there is. */
void receivedTake(Received *received, uint8_t *to, uint16_t length);
void receivedDrop(Received *received);
