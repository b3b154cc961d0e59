/* A TCP connection in lwIP's task. */

#pragma once

#include "lwip/tcp.h"

#include "lwipreceived.h"
#include "lwipsocket.h"

typedef struct {
	/* The first: one is cast to the other. */
	Socket socket;
	/* XS's: unread bytes at the last report or read. */
	uint16_t unread;
	/* The peer's, also after the connection is lost. */
	uint16_t port;
	ip_addr_t address;
	/* lwIP's, like all that follows: NULL once the connection is lost. */
	struct tcp_pcb *pcb;
	/* The listener in which it waits. */
	struct Listener *listener;
	Received received;
	/* Whether it is up; whether the peer's FIN came or it is lost; whether that was reported; whether the device opened it. */
	bool connected, ended, reported, outgoing;
	/* Whether XS knows of so much free space that it waits for no more. */
	bool ample;
} TCP;

extern const SocketKind tcpKind;
/* The hooks of its JavaScript object: lwiptcp.c. */
extern const xsHostHooks tcpHooks;

/* Connections that the device may have opened at a time. */
#define MAX_OUTGOING 2

/* Makes the record of a connection that a peer has opened. Returns NULL without memory. */
TCP *connectionAccept(struct tcp_pcb *pcb);

/* The functions below are for callLwip. */

/* Opens a connection to the peer whose address is in the record. `error` is lwIP's; ERR_WOULDBLOCK where the device has opened as many as it may. */
typedef struct {
	TCP *tcp;
	err_t error;
} Connect;
void connectionConnect(void *it);

/* Reports events to XS from now on. */
typedef struct {
	TCP *tcp;
	uint8_t watched;
	xsMachine *machine;
} Adopt;
void connectionAdopt(void *it);

/* Takes `length` bytes, and sets how many are unread then. */
typedef struct {
	TCP *tcp;
	uint8_t *to;
	uint16_t length, unread;
} Read;
void connectionRead(void *it);

/* Sends all of the bytes, or none: the send buffer has too little space, or the connection is lost. */
typedef struct {
	TCP *tcp;
	const void *bytes;
	uint32_t length;
	uint16_t space;
	bool lost, blocked;
} Write;
void connectionWrite(void *it);

/* Sends the same bytes on several connections, each as by itself. */
#define MAX_AT_ONCE 16
typedef struct {
	const void *bytes;
	uint32_t length;
	int count;
	Write writes[MAX_AT_ONCE];
} WriteAll;
void connectionWriteAll(void *it);

/* Reports nothing any more, and sends the bytes written. The record may be freed then. `it` is the TCP. */
void connectionClose(void *it);

/* Removes a connection that was lost from the queue. The record is freed after this. */
void listenerLose(struct Listener *listener, TCP *tcp);
