/*
 * Bytes arrive in the Wi-Fi driver's buffers. These are few, and each is as long as a frame. So the bytes are copied, and the
 * buffers are freed at once: neither a peer that sends single bytes nor an app that does not read holds any.
 */

#include "lwipreceived.h"

#include <stdlib.h>
#include <string.h>

#include "lwip/opt.h"

/* Bytes of the smallest chunk, so that single bytes share one. */
#define MIN_CHUNK 256

/*
 * Unread bytes of all sockets together: four windows. Beyond it only a socket without unread bytes takes what arrives, so
 * that none starves. The peer sends the rest again.
 */
#define MAX_HELD (4 * TCP_WND)

struct Chunk {
	Chunk *next;
	uint16_t first, end, size;
	uint8_t bytes[];
};

static uint32_t held;

static Chunk *chunkNew(uint16_t length)
{
	uint16_t size = length < MIN_CHUNK ? MIN_CHUNK : length;
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
		if (received->first && held + rest > MAX_HELD)
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
		uint16_t taken = chunk->end - chunk->first;
		if (taken > length)
			taken = length;
		memcpy(to, chunk->bytes + chunk->first, taken);
		to += taken;
		length -= taken;
		chunk->first += taken;
		if (chunk->first < chunk->end)
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
