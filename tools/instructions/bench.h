/* The parts of the program that counts instructions: one thread, a clock that stands, and nothing left to chance. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xsmc.h"

/* --- flash.c --- */

/* Puts all that there is in XS's heap out of the collector's reach, as what is preloaded into flash is. The heap is new then. */
void flashSeal(xsMachine *the, int slots, int moreSlots, int chunkBytes, int moreBytes);
/* Bytes of slots and chunks in use after a collection. */
void heapKept(xsMachine *the, uint32_t *slots, uint32_t *chunks);
/* Bytes of slots and chunks allocated so far. */
uint64_t heapAllocated(xsMachine *the);
/* Collections so far. */
extern uint32_t collections;
/* References from what is sealed to what is not: the collector would not see them. */
int flashLeaks(xsMachine *the);

/* --- census.c --- */

/* After a collection: what belongs to which part of the app is not known yet. */
void censusBegin(xsMachine *the);
/* The object is a part's. */
void censusClaim(xsMachine *the, xsSlot *object);
/* Bytes of slots and chunks of a part that was claimed: what its object leads to, without what was counted before, and without other parts. */
void censusCount(xsMachine *the, xsSlot *object, uint32_t *slots, uint32_t *chunks);

/* --- system.c --- */

/* ms */
extern uint32_t systemTicks;
/* Switches between the tasks that there are on the chip: calls into lwIP's, and messages to XS's. */
extern uint32_t switches;
/* Delivers the messages for XS. */
void systemDeliver(xsMachine *the);

/* --- memory.c --- */

/* Calls of malloc and its kin from the sockets and lwIP; bytes in use, and the most since this was last zeroed. */
extern uint32_t allocations, bytesInUse, bytesMost;

/* --- host.c --- */

void hostInstall(xsMachine *the);
/* Reports a line to the app's `host.onCommand`. */
void hostCommand(xsMachine *the, const char *line);
/* Calls the app's `host.onAlarm` if it is due. */
void hostRing(xsMachine *the);

/* --- the machine, main.c --- */

/* Ends what is counted, under this name, and begins to count what follows. */
void benchLap(const char *name);

/* Gives the device a frame, and lets it do all that follows. */
void deviceReceive(const uint8_t *bytes, size_t length);
/* Lets it do `action`, and all that follows. */
void deviceWork(void (*action)(xsMachine *the, const char *line), const char *line);
