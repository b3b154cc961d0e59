/* The class UDP: ECMA-419's UDP socket, with multicast groups. */

#include "lwipsocket.h"

#include <stdlib.h>
#include <string.h>

#include "mc.xs.h"
#include "builtinCommon.h"

#include "lwip/igmp.h"
#include "lwip/udp.h"

/* Datagrams and bytes that wait to be read. What arrives beyond them is lost, as datagrams may be. */
#define MAX_WAITING 16
#define MAX_BYTES 6144

/* A copy: the buffers in which datagrams arrive are the Wi-Fi driver's. */
typedef struct Datagram {
	struct Datagram *next;
	ip_addr_t address;
	uint16_t port, length;
	uint8_t bytes[];
} Datagram;

typedef struct {
	/* The first: one is cast to the other. */
	Socket socket;
	/* XS's: the datagram that is being read. */
	Datagram *reading;
	/* lwIP's, like all that follows. */
	struct udp_pcb *pcb;
	Datagram *first, *last;
	uint16_t waiting, bytes;
} UDP;

void xs_udp_destructor(void *it);

static const xsHostHooks hooks = { xs_udp_destructor, socketMark, NULL };

/* --- lwIP's task --- */

static bool check(Socket *socket, uint8_t event, int *count)
{
	*count = ((UDP *)socket)->waiting;
	return event == READABLE && *count > 0;
}

static const SocketKind udpKind = { check, NULL, socketReport };

static void onReceived(void *it, struct udp_pcb *pcb, struct pbuf *bytes, const ip_addr_t *address, u16_t port)
{
	(void)pcb;
	UDP *udp = it;
	Datagram *datagram = NULL;
	uint16_t length = bytes->tot_len;
	if (udp->waiting < MAX_WAITING && udp->bytes + length <= MAX_BYTES)
		datagram = malloc(sizeof(Datagram) + length);
	if (datagram) {
		*datagram = (Datagram){ .address = *address, .port = port, .length = length };
		pbuf_copy_partial(bytes, datagram->bytes, length, 0);
		if (udp->first)
			udp->last->next = datagram;
		else
			udp->first = datagram;
		udp->last = datagram;
		udp->waiting++;
		udp->bytes += length;
		socketHappened(&udp->socket, READABLE);
	}
	pbuf_free(bytes);
}

typedef struct {
	UDP *udp;
	uint16_t port;
	xsMachine *machine;
	err_t error;
} Open;

static void openUDP(void *it)
{
	Open *open = it;
	struct udp_pcb *pcb = udp_new();
	if (!pcb) {
		open->error = ERR_MEM;
		return;
	}
	open->error = udp_bind(pcb, IP_ADDR_ANY, open->port);
	if (open->error) {
		udp_remove(pcb);
		return;
	}
	open->udp->pcb = pcb;
	udp_recv(pcb, onReceived, open->udp);
	socketWatch(&open->udp->socket, READABLE, open->machine);
}

static Datagram *unlinkFirst(UDP *udp)
{
	Datagram *datagram = udp->first;
	if (!datagram)
		return NULL;
	udp->first = datagram->next;
	udp->waiting--;
	udp->bytes -= datagram->length;
	return datagram;
}

static void takeFirst(void *it)
{
	((UDP *)it)->reading = unlinkFirst(it);
}

typedef struct {
	UDP *udp;
	const void *bytes;
	uint16_t length;
	ip_addr_t address;
	uint16_t port;
	err_t error;
} Send;

static void sendDatagram(void *it)
{
	Send *send = it;
	struct pbuf *bytes = pbuf_alloc(PBUF_TRANSPORT, send->length, PBUF_RAM);
	if (!bytes) {
		send->error = ERR_MEM;
		return;
	}
	pbuf_take(bytes, send->bytes, send->length);
	send->error = udp_sendto(send->udp->pcb, bytes, &send->address, send->port);
	pbuf_free(bytes);
}

