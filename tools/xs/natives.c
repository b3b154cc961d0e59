/*
 * What the tests need of the engine. It takes the place of the package's base64 functions, which nothing here uses: the worker
 * installs those by name, so that none of its sources is changed.
 */

#include <malloc.h>
#include "xsAll.h"

/* How many slots in use are only kept from use: see seal(). */
static txInteger spare = 0;

/* meter(): what has been computed since the command began. */
static void xs_meter(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = the->meterIndex;
}

/* bytes(): what slots and chunks take up, garbage included. */
static void xs_bytes(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = (double)(the->currentHeapCount - spare) * sizeof(txSlot) + the->currentChunksSize;
}

/* slots(): how many slots are in use, garbage included. */
static void xs_slots(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = the->currentHeapCount - spare;
}

/*
 * stack(): how many slots of the stack were in use at most since the last call, beyond those in use now; the first call only
 * begins. What is unused is marked, and found again below so many marks as no call leaves between others; a RegExp works
 * farther below, from the end of the stack.
 */
static void xs_stack(txMachine* the)
{
	const txByte mark = 0x5A;
	const size_t gap = 32 * sizeof(txSlot);
	txByte* bottom = (txByte*)the->stackBottom;
	txByte* deepest = (txByte*)the->stack;
	txByte* byte = deepest;
	while (byte > bottom && byte + gap > deepest)
		if (*--byte != mark)
			deepest = byte;
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)(the->stack - (txSlot*)deepest);
	c_memset(bottom, mark, (txByte*)the->stack - bottom);
}

/* Puts the free slots into ascending order, so that what stays is made at the front of the heap; a collection leaves them descending. */
static void ascend(txMachine* the)
{
	txSlot* slot = the->freeHeap;
	txSlot* before = NULL;
	while (slot) {
		txSlot* next = slot->next;
		slot->next = before;
		before = slot;
		slot = next;
	}
	the->freeHeap = before;
}

/* The slots that the last petrify() found in use, in ascending order. */
static txSlot** known = NULL;
static size_t knownCount = 0;

static int compare(const void* a, const void* b)
{
	const txSlot* x = *(txSlot* const*)a;
	const txSlot* y = *(txSlot* const*)b;
	return x < y ? -1 : x > y;
}

static int isKnown(txSlot* slot)
{
	return known && bsearch(&slot, known, knownCount, sizeof(slot), compare) != NULL;
}

/* As fxPrepareInstance of the SDK's linker, and an array's items too. */
static void freeze(txSlot* instance)
{
	txSlot* property;
	for (property = instance->next; property; property = property->next) {
		if (property->kind == XS_ARRAY_KIND && property->value.array.address) {
			txSlot* item = property->value.array.address;
			txIndex length = (((txChunk*)(((txByte*)item) - sizeof(txChunk)))->size - sizeof(txChunk)) / sizeof(txSlot);
			for (; length > 0; length--, item++)
				item->flag |= XS_DONT_SET_FLAG | XS_DONT_DELETE_FLAG;
		}
		if (property->kind != XS_ACCESSOR_KIND)
			property->flag |= XS_DONT_SET_FLAG;
		property->flag |= XS_DONT_DELETE_FLAG;
	}
	instance->flag |= XS_DONT_PATCH_FLAG;
}

/* Of a plain object or an array: whether the linker would keep a place in RAM for its changes. Those with a constructor are classes'. */
static int isLoose(txMachine* the, txSlot* instance)
{
	txSlot* prototype = instance->value.instance.prototype;
	txSlot* property;
	if (instance->flag & XS_DONT_PATCH_FLAG)
		return 0;
	if (prototype == mxArrayPrototype.value.reference || prototype == mxGeneratorPrototype.value.reference)
		return 1;
	if (prototype != mxObjectPrototype.value.reference)
		return 0;
	for (property = instance->next; property; property = property->next)
		if (property->ID == mxID(_constructor))
			return 0;
	return 1;
}

