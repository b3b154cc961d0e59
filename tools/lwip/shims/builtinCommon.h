/* Of the SDK's header what the sockets use. */

#pragma once

#include <stdint.h>

#define CHECK_NETWORK_SAFE()

/* Of the options in xsArg(0): NULL where there is none. */
xsSlot *builtinGetCallback(xsMachine *the, xsIdentifier name);
/* Sets the property `target` of xsThis if the options have it. */
void builtinInitializeTarget(xsMachine *the);
int32_t builtinGetSignedInteger(xsMachine *the, xsSlot *slot);