typedef struct {
	UDP *udp;
	ip4_addr_t address;
	bool joins;
} Group;

static void changeGroup(void *it)
{
	Group *group = it;
	struct netif *netif;
	NETIF_FOREACH(netif) {
		if (!netif_is_up(netif) || !(netif->flags & NETIF_FLAG_IGMP))
			continue;
		if (group->joins)
			igmp_joingroup_netif(netif, &group->address);
		else
			igmp_leavegroup_netif(netif, &group->address);
	}
	/* RFC 6762, 11: multicast DNS is sent with the highest hop limit. */
	group->udp->pcb->ttl = 255;
#if LWIP_MULTICAST_TX_OPTIONS
	udp_set_multicast_ttl(group->udp->pcb, 255);
#endif
}

static void closeUDP(void *it)
{
	UDP *udp = it;
	socketForget(&udp->socket);
	udp_remove(udp->pcb);
	while (udp->first)
		free(unlinkFirst(udp));
}

/* --- XS's task --- */

void xs_udp_destructor(void *it)
{
	UDP *udp = it;
	if (!udp)
		return;
	callLwip(closeUDP, udp);
	free(udp->reading);
	free(udp);
}

/* new UDP({ port, onReadable, … }) */
void xs_udp_constructor(xsMachine *the)
{
	SocketOptions options;
	xsmcVars(1);
	optionsGet(the, &options);
	UDP *udp = socketNew(the, sizeof(UDP), &udpKind);
	Open open = { .udp = udp, .port = options.port, .machine = the };
	socketBind(the, &udp->socket, &hooks, &options.callbacks);
	callLwip(openUDP, &open);
	if (open.error)
		socketRefuse(the, &udp->socket, options.port, open.error);
}

void xs_udp_read(xsMachine *the)
{
	UDP *udp = socketThis(the, &hooks);
	/* A datagram is left where the last read had no memory for it. */
	if (!udp->reading)
		callLwip(takeFirst, udp);
	Datagram *datagram = udp->reading;
	if (!datagram)
		return;
	xsmcVars(1);
	xsmcSetArrayBuffer(xsResult, datagram->bytes, datagram->length);
	xsmcSetInteger(xsVar(0), datagram->port);
	xsmcSet(xsResult, xsID_port, xsVar(0));
	addressSet(the, &xsVar(0), &datagram->address);
	xsmcSet(xsResult, xsID_address, xsVar(0));
	udp->reading = NULL;
	free(datagram);
}

/* write(bytes, address, port) */
void xs_udp_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	int port = xsmcToInteger(xsArg(2));
	Send send = { .udp = socketThis(the, &hooks), .port = (uint16_t)port };
	if (port < 0 || port > 0xFFFF)
		xsRangeError("invalid port");
	addressGet(the, &xsArg(1), &send.address);
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	if (length > 0xFFFF - 100)
		xsRangeError("too long");
	send.bytes = bytes;
	send.length = (uint16_t)length;
	callLwip(sendDatagram, &send);
	if (send.error)
		xsUnknownError("not sent: %d", send.error);
}

static void change(xsMachine *the, bool joins)
{
	ip_addr_t address;
	Group group = { .udp = socketThis(the, &hooks), .joins = joins };
	addressGet(the, &xsArg(0), &address);
	if (!IP_IS_V4(&address) || !ip_addr_ismulticast(&address))
		xsRangeError("no multicast group");
	group.address = *ip_2_ip4(&address);
	callLwip(changeGroup, &group);
}

/* add(group) */
void xs_udp_add(xsMachine *the)
{
	change(the, true);
}

/* remove(group) */
void xs_udp_remove(xsMachine *the)
{
	change(the, false);
}

void xs_udp_close(xsMachine *the)
{
	UDP *udp = xsmcGetHostDataValidate(xsThis, (void *)&hooks);
	if (!udp)
		return;
	socketRelease(the, &udp->socket);
	xs_udp_destructor(udp);
}
