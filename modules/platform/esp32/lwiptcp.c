/* The class TCP: ECMA-419's TCP socket. XS's task; lwipconnection.c runs in lwIP's. */

#include "lwipconnection.h"

#include <stdlib.h>

#include "mc.xs.h"
#include "builtinCommon.h"

void xs_tcp_destructor(void *it);

const xsHostHooks tcpHooks = { xs_tcp_destructor, socketMark, NULL };

static TCP *thisTCP(xsMachine *the)
{
	return socketThis(the, &tcpHooks);
}

/* Called by the collector for a connection that was read and not adopted, and at the machine's end. */
void xs_tcp_destructor(void *it)
{
	if (!it)
		return;
	callLwip(connectionClose, it);
	free(it);
}

/* Opens a connection to the option `address`. */
static TCP *connectNew(xsMachine *the, uint16_t port)
{
	ip_addr_t address;
	if (port == 0)
		xsRangeError("invalid port");
	xsmcGet(xsVar(0), xsArg(0), xsID_address);
	addressGet(the, &xsVar(0), &address);
	TCP *tcp = socketNew(the, sizeof(TCP), &tcpKind);
	tcp->address = address;
	tcp->port = port;
	Connect connect = { .tcp = tcp };
	callLwip(connectionConnect, &connect);
	if (connect.error) {
		free(tcp);
		if (connect.error == ERR_WOULDBLOCK)
			xsUnknownError("too many connections");
		xsUnknownError("not connected: %d", connect.error);
	}
	return tcp;
}

/* Takes the connection of the option `from`, which is closed then. */
static TCP *adopt(xsMachine *the)
{
	xsmcGet(xsVar(0), xsArg(0), xsID_from);
	TCP *tcp = xsmcGetHostDataValidate(xsVar(0), (void *)&tcpHooks);
	if (!tcp)
		xsUnknownError("invalid from");
	xsForget(tcp->socket.object);
	xsmcSetHostData(xsVar(0), NULL);
	return tcp;
}

/* new TCP({ from, … }) or new TCP({ address, port, … }) */
void xs_tcp_constructor(xsMachine *the)
{
	SocketOptions options;
	xsmcVars(1);
	optionsGet(the, &options);
	TCP *tcp = xsmcHas(xsArg(0), xsID_from) ? adopt(the) : connectNew(the, options.port);
	socketBind(the, &tcp->socket, &tcpHooks, &options.callbacks);
	Adopt it = { .tcp = tcp, .watched = callbacksWatched(&options.callbacks), .machine = the };
	callLwip(connectionAdopt, &it);
}

/* read(length) */
void xs_tcp_read(xsMachine *the)
{
	TCP *tcp = thisTCP(the);
	Read read = { .tcp = tcp };
	if (tcp->unread == 0) {
		callLwip(connectionRead, &read);
		tcp->unread = read.unread;
		if (tcp->unread == 0)
			return;
	}
	int length = xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) != xsUndefinedType ? xsmcToInteger(xsArg(0)) : tcp->unread;
	if (length <= 0 || length > tcp->unread)
		xsRangeError("invalid length");
	read.to = xsmcSetArrayBuffer(xsResult, NULL, length);
	read.length = (uint16_t)length;
	callLwip(connectionRead, &read);
	tcp->unread = read.unread;
}

/* write(bytes) */
void xs_tcp_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	Write write = { .tcp = thisTCP(the) };
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	write.bytes = bytes;
	write.length = length;
	callLwip(connectionWrite, &write);
	if (write.blocked)
		xsUnknownError("would block");
	if (!write.lost)
		xsmcSetInteger(xsResult, write.space);
}

/* writeAll(sockets, bytes): an array of those that did not take the bytes. */
void xs_tcp_writeAll(xsMachine *the)
{
	WriteAll all;
	int refused = 0;
	xsmcVars(1);
	xsmcGet(xsVar(0), xsArg(0), xsID_length);
	int length = xsmcToInteger(xsVar(0));
	xsmcSetNewArray(xsResult, 0);
	for (int first = 0; first < length; first += all.count) {
		for (all.count = 0; all.count < MAX_AT_ONCE && first + all.count < length; all.count++) {
			xsmcGetIndex(xsVar(0), xsArg(0), first + all.count);
			TCP *tcp = xsmcGetHostDataValidate(xsVar(0), (void *)&tcpHooks);
			if (!tcp)
				xsUnknownError("closed");
			all.writes[all.count] = (Write){ .tcp = tcp };
		}
		void *bytes;
		xsUnsignedValue byteLength;
		xsmcGetBufferReadable(xsArg(1), &bytes, &byteLength);
		all.bytes = bytes;
		all.length = byteLength;
		callLwip(connectionWriteAll, &all);
		for (int at = 0; at < all.count; at++) {
			if (!all.writes[at].lost && !all.writes[at].blocked)
				continue;
			xsmcGetIndex(xsVar(0), xsArg(0), first + at);
			xsmcSetIndex(xsResult, refused++, xsVar(0));
		}
	}
}

void xs_tcp_close(xsMachine *the)
{
	TCP *tcp = xsmcGetHostDataValidate(xsThis, (void *)&tcpHooks);
	if (!tcp)
		return;
	callLwip(connectionClose, tcp);
	socketRelease(the, &tcp->socket);
	free(tcp);
}

void xs_tcp_get_remoteAddress(xsMachine *the)
{
	addressSet(the, &xsResult, &thisTCP(the)->address);
}

void xs_tcp_get_remotePort(xsMachine *the)
{
	xsmcSetInteger(xsResult, thisTCP(the)->port);
}
