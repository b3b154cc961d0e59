/* The parts of the device's program. */

#pragma once

#include "xsmc.h"

/* Gives JavaScript the object `host`. */
void hostInstall(xsMachine *the);
/* The time of the alarm that JavaScript has set, ms on its clock. */
double hostAlarm(void);
/* Calls JavaScript's alarm. */
void hostRing(xsMachine *the);
/* Gives JavaScript a line of the standard input. Posted to XS's thread with the line, which is freed. */
void hostCommand(void *the, void *line, uint8_t *message, uint16_t length);
/* ms since the start. */
double hostTicks(void);
/* Bytes in use of XS's heap after a collection. */
double heapBytes(xsMachine *the);
/* From now on this share of the allocations of the chip's sockets fails. */
void memoryFail(double share);
