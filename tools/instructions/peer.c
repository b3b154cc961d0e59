#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "wire.h"

#define FIN 1
#define SYN 2
#define RST 4
#define PSH 8
#define ACK 16

#define FRAME 1514
#define FRAMES 256
#define TEXT (64 << 10)
/* As most peers: RFC 879's of Ethernet. */
#define MSS 1460
#define WINDOW 64240

uint32_t framesIn, framesOut, bytesOut;

static const uint8_t deviceMAC[6] = { 2, 0, 0, 0, 0, 2 }, ownMAC[6] = { 2, 0, 0, 0, 0, 9 };
static const uint8_t device[4] = { 192, 168, 1, 50 };

static struct Peer {
	/* Its own, and the device's. */
	uint16_t port, devicePort;
	uint32_t next, expected;
	/* Segments that are not acknowledged. */
	int owed;
	bool open, ended, closed;
	/* Gets what comes, in place of `text`. */
	void (*take)(int number, const uint8_t *bytes, size_t length);
	size_t length;
	char text[TEXT + 1];
} peers[PEERS];

static struct {
	size_t length;
	uint8_t bytes[FRAME];
} toDevice[FRAMES], fromDevice[FRAMES];
static unsigned firstTo, countTo, firstFrom, countFrom;

static uint8_t *frame(unsigned type, size_t length)
{
	if (countTo == FRAMES)
		abort();
	unsigned last = (firstTo + countTo++) % FRAMES;
	uint8_t *bytes = toDevice[last].bytes;
	toDevice[last].length = 14 + length;
	memset(bytes, 0, 14 + length);
	memcpy(bytes, deviceMAC, 6);
	memcpy(bytes + 6, ownMAC, 6);
	put16(bytes + 12, type);
	return bytes + 14;
}

/* A few share the clients. */
#define HOSTS 6
_Static_assert(BROKER % HOSTS == 1, "the broker is at 192.168.1.101");

static void address(const struct Peer *peer, uint8_t *at)
{
	static const uint8_t network[3] = { 192, 168, 1 };
	memcpy(at, network, 3);
	at[3] = (uint8_t)(100 + (peer - peers) % HOSTS);
}

static void segment(struct Peer *peer, unsigned flags, const uint8_t *data, size_t length)
{
	size_t header = flags & SYN ? 24 : 20;
	uint8_t *ip = frame(0x0800, 20 + header + length), *tcp = ip + 20;
	ip[0] = 0x45;
	put16(ip + 2, (unsigned)(20 + header + length));
	ip[6] = 0x40;
	ip[8] = 64;
	ip[9] = 6;
	address(peer, ip + 12);
	memcpy(ip + 16, device, 4);
	put16(ip + 10, folded(sum(ip, 20, 0)));
	put16(tcp, peer->port);
	put16(tcp + 2, peer->devicePort);
	put32(tcp + 4, peer->next);
	put32(tcp + 8, flags & ACK ? peer->expected : 0);
	put16(tcp + 12, (unsigned)(header / 4 << 12) | flags);
	put16(tcp + 14, WINDOW);
	if (flags & SYN)
		put32(tcp + 20, 0x02040000 | MSS);
	memcpy(tcp + header, data, length);
	put16(tcp + 16, folded(sum(tcp, header + length, sum(ip + 12, 8, (uint32_t)(6 + header + length)))));
	peer->next += (uint32_t)length + (flags & (SYN | FIN) ? 1 : 0);
	peer->owed = 0;
}

static void answerARP(const uint8_t *question)
{
	if (get16(question + 6) != 1)
		return;
	uint8_t *answer = frame(0x0806, 28);
	memcpy(answer, question, 6);
	put16(answer + 6, 2);
	memcpy(answer + 8, ownMAC, 6);
	memcpy(answer + 14, question + 24, 4);
	memcpy(answer + 18, question + 8, 10);
}

static struct Peer *find(unsigned port)
{
	for (int at = 0; at < PEERS; at++)
		if (peers[at].port == port)
			return &peers[at];
	return NULL;
}

static void keep(struct Peer *peer, const uint8_t *bytes, size_t length)
{
	size_t kept = peer->length + length < TEXT ? length : TEXT - peer->length;
	memcpy(peer->text + peer->length, bytes, kept);
	peer->length += kept;
}

