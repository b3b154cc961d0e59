/*
 * The heap as it is on a chip. There what is preloaded is in flash, where the collector does not look: its strings and bytecodes are
 * used in place. Here all that has been made before `flashSeal` is put aside likewise, and a new heap begins.
 */

#include "xsAll.h"

#include <stdio.h>
#include <stdlib.h>

void flashSeal(txMachine *the, int slots, int moreSlots, int chunkBytes, int moreBytes);
void heapKept(txMachine *the, uint32_t *slots, uint32_t *chunks);
uint64_t heapAllocated(txMachine *the);
int flashLeaks(txMachine *the);

static txSlot *sealedHeap;
static uint64_t allocated;
static uint32_t slotsAfter, chunksAfter;
uint32_t collections;

void *__real_fxAllocateChunks(txMachine *the, txSize size);
txSlot *__real_fxAllocateSlots(txMachine *the, txSize count);
void collectHeap(txMachine *the, txFlag flag);
void *__wrap_fxAllocateChunks(txMachine *the, txSize size);
txSlot *__wrap_fxAllocateSlots(txMachine *the, txSize count);

void *__wrap_fxAllocateChunks(txMachine *the, txSize size)
{
	return sealedHeap ? calloc(1, size) : __real_fxAllocateChunks(the, size);
}

txSlot *__wrap_fxAllocateSlots(txMachine *the, txSize count)
{
	return sealedHeap ? calloc(count, sizeof(txSlot)) : __real_fxAllocateSlots(the, count);
}

/* The C stack is the machine's. To ask for its end costs more than a request. */
char *__wrap_fxCStackLimit(void);
char *__wrap_fxCStackLimit(void)
{
	return NULL;
}

static uint32_t slotBytes(txMachine *the)
{
	return the->currentHeapCount * sizeof(txSlot);
}

static void growChunks(txMachine *the, int bytes)
{
	txBlock *block = calloc(1, sizeof(txBlock) + bytes);
	block->current = (txByte *)(block + 1);
	block->limit = block->current + bytes;
	block->nextBlock = the->firstBlock;
	the->firstBlock = block;
	the->maximumChunksSize += bytes;
}

/*
 * As the chip's engine, XS 17: where two collections in a row leave less free than a step, the heap grows by one. This one, XS 13, would grow
 * where nothing at all is free, and collect for every few slots before.
 */
static void growBefore(txMachine *the, txFlag flag)
{
	static txBoolean isShort;
	if (the->maximumHeapCount - the->currentHeapCount < the->minimumHeapCount)
		the->collectFlag |= XS_TRASHING_FLAG;
	else
		the->collectFlag &= ~XS_TRASHING_FLAG;
	if (!(flag & XS_COMPACT_FLAG))
		return;
	txBoolean wasShort = isShort;
	isShort = the->maximumChunksSize - the->currentChunksSize < the->minimumChunksSize;
	if (wasShort && isShort) {
		growChunks(the, the->minimumChunksSize);
		isShort = 0;
	}
}

void fxCollect(txMachine *the, txFlag flag)
{
	collections++;
	allocated += slotBytes(the) - slotsAfter + (uint32_t)the->currentChunksSize - chunksAfter;
	collectHeap(the, flag);
	if (sealedHeap)
		growBefore(the, flag);
	slotsAfter = slotBytes(the);
	chunksAfter = the->currentChunksSize;
}

uint64_t heapAllocated(txMachine *the)
{
	return allocated + slotBytes(the) - slotsAfter + (uint32_t)the->currentChunksSize - chunksAfter;
}

void heapKept(txMachine *the, uint32_t *slots, uint32_t *chunks)
{
	fxCollectGarbage(the);
	*slots = slotBytes(the);
	*chunks = the->currentChunksSize;
}

/* Strings and functions inside of code are used where they are, and not copied. */
static void useInPlace(txByte *code, txByte *end)
{
	while (code < end) {
		txU1 *byte = (txU1 *)code;
		txS1 size = gxCodeSizes[*byte];
		switch (*byte) {
		case XS_CODE_STRING_1: *byte = XS_CODE_STRING_ARCHIVE_1; break;
		case XS_CODE_STRING_2: *byte = XS_CODE_STRING_ARCHIVE_2; break;
		case XS_CODE_STRING_4: *byte = XS_CODE_STRING_ARCHIVE_4; break;
		case XS_CODE_CODE_1: *byte = XS_CODE_CODE_ARCHIVE_1; break;
		case XS_CODE_CODE_2: *byte = XS_CODE_CODE_ARCHIVE_2; break;
		case XS_CODE_CODE_4: *byte = XS_CODE_CODE_ARCHIVE_4; break;
		}
		if (size > 0)
			code += size;
		else if (size == 0)
			code += 1 + sizeof(txID);
		else if (size == -1)
			code += 2 + byte[1];
		else if (size == -2)
			code += 3 + (byte[1] | byte[2] << 8);
		else
			code += 5 + (byte[1] | byte[2] << 8 | byte[3] << 16 | byte[4] << 24);
	}
}

