/* A TCP connection: lwIP's callbacks, and what XS asks for. All of it runs in lwIP's task. */

#include "lwipconnection.h"

#include <stdlib.h>

/* A closed connection whose bytes the peer does not acknowledge is aborted after so many half seconds: 10 s. */
#define LINGER 20

/* While XS knows of more free space than this, it is not told of acknowledgements: each would be a turn of its own. */
#define AMPLE (TCP_SND_BUF / 4 * 3)

/* lwIP's: connections that the device has opened and not closed. */
static uint8_t outgoing;

/*
 * Bytes that a write takes now. lwIP bounds the segments in its queue, too. It cuts what is written into segments of the
 * peer's size. One more may begin in a segment that waits to be sent.
 */
static uint16_t space(const TCP *tcp)
{
	const struct tcp_pcb *pcb = tcp->pcb;
	if (!pcb || !tcp->connected)
		return 0;
	uint16_t max = LWIP_MIN(TCP_SND_QUEUELEN, TCP_SNDQUEUELEN_OVERFLOW);
	if (pcb->snd_queuelen + 1 >= max)
		return 0;
	uint16_t segment = LWIP_MIN(pcb->mss, pcb->snd_wnd_max / 2);
	uint32_t bytes = (uint32_t)(segment ? segment : pcb->mss) * (max - 1 - pcb->snd_queuelen);
	return (uint16_t)LWIP_MIN(bytes, tcp_sndbuf(pcb));
}

/* The free space, which XS is about to be told. Whoever has filled all of it waits for acknowledgements, and gets them. */
static uint16_t tell(TCP *tcp)
{
	uint16_t bytes = space(tcp);
	tcp->ample = bytes > AMPLE;
	return bytes;
}

/* --- events --- */

static bool check(Socket *socket, uint8_t event, int *count)
{
	TCP *tcp = (TCP *)socket;
	switch (event) {
	case WRITABLE:
		*count = tell(tcp);
		return tcp->pcb && tcp->connected;
	case READABLE:
		*count = tcp->received.length;
		return *count > 0;
	default:
		/* Received bytes are read first. connectionRead raises the event again. */
		if (tcp->received.length > 0 || tcp->reported)
			return false;
		tcp->reported = true;
		return true;
	}
}

static void flush(Socket *socket)
{
	TCP *tcp = (TCP *)socket;
	if (tcp->pcb)
		tcp_output(tcp->pcb);
}

static void report(xsMachine *the, Socket *socket, uint8_t event, int count)
{
	if (event == READABLE)
		((TCP *)socket)->unread = (uint16_t)count;
	socketReport(the, socket, event, count);
}

const SocketKind tcpKind = { check, flush, report };

/* --- lwIP's callbacks --- */

static err_t onReceived(void *it, struct tcp_pcb *pcb, struct pbuf *bytes, err_t error)
{
	(void)pcb;
	(void)error;
	TCP *tcp = it;
	if (!bytes) {
		tcp->ended = true;
		socketHappened(&tcp->socket, FAILED);
		return ERR_OK;
	}
	/* lwIP holds what is refused, and calls again with it. */
	if (!receivedAppend(&tcp->received, bytes))
		return ERR_MEM;
	pbuf_free(bytes);
	socketHappened(&tcp->socket, READABLE);
	return ERR_OK;
}

static err_t onSent(void *it, struct tcp_pcb *pcb, u16_t length)
{
	(void)pcb;
	(void)length;
	TCP *tcp = it;
	if (!tcp->ample)
		socketHappened(&tcp->socket, WRITABLE);
	return ERR_OK;
}

/* The pcb is freed already. */
static void onLost(void *it, err_t error)
{
	(void)error;
	TCP *tcp = it;
	tcp->pcb = NULL;
	tcp->ended = true;
	if (tcp->listener) {
		listenerLose(tcp->listener, tcp);
		receivedDrop(&tcp->received);
		free(tcp);
	} else
		socketHappened(&tcp->socket, FAILED);
}

static err_t onConnected(void *it, struct tcp_pcb *pcb, err_t error)
{
	(void)pcb;
	(void)error;
	TCP *tcp = it;
	tcp->connected = true;
	socketHappened(&tcp->socket, WRITABLE);
	return ERR_OK;
}

/* The peer of a closed connection does not acknowledge what was sent. */
static err_t onLingering(void *it, struct tcp_pcb *pcb)
{
	(void)it;
	if (pcb->state == FIN_WAIT_2)
		return ERR_OK;
	tcp_abort(pcb);
	return ERR_ABRT;
}

