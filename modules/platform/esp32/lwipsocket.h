/*
 * What the sockets over lwIP share. docs/sockets.md describes how they work.
 *
 * Two tasks use a socket: XS's, in which its JavaScript runs, and lwIP's. All of lwIP's structures belong to lwIP's task
 * alone, and so do the fields of a socket that are marked as lwIP's. XS's task reaches them by `callLwip`, which waits.
 * lwIP's task never waits for XS's.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lwip/ip_addr.h"

#include "xsmc.h"
#include "xsHost.h"

/* Events of a socket. Of several that are pending the lowest bit is reported first. */
enum {
	WRITABLE = 1 << 0,
	READABLE = 1 << 1,
	FAILED = 1 << 2,
};

typedef struct Socket Socket;

/* The behaviour of one kind of socket. */
typedef struct {
	/* lwIP's task: sets `count`, the argument of `event`. Returns false where the event is out of date. */
	bool (*check)(Socket *socket, uint8_t event, int *count);
	/* lwIP's task: sends the bytes written. NULL where a write sends at once. */
	void (*flush)(Socket *socket);
	/* XS's task: calls back. */
	void (*report)(xsMachine *the, Socket *socket, uint8_t event, int count);
} SocketKind;

struct Socket {
	const SocketKind *kind;
	/* XS's. */
	xsSlot object;
	xsSlot *onReadable, *onWritable, *onError;
	/* lwIP's: the next socket in the list of ready ones, or in a listener's queue. */
	Socket *next;
	/* lwIP's: pending events; events that have a callback. */
	uint8_t events, watched;
	/* lwIP's: whether it is in the list of ready sockets; whether written bytes are to be sent. */
	bool ready, unsent;
};

/* XS's task: runs `function` in lwIP's task and waits for its end. */
void callLwip(void (*function)(void *), void *it);

/* --- lwIP's task, lwipsocket.c --- */

void socketHappened(Socket *socket, uint8_t events);
/* `flush` is called before the next event is reported. */
void socketWrote(Socket *socket);
/* From now on these events are reported, pending ones included. */
void socketWatch(Socket *socket, uint8_t watched, xsMachine *machine);
/* No event is reported any more. */
void socketForget(Socket *socket);

/* --- XS's task, lwipobject.c --- */

typedef struct {
	xsSlot *onReadable, *onWritable, *onError;
} Callbacks;

typedef struct {
	Callbacks callbacks;
	/* 0 for none. */
	uint16_t port;
} SocketOptions;

/* Reads the options in xsArg(0), and sets `target` of xsThis. Throws if a callback or the port is invalid. Uses xsVar(0). */
void optionsGet(xsMachine *the, SocketOptions *options);
/* The events that have a callback. */
uint8_t callbacksWatched(const Callbacks *callbacks);
/* Zeroed memory for a socket of `size` bytes, which `free` releases. Throws without a network or memory. */
void *socketNew(xsMachine *the, size_t size, const SocketKind *kind);
/* Makes xsThis the socket's object, which stays until `socketRelease`. Throws nothing. */
void socketBind(xsMachine *the, Socket *socket, const xsHostHooks *hooks, const Callbacks *callbacks);
/* Takes the socket from its object, which may be collected then. */
void socketRelease(xsMachine *the, Socket *socket);
/* The socket of xsThis. Throws if it is closed. */
void *socketThis(xsMachine *the, const xsHostHooks *hooks);
/* Releases and frees a socket whose port lwIP has refused, and throws. */
void socketRefuse(xsMachine *the, Socket *socket, uint16_t port, int error);
/* Calls onReadable or onWritable with `count`, or onError. */
void socketReport(xsMachine *the, Socket *socket, uint8_t event, int count);
void socketMark(xsMachine *the, void *it, xsMarkRoot markRoot);

/* Throws if `slot` is no address. */
void addressGet(xsMachine *the, xsSlot *slot, ip_addr_t *address);
void addressSet(xsMachine *the, xsSlot *slot, const ip_addr_t *address);
