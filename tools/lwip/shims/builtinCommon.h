/* The functions of the SDK's header that the sockets use. */

#pragma once

#include <stdint.h>

#define CHECK_NETWORK_SAFE()

/* A callback of the options in xsArg(0), or NULL. */
xsSlot *builtinGetCallback(xsMachine *the, xsIdentifier name);
/* Sets the property `target` of xsThis if the options have it. */
void builtinInitializeTarget(xsMachine *the);
int32_t builtinGetSignedInteger(xsMachine *the, xsSlot *slot);