static void attach(TCP *tcp, struct tcp_pcb *pcb)
{
	tcp->pcb = pcb;
	tcp_arg(pcb, tcp);
	tcp_recv(pcb, onReceived);
	tcp_sent(pcb, onSent);
	tcp_err(pcb, onLost);
	/* All that XS writes in a turn goes out together already. */
	tcp_nagle_disable(pcb);
}

/* --- for XS's task --- */

TCP *connectionAccept(struct tcp_pcb *pcb)
{
	TCP *tcp = calloc(1, sizeof(TCP));
	if (!tcp)
		return NULL;
	tcp->socket.kind = &tcpKind;
	tcp->address = pcb->remote_ip;
	tcp->port = pcb->remote_port;
	tcp->connected = true;
	attach(tcp, pcb);
	return tcp;
}

void connectionConnect(void *it)
{
	Connect *connect = it;
	TCP *tcp = connect->tcp;
	struct tcp_pcb *pcb = outgoing < MAX_OUTGOING ? tcp_new() : NULL;
	if (!pcb) {
		connect->error = outgoing < MAX_OUTGOING ? ERR_MEM : ERR_WOULDBLOCK;
		return;
	}
	attach(tcp, pcb);
	connect->error = tcp_connect(pcb, &tcp->address, tcp->port, onConnected);
	if (connect->error) {
		tcp->pcb = NULL;
		tcp_err(pcb, NULL);
		tcp_abort(pcb);
		return;
	}
	tcp->outgoing = true;
	outgoing++;
}

void connectionAdopt(void *it)
{
	Adopt *adopt = it;
	TCP *tcp = adopt->tcp;
	tcp->socket.events = WRITABLE | READABLE | FAILED;
	if (!tcp->connected)
		tcp->socket.events &= ~WRITABLE;
	if (!tcp->ended)
		tcp->socket.events &= ~FAILED;
	socketWatch(&tcp->socket, adopt->watched, adopt->machine);
}

void connectionRead(void *it)
{
	Read *read = it;
	TCP *tcp = read->tcp;
	if (read->length > 0) {
		receivedTake(&tcp->received, read->to, read->length);
		if (tcp->pcb)
			tcp_recved(tcp->pcb, read->length);
		if (tcp->received.length == 0 && tcp->ended)
			socketHappened(&tcp->socket, FAILED);
	}
	read->unread = tcp->received.length;
}

void connectionWrite(void *it)
{
	Write *write = it;
	TCP *tcp = write->tcp;
	if (!tcp->pcb) {
		write->lost = true;
		return;
	}
	if (write->length > space(tcp)) {
		write->blocked = true;
		tcp->ample = false;
		return;
	}
	err_t error = write->length ? tcp_write(tcp->pcb, write->bytes, (u16_t)write->length, TCP_WRITE_FLAG_COPY) : ERR_OK;
	if (error) {
		/* Without memory the connection is aborted, which frees some. onLost reports it. */
		tcp_abort(tcp->pcb);
		write->lost = true;
		return;
	}
	socketWrote(&tcp->socket);
	write->space = tell(tcp);
}

void connectionWriteAll(void *it)
{
	WriteAll *all = it;
	for (int at = 0; at < all->count; at++) {
		all->writes[at].bytes = all->bytes;
		all->writes[at].length = all->length;
		connectionWrite(&all->writes[at]);
	}
}

void connectionClose(void *it)
{
	TCP *tcp = it;
	struct tcp_pcb *pcb = tcp->pcb;
	uint16_t unread = tcp->received.length;
	if (tcp->outgoing)
		outgoing--;
	socketForget(&tcp->socket);
	receivedDrop(&tcp->received);
	tcp->pcb = NULL;
	if (!pcb)
		return;
	tcp_arg(pcb, NULL);
	tcp_recv(pcb, NULL);
	tcp_sent(pcb, NULL);
	tcp_err(pcb, NULL);
	/* While it lingers any other may evict it, and it counts no more among those that the listener took. */
	tcp_poll(pcb, onLingering, LINGER);
	tcp_backlog_accepted(pcb);
	tcp_setprio(pcb, TCP_PRIO_MIN);
	/* Unread bytes would turn the FIN into a reset, which may overtake what was written. */
	if (unread > 0)
		tcp_recved(pcb, unread);
	if (tcp_close(pcb) != ERR_OK)
		tcp_abort(pcb);
}
