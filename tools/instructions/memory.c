/*
 * Memory outside of XS's heap, and the functions that copy. The C library's differ with the processor, its version and what was
 * allocated before: a measure must not.
 */

#include <stdlib.h>
#include <string.h>

#include "bench.h"

uint32_t allocations, bytesInUse, bytesMost;

void *countedMalloc(size_t size);
void *countedCalloc(size_t count, size_t size);
void countedFree(void *block);

/* Blocks are of a multiple of STEP bytes. Those that are free wait in a list for each size. */
#define STEP 16
#define SIZES 1024

typedef union Block {
	/* Of a block in use. */
	size_t step;
	/* Of a free one. */
	union Block *next;
	uint8_t aligned[8];
} Block;

static Block *unused[SIZES];

void *countedMalloc(size_t size)
{
	size_t step = (size + STEP - 1) / STEP;
	if (step >= SIZES)
		return NULL;
	Block *block = unused[step];
	if (block)
		unused[step] = block->next;
	else
		block = malloc(sizeof(Block) + step * STEP);
	block->step = step;
	allocations++;
	bytesInUse += step * STEP;
	if (bytesInUse > bytesMost)
		bytesMost = bytesInUse;
	return block + 1;
}

void *countedCalloc(size_t count, size_t size)
{
	void *block = countedMalloc(count * size);
	return block ? memset(block, 0, count * size) : NULL;
}

void countedFree(void *it)
{
	if (!it)
		return;
	Block *block = (Block *)it - 1;
	size_t step = block->step;
	bytesInUse -= step * STEP;
	block->next = unused[step];
	unused[step] = block;
}

/* As newlib has them for a small processor: words where both ends are aligned, else bytes. */

void *memcpy(void *restrict to, const void *restrict from, size_t length)
{
	uint8_t *t = to;
	const uint8_t *f = from;
	if ((((uintptr_t)t | (uintptr_t)f) & 3) == 0)
		for (; length >= 4; length -= 4, t += 4, f += 4)
			*(uint32_t *)t = *(const uint32_t *)f;
	while (length-- > 0)
		*t++ = *f++;
	return to;
}

void *memmove(void *to, const void *from, size_t length)
{
	uint8_t *t = to;
	const uint8_t *f = from;
	if (t <= f || t >= f + length)
		return memcpy(to, from, length);
	while (length-- > 0)
		t[length] = f[length];
	return to;
}

void *memset(void *to, int value, size_t length)
{
	uint8_t *t = to;
	uint32_t word = (uint8_t)value * 0x01010101U;
	for (; length > 0 && ((uintptr_t)t & 3); length--)
		*t++ = (uint8_t)value;
	for (; length >= 4; length -= 4, t += 4)
		*(uint32_t *)t = word;
	while (length-- > 0)
		*t++ = (uint8_t)value;
	return to;
}

int memcmp(const void *a, const void *b, size_t length)
{
	const uint8_t *x = a, *y = b;
	for (; length > 0; length--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strlen(const char *text)
{
	const char *at = text;
	while (*at)
		at++;
	return (size_t)(at - text);
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *(const uint8_t *)a - *(const uint8_t *)b;
}