/* Freezes an instance unless it is the engine's own. Returns what it is, if that could not do its work from flash. */
static const char* petrifyInstance(txMachine* the, txSlot* instance)
{
	txSlot* internal = instance->next;
	if (internal && (internal->flag & XS_INTERNAL_FLAG)) {
		switch (internal->kind) {
		case XS_HOST_KIND:
		case XS_MODULE_KIND:
		case XS_MODULE_SOURCE_KIND:
		case XS_PROGRAM_KIND:
		case XS_PROXY_KIND:
			return NULL;
		case XS_MAP_KIND:
			freeze(instance);
			return "a Map";
		case XS_SET_KIND:
			freeze(instance);
			return "a Set";
		case XS_WEAK_MAP_KIND:
		case XS_WEAK_SET_KIND:
		case XS_WEAK_REF_KIND:
			freeze(instance);
			return "a weak collection";
		case XS_ARRAY_BUFFER_KIND:
		case XS_DATA_VIEW_KIND:
		case XS_TYPED_ARRAY_KIND:
			freeze(instance);
			return "a typed array or its buffer";
		case XS_PROMISE_KIND:
			return "a promise";
		case XS_REGEXP_KIND:
			freeze(instance);
			/* SDK 8.2.3 puts what a match in flash needs outside of the heap, and its garbage collector writes there. */
			return "a RegExp";
		}
	}
	const char* loose = isLoose(the, instance) ? "an object that is not frozen" : NULL;
	freeze(instance);
	return loose;
}

/*
 * petrify(): freezes what was made since the last call, as the SDK's linker does with preloaded modules, and more strictly:
 * where that lets a write go to a copy in RAM, here it throws. Returns what could not do its work from flash, as words
 * separated by ", "; the first call only notes what there is.
 */
static void xs_petrify(txMachine* the)
{
	txSlot* heap;
	txSlot* slot;
	char found[256] = "";
	int first = known == NULL;
	txSlot** live;
	size_t count = 0;

	fxCollectGarbage(the);
	for (slot = the->freeHeap; slot; slot = slot->next)
		slot->flag |= XS_MARK_FLAG;
	live = malloc((the->currentHeapCount + 1) * sizeof(*live));
	for (heap = the->firstHeap; heap; heap = heap->next)
		for (slot = heap + 1; slot < heap->value.reference; slot++) {
			if (slot->flag & XS_MARK_FLAG)
				continue;
			live[count++] = slot;
			if (first || isKnown(slot))
				continue;
			const char* what = NULL;
			if (slot->kind == XS_INSTANCE_KIND)
				what = petrifyInstance(the, slot);
			else if (slot->kind == XS_CLOSURE_KIND)
				slot->value.closure->flag |= XS_DONT_SET_FLAG;
			if (what && !strstr(found, what)) {
				size_t length = strlen(found);
				snprintf(found + length, sizeof(found) - length, "%s%s", length ? ", " : "", what);
			}
		}
	for (slot = the->freeHeap; slot; slot = slot->next)
		slot->flag &= ~XS_MARK_FLAG;
	free(known);
	known = live;
	knownCount = count;
	qsort(known, knownCount, sizeof(*known), compare);
	ascend(the);
	mxResult->value.string = fxNewChunk(the, strlen(found) + 1);
	mxResult->kind = XS_STRING_KIND;
	c_strcpy(mxResult->value.string, found);
}

/* The machine whose memory is limited, what was taken for it when that began, and at most since then. */
static txMachine* sealed = NULL;
static size_t sealedAt = 0;
static size_t mostTaken = 0;

static void noteTaken(void)
{
	if (sealed && sealed->allocatedSpace > mostTaken)
		mostTaken = sealed->allocatedSpace;
}

static void* counted(void* block)
{
	if (sealed && block) {
		sealed->allocatedSpace += malloc_usable_size(block);
		noteTaken();
		if (sealed->allocatedSpace > sealed->allocationLimit)
			fxAbort(sealed, XS_NOT_ENOUGH_MEMORY_EXIT);
	}
	return block;
}

static void uncounted(void* block)
{
	if (sealed && block) {
		noteTaken();
		sealed->allocatedSpace -= malloc_usable_size(block);
	}
}

void* counted_malloc(size_t size)
{
	return counted(malloc(size));
}

void* counted_calloc(size_t count, size_t size)
{
	return counted(calloc(count, size));
}

void* counted_realloc(void* block, size_t size)
{
	void* result;
	uncounted(block);
	result = realloc(block, size);
	return counted(result ? result : block) == result ? result : NULL;
}

void counted_free(void* block)
{
	uncounted(block);
	free(block);
}

/* Slots that nothing may use. */
static txSlot ballast;