static void hear(const uint8_t *ip)
{
	const uint8_t *tcp = ip + 20;
	size_t header = (size_t)(tcp[12] >> 4) * 4, length = get16(ip + 2) - 20 - header;
	unsigned flags = tcp[13];
	struct Peer *peer = find(get16(tcp + 2));
	if (!peer)
		return;
	if (flags & RST) {
		peer->open = false;
		peer->ended = peer->closed = true;
		return;
	}
	if (flags & SYN) {
		peer->expected = get32(tcp + 4) + 1;
		peer->open = true;
		peer->ended = peer->closed = false;
		peer->length = 0;
		peer->devicePort = (uint16_t)get16(tcp);
		if (peer->take)
			peer->take((int)(peer - peers), NULL, 0);
		segment(peer, flags & ACK ? ACK : SYN | ACK, NULL, 0);
		return;
	}
	if (get32(tcp + 4) != peer->expected)
		return;
	if (length > 0) {
		peer->expected += (uint32_t)length;
		peer->owed++;
		if (peer->take)
			peer->take((int)(peer - peers), tcp + header, length);
		else
			keep(peer, tcp + header, length);
	}
	if (flags & FIN) {
		peer->expected++;
		peer->ended = true;
		if (peer->closed)
			segment(peer, ACK, NULL, 0);
		else {
			peer->closed = true;
			segment(peer, FIN | ACK, NULL, 0);
		}
	} else if (peer->owed > 1)
		segment(peer, ACK, NULL, 0);
}

void peerTake(const uint8_t *bytes, size_t length)
{
	if (countFrom == FRAMES)
		abort();
	unsigned last = (firstFrom + countFrom++) % FRAMES;
	fromDevice[last].length = length;
	memcpy(fromDevice[last].bytes, bytes, length);
	framesOut++;
	bytesOut += (uint32_t)length;
}

/* Returns whether there was anything to hear. */
static bool hearAll(void)
{
	bool any = countFrom > 0;
	for (; countFrom > 0; countFrom--, firstFrom = (firstFrom + 1) % FRAMES) {
		const uint8_t *bytes = fromDevice[firstFrom].bytes;
		if (get16(bytes + 12) == 0x0806)
			answerARP(bytes + 14);
		else if (get16(bytes + 12) == 0x0800 && bytes[23] == 6)
			hear(bytes + 14);
	}
	return any;
}

/* What waits to be acknowledged longest, once nothing else happens. */
static bool acknowledge(void)
{
	bool any = false;
	for (struct Peer *peer = peers; peer < peers + PEERS; peer++)
		if (peer->owed > 0) {
			segment(peer, ACK, NULL, 0);
			any = true;
		}
	return any;
}

void peerWork(void)
{
	do {
		while (hearAll() || countTo > 0)
			if (countTo > 0) {
				unsigned at = firstTo;
				firstTo = (firstTo + 1) % FRAMES;
				countTo--;
				framesIn++;
				deviceReceive(toDevice[at].bytes, toDevice[at].length);
			}
	} while (acknowledge());
}

static struct Peer *client(int number)
{
	if (number < 0 || number >= BROKER) {
		fprintf(stderr, "%d: no client's connection\n", number);
		exit(1);
	}
	return &peers[number];
}

void peerOpen(int number)
{
	static uint16_t port = 20000;
	struct Peer *peer = client(number);
	*peer = (struct Peer){ .port = ++port, .devicePort = 80, .next = 1000u * port };
	segment(peer, SYN, NULL, 0);
	peerWork();
	if (!peer->open) {
		fprintf(stderr, "connection %d is not accepted\n", number);
		exit(1);
	}
}

void peerListen(int number, unsigned port, void (*take)(int number, const uint8_t *bytes, size_t length))
{
	peers[number] = (struct Peer){ .port = (uint16_t)port, .next = 1000u * port, .take = take };
}

void peerReply(int number, const uint8_t *bytes, size_t length)
{
	segment(&peers[number], ACK | PSH, bytes, length);
}

void peerSend(int number, const uint8_t *bytes, size_t length)
{
	struct Peer *peer = client(number);
	peer->length = 0;
	for (size_t at = 0, piece; at < length; at += piece) {
		piece = length - at < 1440 ? length - at : 1440;
		segment(peer, ACK | PSH, bytes + at, piece);
	}
	peerWork();
}

void peerClose(int number)
{
	struct Peer *peer = client(number);
	if (!peer->closed) {
		peer->closed = true;
		segment(peer, FIN | ACK, NULL, 0);
	}
	peerWork();
}

const char *peerText(int number, size_t *length)
{
	struct Peer *peer = client(number);
	*length = peer->length;
	peer->text[*length] = 0;
	return peer->text;
}
