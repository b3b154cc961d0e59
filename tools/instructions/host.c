/* The object `host`, by which the app uses this program. */

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lwip/machine.h"
#include "bench.h"

static double alarmTicks = INFINITY;
static xsSlot host;

static void host_print(xsMachine *the)
{
	if (getenv("BENCH_LOG"))
		fprintf(stderr, "%s\n", xsmcToString(xsArg(0)));
}

static void host_ticks(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int)systemTicks);
}

static void host_alarm(xsMachine *the)
{
	alarmTicks = xsmcToNumber(xsArg(0));
}

static void host_random(xsMachine *the)
{
	static unsigned number = 1;
	number = number * 1103515245 + 12345;
	xsmcSetInteger(xsResult, (int)(number >> 8));
}

/* encode(string), decode(bytes): as the SDK's ArrayBuffer.fromString and String.fromArrayBuffer. */
static void host_encode(xsMachine *the)
{
	char *text = xsmcToString(xsArg(0));
	int length = 0;
	while (text[length])
		length++;
	xsmcSetArrayBuffer(xsResult, NULL, length);
	void *bytes;
	xsUnsignedValue size;
	xsmcGetBufferWritable(xsResult, &bytes, &size);
	memcpy(bytes, xsmcToString(xsArg(0)), length);
}

/* Enough for what the bench sends: it has no bytes that are not UTF-8. */
static bool isText(const uint8_t *bytes, xsUnsignedValue at, xsUnsignedValue length)
{
	return bytes[at] < 0xC0 || at + 1 < length;
}

static void host_decode(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	for (xsUnsignedValue at = 0; at < length; at++)
		if (!isText(bytes, at, length))
			xsUnknownError("invalid UTF-8");
	xsmcSetStringBuffer(xsResult, NULL, length);
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	memcpy(xsmcToString(xsResult), bytes, length);
}

static void host_lap(xsMachine *the)
{
	benchLap(xsmcToString(xsArg(0)));
}

/* census(parts, names): prints what each of `parts` keeps. */
static void host_census(xsMachine *the)
{
	uint32_t slots, chunks;
	heapKept(the, &slots, &chunks);
	xsmcVars(2);
	xsmcGet(xsVar(0), xsArg(0), xsID("length"));
	int length = xsmcToInteger(xsVar(0));
	censusBegin(the);
	for (int at = 0; at < length; at++) {
		xsmcGetIndex(xsVar(0), xsArg(0), at);
		censusClaim(the, &xsVar(0));
	}
	for (int at = 0; at < length; at++) {
		xsmcGetIndex(xsVar(0), xsArg(0), at);
		xsmcGetIndex(xsVar(1), xsArg(1), at);
		censusCount(the, &xsVar(0), &slots, &chunks);
		printf("{\"name\":\"%s\",\"slots\":%u,\"chunks\":%u}\n", xsmcToString(xsVar(1)), slots, chunks);
	}
}

static void *find(const char *name)
{
	void *found = dlsym(RTLD_DEFAULT, name);
	if (!found) {
		fprintf(stderr, "no function %s\n", name);
		exit(1);
	}
	return found;
}

static void host_function(xsMachine *the)
{
	xsResult = xsNewHostFunction((xsCallback)find(xsmcToString(xsArg(0))), 0);
}

static void host_instance(xsMachine *the)
{
	/* The sockets' destructors, each looked up once: on the chip their addresses are in flash. */
	static struct { const char *name; void *function; } found[8];
	const char *name = xsmcToString(xsArg(0));
	size_t at = 0;
	while (found[at].name && strcmp(found[at].name, name) != 0)
		at++;
	if (!found[at].name) {
		found[at].name = strdup(name);
		found[at].function = find(name);
	}
	xsResult = xsNewHostObject((xsDestructor)found[at].function);
}

static void call(xsMachine *the, const char *name, const char *argument)
{
	xsBeginHost(the);
	xsmcVars(2);
	xsVar(0) = host;
	if (argument)
		xsmcSetString(xsVar(1), (char *)argument);
	xsCall1(xsVar(0), xsID(name), xsVar(1));
	xsEndHost(the);
}

void hostCommand(xsMachine *the, const char *line)
{
	call(the, "onCommand", line);
}

void hostRing(xsMachine *the)
{
	if (alarmTicks > systemTicks)
		return;
	alarmTicks = INFINITY;
	call(the, "onAlarm", NULL);
}

void hostInstall(xsMachine *the)
{
	static const HostFunction functions[] = {
		{ "print", host_print }, { "ticks", host_ticks }, { "alarm", host_alarm }, { "random", host_random },
		{ "read", machineRead }, { "encode", host_encode }, { "decode", host_decode },
		{ "function", host_function }, { "instance", host_instance }, { "census", host_census },
		{ "lap", host_lap },
	};
	host = machineHost(the, functions, sizeof(functions) / sizeof(*functions));
	xsRemember(host);
}
