/* The class TCP: ECMA-419's TCP socket. XS's task; lwipconnection.c is the other side. */

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

/* The collector's, of a connection that nobody took over; and at the machine's end. */
void xs_tcp_destructor(void *it)
{
	if (!it)
		return;
	callLwip(connectionClose, it);
	free(it);
}

/* A connection to the peer that the options name. */
static TCP *connectNew(xsMachine *the)
{
	ip_addr_t address;
	uint16_t port = portGet(the);
	if (port == 0)
		xsRangeError("invalid port");
	xsmcGet(xsVar(0), xsArg(0), xsID_address);
	addressGet(the, &xsVar(0), &address);
	CHECK_NETWORK_SAFE();
	TCP *tcp = calloc(1, sizeof(TCP));
	if (!tcp)
		xsUnknownError("no memory");
	tcp->socket.kind = &tcpKind;
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

/* The connection of the option `from`, which is closed then; NULL if that has none. */
static TCP *takeOver(xsMachine *the)
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
	Callbacks callbacks;
	xsmcVars(1);
	callbacksGet(the, &callbacks);
	builtinInitializeTarget(the);
	TCP *tcp = xsmcHas(xsArg(0), xsID_from) ? takeOver(the) : connectNew(the);
	socketBind(the, &tcp->socket, &tcpHooks, &callbacks);
	Adopt adopt = { .tcp = tcp, .watched = callbacksWatched(&callbacks), .machine = the };
	callLwip(connectionAdopt, &adopt);
}

/* read(length) */
void xs_tcp_read(xsMachine *the)
{
	TCP *tcp = thisTCP(the);
	Read read = { .tcp = tcp };
	if (tcp->known == 0) {
		callLwip(connectionRead, &read);
		tcp->known = read.unread;
		if (tcp->known == 0)
			return;
	}
	int length = xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) != xsUndefinedType ? xsmcToInteger(xsArg(0)) : tcp->known;
	if (length <= 0 || length > tcp->known)
		xsRangeError("invalid length");
	read.to = xsmcSetArrayBuffer(xsResult, NULL, length);
	read.length = (uint16_t)length;
	callLwip(connectionRead, &read);
	tcp->known = read.unread;
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
		xsmcSetInteger(xsResult, write.room);
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
