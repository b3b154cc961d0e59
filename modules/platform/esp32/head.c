/*
 * Cuts the head of a request (RFC 9112, 2 to 5) as most clients write it. JavaScript reads what is written otherwise: it knows
 * all forms and all errors.
 */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

/* The longest name of a field, as in JavaScript. */
#define MAX_NAME 64
/* Fields that are read. */
#define MAX_FOUND 16

/* A slice of the head: its first byte, and the one behind its last. */
typedef struct {
	uint16_t from, to;
} Slice;

typedef struct {
	const uint8_t *bytes;
	uint16_t at, length;
	Slice method, path, query;
	int found;
	struct {
		Slice value;
		int name;
	} fields[MAX_FOUND];
} Head;

/* The byte at `at`; 0 at the end. */
static uint8_t byteAt(const Head *head, uint16_t at)
{
	return at < head->length ? head->bytes[at] : 0;
}

static bool takes(Head *head, const char *text)
{
	uint16_t length = (uint16_t)strlen(text);
	if (head->length - head->at < length || memcmp(head->bytes + head->at, text, length) != 0)
		return false;
	head->at += length;
	return true;
}

static bool isLetter(uint8_t byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* What a target has, but for escapes. */
static bool isTarget(uint8_t byte)
{
	return byte > ' ' && byte < 0x7F && byte != '%';
}

/* What most names have: all of it is in RFC 9110's tokens. */
static bool isName(uint8_t byte)
{
	return isLetter(byte) || byte == '-' || (byte >= '0' && byte <= '9');
}

static bool isValue(uint8_t byte)
{
	return (byte >= ' ' && byte < 0x7F) || byte == '\t';
}

static bool cutLine(Head *head)
{
	uint16_t at = 0;
	while (isLetter(byteAt(head, at)))
		at++;
	head->method.to = at;
	if (at == 0 || byteAt(head, at) != ' ' || byteAt(head, at + 1) != '/')
		return false;
	head->path.from = ++at;
	while (isTarget(byteAt(head, at)) && head->bytes[at] != '?')
		at++;
	head->path.to = head->query.from = at;
	if (byteAt(head, at) == '?') {
		head->query.from = ++at;
		while (isTarget(byteAt(head, at)) || byteAt(head, at) == '%')
			at++;
	}
	head->query.to = head->at = at;
	return takes(head, " HTTP/1.1\r\n");
}

/* The index of a name in a list in lower case, where each is followed by a comma; -1 for none. */
static int indexOf(const char *names, const uint8_t *name, uint16_t length)
{
	for (int index = 0; *names; index++) {
		uint16_t at = 0;
		while (at < length && names[at] == (name[at] | 0x20))
			at++;
		if (at == length && names[at] == ',')
			return index;
		names = strchr(names, ',') + 1;
	}
	return -1;
}

static bool cutField(Head *head, const char *names)
{
	uint16_t from = head->at, colon = from;
	while (isName(byteAt(head, colon)))
		colon++;
	if (colon == from || colon - from > MAX_NAME || byteAt(head, colon) != ':')
		return false;
	Slice value = { .from = colon + 1 };
	while (byteAt(head, value.from) == ' ' || byteAt(head, value.from) == '\t')
		value.from++;
	head->at = value.to = value.from;
	for (; isValue(byteAt(head, head->at)); head->at++)
		if (head->bytes[head->at] > ' ')
			value.to = head->at + 1;
	if (!takes(head, "\r\n"))
		return false;
	int name = indexOf(names, head->bytes + from, colon - from);
	if (name < 0)
		return true;
	if (head->found == MAX_FOUND)
		return false;
	head->fields[head->found].name = name;
	head->fields[head->found++].value = value;
	return true;
}

/* Whether all bytes are one head. */
static bool cut(Head *head, const char *names)
{
	if (!cutLine(head))
		return false;
	while (!takes(head, "\r\n"))
		if (!cutField(head, names))
			return false;
	return head->at == head->length;
}

/* Puts a slice into the array. The bytes of xsArg(0) may have moved before. */
static void put(xsMachine *the, int index, Slice slice)
{
	void *bytes;
	xsUnsignedValue length;
	xsmcSetStringBuffer(xsVar(0), NULL, slice.to - slice.from);
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	memcpy(xsmcToString(xsVar(0)), (uint8_t *)bytes + slice.from, slice.to - slice.from);
	xsmcSetIndex(xsResult, index, xsVar(0));
}

/* cutHead(bytes, names) */
void xs_cutHead(xsMachine *the)
{
	Head head = { 0 };
	void *bytes;
	xsUnsignedValue length;
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	head.bytes = bytes;
	head.length = (uint16_t)length;
	if (length > UINT16_MAX || !cut(&head, xsmcToString(xsArg(1))))
		return;
	xsmcVars(1);
	xsmcSetNewArray(xsResult, 3 + 2 * head.found);
	put(the, 0, head.method);
	put(the, 1, head.path);
	put(the, 2, head.query);
	for (int at = 0; at < head.found; at++) {
		xsmcSetInteger(xsVar(0), head.fields[at].name);
		xsmcSetIndex(xsResult, 3 + 2 * at, xsVar(0));
		put(the, 4 + 2 * at, head.fields[at].value);
	}
}
