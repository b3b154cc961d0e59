/* The functions of the SDK's header that the sockets use: messages to XS. */

#pragma once

#include <stdint.h>

typedef void (*modMessageDeliver)(void *the, void *it, uint8_t *message, uint16_t length);

int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *it);
