/* The class Listener: ECMA-419's TCP listener socket. Connections wait in it, and what they receive meanwhile waits with them. */

#include "lwipconnection.h"

#include <stdlib.h>

#include "mc.xs.h"
#include "builtinCommon.h"

/*
 * Connections taken at a time, those that wait included. One of lwIP's pcbs is the listener's own, and some are left to
 * connections that the device opens. The SYN of a further peer is dropped; it sends another after a second.
 */
#define MAX_TAKEN (MEMP_NUM_TCP_PCB - 1 - MAX_OUTGOING)

typedef struct Listener {
	/* The first: one is cast to the other. */
	Socket socket;
	/* lwIP's, like all that follows. */
	struct tcp_pcb *pcb;
	Socket *first, *last;
	uint16_t waiting;
} Listener;

void xs_listener_destructor(void *it);

static const xsHostHooks hooks = { xs_listener_destructor, socketMark, NULL };

/* --- lwIP's task --- */

static bool check(Socket *socket, uint8_t event, int *count)
{
	*count = ((Listener *)socket)->waiting;
	return event == READABLE && *count > 0;
}

static const SocketKind listenerKind = { check, NULL, socketTell };

static err_t onAccepted(void *it, struct tcp_pcb *pcb, err_t error)
{
	Listener *listener = it;
	if (error || !pcb)
		return ERR_VAL;
	TCP *tcp = connectionAccept(pcb);
	if (!tcp)
		return ERR_MEM;
	/* Counts until it is closed, so that lwIP takes no more than there are. */
	tcp_backlog_delayed(pcb);
	tcp->listener = listener;
	tcp->socket.next = NULL;
	if (listener->first)
		listener->last->next = &tcp->socket;
	else
		listener->first = &tcp->socket;
	listener->last = &tcp->socket;
	listener->waiting++;
	socketHappened(&listener->socket, READABLE);
	return ERR_OK;
}

void listenerLose(Listener *listener, TCP *tcp)
{
	Socket *before = NULL;
	for (Socket *other = listener->first; other != &tcp->socket; other = other->next)
		before = other;
	if (before)
		before->next = tcp->socket.next;
	else
		listener->first = tcp->socket.next;
	if (listener->last == &tcp->socket)
		listener->last = before;
	listener->waiting--;
}

typedef struct {
	Listener *listener;
	uint16_t port;
	xsMachine *machine;
	err_t error;
} Listen;

static void openListener(void *it)
{
	Listen *listen = it;
	struct tcp_pcb *pcb = tcp_new();
	if (!pcb) {
		listen->error = ERR_MEM;
		return;
	}
	pcb->so_options |= SOF_REUSEADDR;
	listen->error = tcp_bind(pcb, IP_ADDR_ANY, listen->port);
	struct tcp_pcb *listening =
		listen->error ? NULL : tcp_listen_with_backlog_and_err(pcb, MAX_TAKEN, &listen->error);
	if (!listening) {
		tcp_close(pcb);
		return;
	}
	listen->listener->pcb = listening;
	listen->port = listening->local_port;
	tcp_arg(listening, listen->listener);
	tcp_accept(listening, onAccepted);
	socketWatch(&listen->listener->socket, READABLE, listen->machine);
}

typedef struct {
	Listener *listener;
	TCP *tcp;
} Next;

static void takeNext(void *it)
{
	Next *next = it;
	next->tcp = (TCP *)next->listener->first;
	if (!next->tcp)
		return;
	listenerLose(next->listener, next->tcp);
	next->tcp->listener = NULL;
}

static void closeListener(void *it)
{
	Listener *listener = it;
	socketForget(&listener->socket);
	tcp_close(listener->pcb);
	while (listener->first) {
		TCP *tcp = (TCP *)listener->first;
		listener->first = tcp->socket.next;
		connectionClose(tcp);
		free(tcp);
	}
}

static void askPort(void *it)
{
	Listen *listen = it;
	listen->port = listen->listener->pcb->local_port;
}

/* --- XS's task --- */

void xs_listener_destructor(void *it)
{
	if (!it)
		return;
	callLwip(closeListener, it);
	free(it);
}

/* new Listener({ port, onReadable, … }) */
void xs_listener_constructor(xsMachine *the)
{
	Callbacks callbacks;
	xsmcVars(1);
	callbacksGet(the, &callbacks);
	uint16_t port = xsmcHas(xsArg(0), xsID_port) ? portGet(the) : 0;
	builtinInitializeTarget(the);
	CHECK_NETWORK_SAFE();
	Listener *listener = calloc(1, sizeof(Listener));
	if (!listener)
		xsUnknownError("no memory");
	listener->socket.kind = &listenerKind;
	Listen it = { .listener = listener, .port = port, .machine = the };
	socketBind(the, &listener->socket, &hooks, &callbacks);
	callLwip(openListener, &it);
	if (it.error) {
		socketRelease(the, &listener->socket);
		free(listener);
		xsUnknownError("port %d: %d", port, it.error);
	}
}

/* read(tcp): fills `tcp` with the next connection and returns it. */
void xs_listener_read(xsMachine *the)
{
	Next it = { .listener = socketThis(the, &hooks) };
	callLwip(takeNext, &it);
	if (!it.tcp)
		return;
	xsmcSetHostData(xsArg(0), it.tcp);
	xsSetHostHooks(xsArg(0), (xsHostHooks *)&tcpHooks);
	xsResult = xsArg(0);
}

void xs_listener_close(xsMachine *the)
{
	Listener *listener = xsmcGetHostDataValidate(xsThis, (void *)&hooks);
	if (!listener)
		return;
	callLwip(closeListener, listener);
	socketRelease(the, &listener->socket);
	free(listener);
}

void xs_listener_get_port(xsMachine *the)
{
	Listen it = { .listener = socketThis(the, &hooks) };
	callLwip(askPort, &it);
	xsmcSetInteger(xsResult, it.port);
}
