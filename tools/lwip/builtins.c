/* The SDK's functions that the sockets use, for the XS of npm. */

#include "xsmc.h"

#include "builtinCommon.h"
#include "mc.xs.h"

xsSlot *builtinGetCallback(xsMachine *the, xsIdentifier name)
{
	xsSlot slot;
	xsmcGet(slot, xsArg(0), name);
	xsType type = xsmcTypeOf(slot);
	if (type == xsUndefinedType || type == xsNullType)
		return NULL;
	if (!xsmcIsCallable(slot))
		xsUnknownError("no function");
	return fxToReference(the, &slot);
}

void builtinInitializeTarget(xsMachine *the)
{
	if (!xsmcHas(xsArg(0), xsID_target))
		return;
	xsSlot target;
	xsmcGet(target, xsArg(0), xsID_target);
	xsmcSet(xsThis, xsID_target, target);
}

int32_t builtinGetSignedInteger(xsMachine *the, xsSlot *slot)
{
	if (xsmcTypeOf(*slot) == xsUndefinedType)
		xsUnknownError("no number");
	return xsmcToInteger(*slot);
}
