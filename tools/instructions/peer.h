/* The clients at the other end of the cable: TCP as far as a client in good order needs it. They cost the device nothing. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PEERS 32
/* Of them the broker; those before it are clients. */
#define BROKER (PEERS - 1)

/* Opens connection `number`, a client's. */
void peerOpen(int number);
/* Leaves it to the device to open. `take` gets what comes on it, and nothing, of length 0, whenever it opens. */
void peerListen(int number, unsigned port, void (*take)(int number, const uint8_t *bytes, size_t length));
/* Sends on it from within `take`, in one segment. */
void peerReply(int number, const uint8_t *bytes, size_t length);
void peerSend(int number, const uint8_t *bytes, size_t length);
/* Ends it, unless the device has. */
void peerClose(int number);
/* What has come on it since it last sent. */
const char *peerText(int number, size_t *length);
/* The device's network interface sends by this. */
void peerTake(const uint8_t *bytes, size_t length);
/* Exchanges frames until neither side has any. */
void peerWork(void);
/* Bytes of IP packets and frames since the start, to the device and from it. */
extern uint32_t framesIn, framesOut, bytesOut;