/* Ends the heap behind the last slot in use, or farther, where there are no more than `count` free ones. */
static void cutHeap(txMachine* the, txInteger count)
{
	txSlot* heap = the->firstHeap;
	txSlot* end = heap->value.reference;
	txSlot* slot;
	txInteger left = 0;
	if (heap->next)
		return;
	for (slot = the->freeHeap; slot; slot = slot->next, left++)
		slot->flag |= XS_MARK_FLAG;
	while (left > count && ((end - 1)->flag & XS_MARK_FLAG)) {
		end--;
		left--;
	}
	for (slot = the->freeHeap; slot; slot = slot->next)
		slot->flag &= ~XS_MARK_FLAG;
	the->maximumHeapCount -= heap->value.reference - end;
	heap->value.reference = end;
	fxCollectGarbage(the);
}

/* Leaves `count` free slots, as far as there are more. */
static void leaveFree(txMachine* the, txInteger count)
{
	txSlot* slot;
	txSlot* last;
	if (!ballast.value.reference) {
		ballast.kind = XS_REFERENCE_KIND;
		ballast.value.reference = fxNewInstance(the);
		fxRemember(the, &ballast);
		mxPop();
	}
	last = ballast.value.reference;
	for (slot = the->freeHeap; slot; slot = slot->next)
		count--;
	for (; count < 0; count++) {
		slot = the->freeHeap;
		the->freeHeap = slot->next;
		slot->ID = XS_NO_ID;
		slot->flag = XS_INTERNAL_FLAG;
		slot->kind = XS_UNDEFINED_KIND;
		slot->next = last->next;
		last->next = slot;
		the->currentHeapCount++;
		spare++;
	}
}

/*
 * seal(slots, chunkBytes, stackSlots, moreSlots, moreBytes, limit): from now on the heap has so much room, as a chip's machine with
 * such a creation after its preloaded modules. It grows in steps of moreSlots and moreBytes, and with what is taken outside of it by
 * limit bytes at most; more ends the program. May be called again.
 */
static void xs_seal(txMachine* the)
{
	txInteger slots = fxToInteger(the, mxArgv(0));
	txInteger bytes = fxToInteger(the, mxArgv(1));
	txInteger stackSlots = fxToInteger(the, mxArgv(2));
	txBlock* block;
	fxCollectGarbage(the);
	if (!sealed)
		cutHeap(the, slots);
	leaveFree(the, slots);
	block = the->firstBlock;
	the->maximumChunksSize -= block->limit - block->current - bytes;
	block->limit = block->current + bytes;
	if (the->stack - stackSlots > the->stackBottom || sealed)
		the->stackBottom = the->stack - stackSlots;
	the->minimumHeapCount = fxToInteger(the, mxArgv(3));
	the->minimumChunksSize = fxToInteger(the, mxArgv(4));
	the->collectFlag &= ~XS_TRASHING_FLAG;
	sealed = the;
	sealedAt = mostTaken = the->allocatedSpace;
	the->allocationLimit = sealedAt + fxToInteger(the, mxArgv(5));
}

/* taken(): the most bytes since seal() that the heap has grown by and that were taken outside of it. */
static void xs_taken(txMachine* the)
{
	noteTaken();
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = (double)mostTaken - (double)sealedAt;
}

/* keys(): how many names the engine knows; it never forgets one, as the firmware's build does not. */
static void xs_keys(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = the->keyIndex;
}

static void define(txMachine* the, txString name, txCallback callback)
{
	fxNewHostFunction(the, callback, 0, XS_NO_ID, XS_NO_ID);
	mxPush(mxGlobal);
	fxDefineID(the, fxID(the, name), XS_DONT_ENUM_FLAG, XS_DONT_ENUM_FLAG);
	mxPop();
}

void modInstallBase64(txMachine* the)
{
	define(the, "meter", xs_meter);
	define(the, "bytes", xs_bytes);
	define(the, "slots", xs_slots);
	define(the, "petrify", xs_petrify);
	define(the, "stack", xs_stack);
	define(the, "seal", xs_seal);
	define(the, "taken", xs_taken);
	define(the, "keys", xs_keys);
}

/* The worker's table of functions names them. */
void xs_base64_encode(txMachine* the) {}
void xs_base64_decode(txMachine* the) {}