static void sealSlot(txSlot *slot)
{
	switch (slot->kind) {
	case XS_CODE_KIND: {
		txByte *code = slot->value.code.address;
		txChunk *chunk = (txChunk *)(code - sizeof(txChunk));
		useInPlace(code, (txByte *)chunk + chunk->size);
		slot->kind = XS_CODE_X_KIND;
		break;
	}
	case XS_STRING_KIND: slot->kind = XS_STRING_X_KIND; break;
	case XS_BIGINT_KIND: slot->kind = XS_BIGINT_X_KIND; break;
	case XS_KEY_KIND: slot->kind = XS_KEY_X_KIND; break;
	}
	slot->flag |= XS_MARK_FLAG;
}

static void sealSlots(txMachine *the)
{
	txSlot *slot;
	for (slot = the->freeHeap; slot; slot = slot->next)
		slot->flag |= XS_MARK_FLAG;
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		for (slot = heap + 1; slot < heap->value.reference; slot++)
			if (!(slot->flag & XS_MARK_FLAG))
				sealSlot(slot);
	sealedHeap = the->firstHeap;
}

/* A slot that refers to one of these chunks still does after a collection. */
static void sealChunks(txMachine *the)
{
	for (txBlock *block = the->firstBlock; block; block = block->nextBlock)
		for (txByte *at = (txByte *)block + sizeof(txBlock), *next; at < block->current; at = next) {
			next = ((txChunk *)at)->temporary;
			((txChunk *)at)->temporary = at;
		}
}

static void growSlots(txMachine *the, txSize count)
{
	txSlot *heap = calloc(count, sizeof(txSlot));
	heap->value.reference = heap + count;
	the->firstHeap = heap;
	the->freeHeap = heap + 1;
	for (txSlot *slot = heap + 1; slot < heap + count - 1; slot++)
		slot->next = slot + 1;
	the->maximumHeapCount = count - 1;
}

void flashSeal(txMachine *the, int slots, int moreSlots, int chunkBytes, int moreBytes)
{
	fxCollectGarbage(the);
	sealSlots(the);
	sealChunks(the);
	the->keyArrayHost = the->keyArray;
	the->keyOffset = the->keyIndex;
	the->keyArray = calloc(the->keyCount - the->keyIndex, sizeof(txSlot *));
	the->firstHeap = the->freeHeap = NULL;
	the->firstBlock = NULL;
	the->currentHeapCount = the->maximumHeapCount = the->peakHeapCount = 0;
	the->currentChunksSize = the->maximumChunksSize = 0;
	growChunks(the, chunkBytes);
	growSlots(the, slots);
	the->minimumHeapCount = moreSlots;
	the->minimumChunksSize = moreBytes;
	the->collectFlag &= ~XS_TRASHING_FLAG;
	slotsAfter = chunksAfter = 0;
	allocated = 0;
}

static int isSealed(txMachine *the, txSlot *slot)
{
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		if (slot > heap && slot < heap->value.reference)
			return 0;
	return 1;
}

int flashLeaks(txMachine *the)
{
	int leaks = 0;
	for (txSlot *heap = sealedHeap; heap; heap = heap->next)
		for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++) {
			if (slot->kind == XS_UNDEFINED_KIND && !(slot->flag & XS_MARK_FLAG))
				continue;
			if (!isSealed(the, slot->next) ||
				((slot->kind == XS_REFERENCE_KIND || slot->kind == XS_CLOSURE_KIND) && !isSealed(the, slot->value.reference))) {
				const char *name = fxGetKeyName(the, slot->ID);
				/* The program holds this one. */
				if (name && strcmp(name, "host") == 0)
					continue;
				fprintf(stderr, "in flash, and refers to the heap: %s\n", name ? name : "");
				leaks++;
			}
		}
	return leaks;
}
