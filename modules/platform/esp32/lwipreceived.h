/* Unread bytes of a connection, in chunks. lwIP's task. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lwip/pbuf.h"

typedef struct Chunk Chunk;

typedef struct {
	Chunk *first, *last;
	uint16_t length;
} Received;

/* Returns false without memory; then nothing was appended. */
bool receivedAppend(Received *received, const struct pbuf *bytes);
/* `length` is at most that of `received`. */
void receivedTake(Received *received, uint8_t *to, uint16_t length);
void receivedDrop(Received *received);
