/* An MQTT 3.1.1 broker as far as the device needs one. Sections are those of the standard. */

#include "broker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"
#include "wire.h"

/* Section 2.2.1. */
enum { CONNECT = 1, PUBLISH = 3, SUBSCRIBE = 8, PINGREQ = 12 };

/* The discovery of eight sensors is one of 17 KB. */
#define PACKET (32 << 10)

static uint8_t packet[PACKET];
static size_t length;
uint32_t published;

static void require(bool holds, const char *message)
{
	if (holds)
		return;
	fprintf(stderr, "broker: %s\n", message);
	exit(1);
}

/* Section 3.3.2.1: of `count` bytes, two of length and as many of text. */
static size_t topicEnd(const uint8_t *body, size_t count)
{
	require(count >= 2 && count >= 2 + get16(body), "a topic is cut short");
	return 2 + get16(body);
}

static void note(const uint8_t *topic, size_t count)
{
	static const char ending[] = "/state";
	const size_t size = sizeof ending - 1;
	if (count >= size && memcmp(topic + count - size, ending, size) == 0)
		published++;
}

static void reply(const uint8_t *bytes, size_t count)
{
	peerReply(BROKER, bytes, count);
}

/* `body` has `count` bytes. */
static void respond(unsigned header, const uint8_t *body, size_t count)
{
	switch (header >> 4) {
	case CONNECT:
		reply((const uint8_t[]){ 0x20, 2, 0, 0 }, 4);
		break;
	case SUBSCRIBE:
		require(count >= 2, "a packet has no identifier");
		reply((const uint8_t[]){ 0x90, 3, body[0], body[1], 0 }, 5);
		break;
	case PINGREQ:
		reply((const uint8_t[]){ 0xD0, 0 }, 2);
		break;
	case PUBLISH: {
		size_t end = topicEnd(body, count);
		note(body + 2, end - 2);
		/* Of quality of service 1: the identifier follows the topic. */
		if ((header & 6) != 2)
			break;
		require(count >= end + 2, "a packet has no identifier");
		reply((const uint8_t[]){ 0x40, 2, body[end], body[end + 1] }, 4);
	}
	}
}

/* Returns the bytes of the first packet; 0 if it is not whole. Its length is as of section 2.2.3. */
static size_t first(size_t *header)
{
	size_t body = 0, at = 1;
	for (unsigned shift = 0; at < length; shift += 7) {
		require(at <= 4, "a length has more than four digits");
		uint8_t digit = packet[at++];
		body |= (size_t)(digit & 0x7F) << shift;
		if (digit < 0x80) {
			*header = at;
			return at + body <= length ? at + body : 0;
		}
	}
	return 0;
}

static void take(int number, const uint8_t *bytes, size_t count)
{
	(void)number;
	if (count == 0) {
		length = 0;
		return;
	}
	require(length + count <= PACKET, "a packet is too long");
	memcpy(packet + length, bytes, count);
	length += count;
	for (size_t header, whole; (whole = first(&header)) > 0;) {
		respond(packet[0], packet + header, whole - header);
		length -= whole;
		memmove(packet, packet + whole, length);
	}
}

void brokerListen(void)
{
	peerListen(BROKER, 1883, take);
}

void brokerExpect(uint32_t before, uint32_t count)
{
	if (published - before == count)
		return;
	fprintf(stderr, "broker: %u readings were published, not %u\n", (unsigned)(published - before), (unsigned)count);
	exit(1);
}
