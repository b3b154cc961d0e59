/*
 * What each part of the app keeps in XS's heap. To a part belongs what its object leads to, without what belongs to a part before it,
 * and without other parts' objects.
 */

#include "xsAll.h"

#include <stdlib.h>

void censusBegin(txMachine *the);
void censusClaim(txMachine *the, txSlot *reference);
void censusCount(txMachine *the, txSlot *reference, uint32_t *slots, uint32_t *chunks);

static txMachine *machine;
static uint32_t slotBytes, chunkBytes;
/* Addresses of slots and chunks that belong to a part. */
static void **taken;
static size_t places, used;

static int take(void *address)
{
	if (used * 2 >= places) {
		void **before = taken;
		size_t length = places;
		places = places ? places * 2 : 1 << 14;
		used = 0;
		taken = calloc(places, sizeof(void *));
		for (size_t at = 0; at < length; at++)
			if (before[at])
				take(before[at]);
		free(before);
	}
	size_t at = ((uintptr_t)address >> 2) * 2654435761U % places;
	while (taken[at] && taken[at] != address)
		at = (at + 1) % places;
	if (taken[at])
		return 0;
	taken[at] = address;
	used++;
	return 1;
}

static int isInHeap(txSlot *slot)
{
	for (txSlot *heap = machine->firstHeap; heap; heap = heap->next)
		if (slot > heap && slot < heap->value.reference)
			return 1;
	return 0;
}

static int isInChunks(void *data)
{
	for (txBlock *block = machine->firstBlock; block; block = block->nextBlock)
		if ((txByte *)data > (txByte *)block && (txByte *)data < block->current)
			return 1;
	return 0;
}

static int countChunk(void *data)
{
	if (!data || !isInChunks(data) || !take(data))
		return 0;
	chunkBytes += ((txChunk *)((txByte *)data - sizeof(txChunk)))->size;
	return 1;
}

static int countSlot(txSlot *slot)
{
	if (!slot || !isInHeap(slot) || !take(slot))
		return 0;
	slotBytes += sizeof(txSlot);
	return 1;
}

static void walkValue(txSlot *slot);

/* A slot, and those that follow it. */
static void walkList(txSlot *slot)
{
	for (; slot; slot = slot->next)
		if (countSlot(slot))
			walkValue(slot);
		else if (isInHeap(slot))
			break;
}

static void walkTable(txSlot **table, txInteger length)
{
	if (countChunk(table))
		for (txInteger at = 0; at < length; at++)
			walkList(table[at]);
}

static void walkArray(txSlot *items, txIndex length)
{
	if (countChunk(items))
		for (txIndex at = 0; at < length; at++)
			walkValue(items + at);
}

static void walkValue(txSlot *slot)
{
	switch (slot->kind) {
	case XS_STRING_KIND: countChunk(slot->value.string); break;
	case XS_BIGINT_KIND: countChunk(slot->value.bigint.data); break;
	case XS_KEY_KIND: countChunk(slot->value.key.string); break;
	case XS_IDS_KIND: countChunk(slot->value.IDs); break;
	case XS_ARRAY_BUFFER_KIND: countChunk(slot->value.arrayBuffer.address); break;
	case XS_REFERENCE_KIND: walkList(slot->value.reference); break;
	case XS_CLOSURE_KIND: walkList(slot->value.closure); break;
	case XS_INSTANCE_KIND: walkList(slot->value.instance.prototype); break;
	case XS_ARRAY_KIND:
	case XS_STACK_KIND: walkArray(slot->value.array.address, slot->value.array.length); break;
	case XS_CALLBACK_KIND: walkList(slot->value.callback.closures); break;
	case XS_CODE_KIND: countChunk(slot->value.code.address); walkList(slot->value.code.closures); break;
	case XS_CODE_X_KIND: walkList(slot->value.code.closures); break;
	case XS_HOST_KIND:
		if (slot->flag & XS_HOST_CHUNK_FLAG)
			countChunk(slot->value.host.data);
		break;
	case XS_REGEXP_KIND: countChunk(slot->value.regexp.code); countChunk(slot->value.regexp.data); break;
	case XS_ACCESSOR_KIND: walkList(slot->value.accessor.getter); walkList(slot->value.accessor.setter); break;
	case XS_HOME_KIND: walkList(slot->value.home.object); walkList(slot->value.home.module); break;
	case XS_LIST_KIND: walkList(slot->value.list.first); break;
	case XS_PRIVATE_KIND: walkList(slot->value.private.check); walkList(slot->value.private.first); break;
	case XS_MAP_KIND:
	case XS_SET_KIND: walkTable(slot->value.table.address, slot->value.table.length); break;
	}
}

void censusBegin(txMachine *the)
{
	machine = the;
	places = used = 0;
	free(taken);
	taken = NULL;
}

void censusClaim(txMachine *the, txSlot *reference)
{
	(void)the;
	take(reference->value.reference);
}

void censusCount(txMachine *the, txSlot *reference, uint32_t *slots, uint32_t *chunks)
{
	(void)the;
	txSlot *object = reference->value.reference;
	slotBytes = sizeof(txSlot);
	chunkBytes = 0;
	walkValue(object);
	walkList(object->next);
	*slots = slotBytes;
	*chunks = chunkBytes;
}
