/*
 * The buffers in which bytes arrive are the Wi-Fi driver's, few, and each as long as a frame whatever it holds. So what
 * arrives is copied, and they are given back at once: a peer that sends single bytes, or an app that does not read, holds none.
 */

#include "lwipreceived.h"

#include <stdlib.h>
#include <string.h>

#include "lwip/opt.h"

/* The least that is taken, so that single bytes share a chunk. */
#define LEAST_CHUNK 256

/*
 * What all sockets may hold together, bytes: four windows. Beyond it a socket still may take up what comes while it holds
 * nothing, so that none starves; the rest stays with the peer, which sends it again.
 */
#define MOST_HELD (4 * TCP_WND)

struct Chunk {
	Chunk *next;
	uint16_t start, end, size;
	uint8_t bytes[];
};

static uint32_t held;

static Chunk *chunkNew(uint16_t length)
{
	uint16_t size = length < LEAST_CHUNK ? LEAST_CHUNK : length;
	Chunk *chunk = malloc(sizeof(Chunk) + size);
	if (!chunk)
		return NULL;
	*chunk = (Chunk){ .size = size };
	held += size;
	return chunk;
}

static void chunkFree(Chunk *chunk)
{
	held -= chunk->size;
	free(chunk);
}

bool receivedAppend(Received *received, const struct pbuf *bytes)
{
	Chunk *last = received->last;
	uint16_t spare = last ? last->size - last->end : 0;
	if (spare > bytes->tot_len)
		spare = bytes->tot_len;
	uint16_t rest = bytes->tot_len - spare;
	if (rest > 0) {
		if (received->first && held + rest > MOST_HELD)
			return false;
		Chunk *chunk = chunkNew(rest);
		if (!chunk)
			return false;
		pbuf_copy_partial(bytes, chunk->bytes, rest, spare);
		chunk->end = rest;
		if (last)
			last->next = chunk;
		else
			received->first = chunk;
		received->last = chunk;
	}
	if (spare > 0) {
		pbuf_copy_partial(bytes, last->bytes + last->end, spare, 0);
		last->end += spare;
	}
	received->length += bytes->tot_len;
	return true;
}

void receivedTake(Received *received, uint8_t *to, uint16_t length)
{
	received->length -= length;
	while (length > 0) {
		Chunk *chunk = received->first;
		uint16_t part = chunk->end - chunk->start;
		if (part > length)
			part = length;
		memcpy(to, chunk->bytes + chunk->start, part);
		to += part;
		length -= part;
		chunk->start += part;
		if (chunk->start < chunk->end)
			continue;
		received->first = chunk->next;
		if (!received->first)
			received->last = NULL;
		chunkFree(chunk);
	}
}

void receivedDrop(Received *received)
{
	while (received->first) {
		Chunk *chunk = received->first;
		received->first = chunk->next;
		chunkFree(chunk);
	}
	*received = (Received){ 0 };
}
