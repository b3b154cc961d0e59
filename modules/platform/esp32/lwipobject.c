/* A socket as JavaScript has it: an object, its callbacks, and what its options say. XS's task. */

#include "lwipsocket.h"

#include "mc.xs.h"
#include "builtinCommon.h"

void socketTell(xsMachine *the, Socket *socket, uint8_t event, int count)
{
	if (event == FAILED) {
		xsCallFunction0(xsReference(socket->onError), socket->object);
		return;
	}
	xsmcSetInteger(xsResult, count);
	xsCallFunction1(xsReference(event == READABLE ? socket->onReadable : socket->onWritable), socket->object, xsResult);
}

void callbacksGet(xsMachine *the, Callbacks *callbacks)
{
	callbacks->onReadable = builtinGetCallback(the, xsID_onReadable);
	callbacks->onWritable = builtinGetCallback(the, xsID_onWritable);
	callbacks->onError = builtinGetCallback(the, xsID_onError);
}

uint8_t callbacksWatched(const Callbacks *callbacks)
{
	return (callbacks->onWritable ? WRITABLE : 0) | (callbacks->onReadable ? READABLE : 0) |
		(callbacks->onError ? FAILED : 0);
}

void socketBind(xsMachine *the, Socket *socket, const xsHostHooks *hooks, const Callbacks *callbacks)
{
	socket->object = xsThis;
	socket->onReadable = callbacks->onReadable;
	socket->onWritable = callbacks->onWritable;
	socket->onError = callbacks->onError;
	xsmcSetHostData(xsThis, socket);
	xsSetHostHooks(xsThis, (xsHostHooks *)hooks);
	xsRemember(socket->object);
}

void socketRelease(xsMachine *the, Socket *socket)
{
	xsForget(socket->object);
	xsmcSetHostData(socket->object, NULL);
	socket->onReadable = socket->onWritable = socket->onError = NULL;
}

void *socketThis(xsMachine *the, const xsHostHooks *hooks)
{
	void *socket = xsmcGetHostDataValidate(xsThis, (void *)hooks);
	if (!socket)
		xsUnknownError("closed");
	return socket;
}

void socketMark(xsMachine *the, void *it, xsMarkRoot markRoot)
{
	Socket *socket = it;
	if (!socket)
		return;
	if (socket->onReadable)
		(*markRoot)(the, socket->onReadable);
	if (socket->onWritable)
		(*markRoot)(the, socket->onWritable);
	if (socket->onError)
		(*markRoot)(the, socket->onError);
}

uint16_t portGet(xsMachine *the)
{
	xsmcGet(xsVar(0), xsArg(0), xsID_port);
	int port = builtinGetSignedInteger(the, &xsVar(0));
	if (port < 0 || port > 0xFFFF)
		xsRangeError("invalid port");
	return (uint16_t)port;
}

void addressGet(xsMachine *the, xsSlot *slot, ip_addr_t *address)
{
	if (!ipaddr_aton(xsmcToString(*slot), address))
		xsRangeError("invalid address");
}

void addressSet(xsMachine *the, xsSlot *slot, const ip_addr_t *address)
{
	char text[IPADDR_STRLEN_MAX];
	xsmcSetString(*slot, ipaddr_ntoa_r(address, text, sizeof(text)));
}
