/*
 * What the sockets over lwIP share. docs/sockets.md tells how they work.
 *
 * Two tasks use a socket: XS's, in which its JavaScript runs, and lwIP's. All of lwIP's structures, and of a socket what is
 * marked as lwIP's, belong to lwIP's task alone: XS's task reaches them by `callLwip`, which waits. lwIP's task never waits
 * for XS's.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lwip/ip_addr.h"

#include "xsmc.h"
#include "xsHost.h"

/* What is told of a socket; of several things that happened, the lowest bit first. */
enum {
	WRITABLE = 1 << 0,
	READABLE = 1 << 1,
	FAILED = 1 << 2,
};

typedef struct Socket Socket;

/* What differs between kinds of sockets. */
typedef struct {
	/* lwIP's task: sets `count`, which is told with `event`, unless that is out of date. Returns whether it is told. */
	bool (*check)(Socket *socket, uint8_t event, int *count);
	/* lwIP's task: sends what was written. NULL where nothing waits. */
	void (*flush)(Socket *socket);
	/* XS's task: calls back. */
	void (*tell)(xsMachine *the, Socket *socket, uint8_t event, int count);
} SocketKind;

struct Socket {
	const SocketKind *kind;
	/* XS's. */
	xsSlot object;
	xsSlot *onReadable, *onWritable, *onError;
	/* lwIP's: the next socket that is ready, or that waits in a listener. */
	Socket *next;
	/* lwIP's: what has happened and is not told; what somebody listens to. */
	uint8_t events, watched;
	/* lwIP's: whether it is in the list of those that are ready; whether something written is to be sent. */
	bool ready, unsent;
};

/* XS's task: runs `function` in lwIP's task and waits for its end. */
void callLwip(void (*function)(void *), void *it);

/* --- lwIP's task, lwipsocket.c --- */

void socketHappened(Socket *socket, uint8_t events);
/* `flush` is called before the next thing is told. */
void socketWrote(Socket *socket);
/* From now on these are told, what has happened before too. */
void socketWatch(Socket *socket, uint8_t watched, xsMachine *machine);
/* Nothing is told any more. */
void socketForget(Socket *socket);

/* --- XS's task, lwipobject.c --- */

typedef struct {
	xsSlot *onReadable, *onWritable, *onError;
} Callbacks;

/* Of the options in xsArg(0). Throws if one is no function. */
void callbacksGet(xsMachine *the, Callbacks *callbacks);
/* Which events have a callback. */
uint8_t callbacksWatched(const Callbacks *callbacks);
/* Makes xsThis the socket's object, which stays until `socketRelease`. Throws nothing. */
void socketBind(xsMachine *the, Socket *socket, const xsHostHooks *hooks, const Callbacks *callbacks);
/* The socket's object has no socket any more and may be collected. */
void socketRelease(xsMachine *the, Socket *socket);
/* The socket of xsThis. Throws if it is closed. */
void *socketThis(xsMachine *the, const xsHostHooks *hooks);
/* Calls onReadable or onWritable with `count`, or onError. */
void socketTell(xsMachine *the, Socket *socket, uint8_t event, int count);
void socketMark(xsMachine *the, void *it, xsMarkRoot markRoot);

/* Of the options in xsArg(0); throws if it is no port. Uses xsVar(0). */
uint16_t portGet(xsMachine *the);
/* Throws if `slot` is no address. */
void addressGet(xsMachine *the, xsSlot *slot, ip_addr_t *address);
void addressSet(xsMachine *the, xsSlot *slot, const ip_addr_t *address);
