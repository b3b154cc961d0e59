/* A TCP connection in lwIP's task. */

#pragma once

#include "lwip/tcp.h"

#include "lwipreceived.h"
#include "lwipsocket.h"

typedef struct {
	/* The first: one is cast to the other. */
	Socket socket;
	/* XS's: unread bytes that it knows of. */
	uint16_t known;
	/* The peer's, which stay. */
	uint16_t port;
	ip_addr_t address;
	/* lwIP's, like all that follows: NULL once the connection is lost. */
	struct tcp_pcb *pcb;
	/* The listener in which it waits. */
	struct Listener *listener;
	Received received;
	/* Whether it is up; whether the peer sends no more, or it is lost; whether that was told; whether the device opened it. */
	bool connected, ended, told, outgoing;
} TCP;

extern const SocketKind tcpKind;
/* Of the objects that have one: lwiptcp.c. */
extern const xsHostHooks tcpHooks;

/* Connections that the device opens, at a time. */
#define MAX_OUTGOING 2

/* Takes a connection that a peer has opened. Returns NULL without memory. */
TCP *connectionAccept(struct tcp_pcb *pcb);

/* For callLwip. */

/* Opens one to the peer whose address is there. `error` is lwIP's; ERR_WOULDBLOCK where the device has opened as many as it may. */
typedef struct {
	TCP *tcp;
	err_t error;
} Connect;
void connectionConnect(void *it);

/* From now on XS is told what happens. */
typedef struct {
	TCP *tcp;
	uint8_t watched;
	xsMachine *machine;
} Adopt;
void connectionAdopt(void *it);

/* Takes `length` bytes of `unread`, of which that leaves so many. */
typedef struct {
	TCP *tcp;
	uint8_t *to;
	uint16_t length, unread;
} Read;
void connectionRead(void *it);

/* Sends all of the bytes, or nothing: more than there is room for, or the connection is lost. */
typedef struct {
	TCP *tcp;
	const void *bytes;
	uint32_t length;
	uint16_t room;
	bool lost, blocked;
} Write;
void connectionWrite(void *it);

/* Nothing is told any more; what was written goes out. The record may be freed then. `it` is the TCP. */
void connectionClose(void *it);

/* A connection in its queue has been lost, and is freed after this. */
void listenerLose(struct Listener *listener, TCP *tcp);
