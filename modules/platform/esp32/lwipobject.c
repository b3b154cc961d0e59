/* The JavaScript object of a socket, its callbacks and its options. XS's task. */

#include "lwipsocket.h"

#include <stdlib.h>

#include "mc.xs.h"
#include "builtinCommon.h"

void socketReport(xsMachine *the, Socket *socket, uint8_t event, int count)
{
	if (event == FAILED) {
		xsCallFunction0(xsReference(socket->onError), socket->object);
		return;
	}
	xsmcSetInteger(xsResult, count);
	xsCallFunction1(xsReference(event == READABLE ? socket->onReadable : socket->onWritable), socket->object, xsResult);
}

void optionsGet(xsMachine *the, SocketOptions *options)
{
	int port = 0;
	options->callbacks.onReadable = builtinGetCallback(the, xsID_onReadable);
	options->callbacks.onWritable = builtinGetCallback(the, xsID_onWritable);
	options->callbacks.onError = builtinGetCallback(the, xsID_onError);
	if (xsmcHas(xsArg(0), xsID_port)) {
		xsmcGet(xsVar(0), xsArg(0), xsID_port);
		port = builtinGetSignedInteger(the, &xsVar(0));
	}
	if (port < 0 || port > 0xFFFF)
		xsRangeError("invalid port");
	options->port = (uint16_t)port;
	builtinInitializeTarget(the);
}

uint8_t callbacksWatched(const Callbacks *callbacks)
{
	return (callbacks->onWritable ? WRITABLE : 0) | (callbacks->onReadable ? READABLE : 0) |
		(callbacks->onError ? FAILED : 0);
}

void *socketNew(xsMachine *the, size_t size, const SocketKind *kind)
{
	CHECK_NETWORK_SAFE();
	Socket *socket = calloc(1, size);
	if (!socket)
		xsUnknownError("no memory");
	socket->kind = kind;
	return socket;
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

void socketRefuse(xsMachine *the, Socket *socket, uint16_t port, int error)
{
	socketRelease(the, socket);
	free(socket);
	xsUnknownError("port %d: %d", port, error);
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
