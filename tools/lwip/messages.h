/* The queue of messages for XS's thread: as long as the chip's, and posting never waits. */

#pragma once

#include <stdbool.h>

#include "xsmc.h"
#include "xsHost.h"

/* As in the manifest's `defines` for the chip. */
#define QUEUE_LENGTH 64

typedef struct {
	modMessageDeliver deliver;
	void *it;
} Message;

/* Waits for the next, at most `ms`. Returns whether there was one. */
bool messageTake(Message *message, double ms);

/* The most messages that waited so far; posts refused. */
void messageCounts(unsigned *most, unsigned *refused);

/* From now on this share of the posts is refused, as by a full queue. */
void messageRefuse(double share);
