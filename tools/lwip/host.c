/* The object `host`, by which JavaScript uses this machine. */

#include "device.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/priv/memp_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/tcpip.h"

#include "lwipsocket.h"
#include "machine.h"
#include "messages.h"
#include "tap.h"

static double alarmTicks = INFINITY;

double hostTicks(void)
{
	static struct timespec start;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!start.tv_sec)
		start = now;
	return (now.tv_sec - start.tv_sec) * 1e3 + (now.tv_nsec - start.tv_nsec) / 1e6;
}

double hostAlarm(void)
{
	return alarmTicks;
}

void hostRing(xsMachine *the)
{
	alarmTicks = INFINITY;
	xsBeginHost(the);
	xsmcVars(1);
	xsmcGet(xsVar(0), xsGlobal, xsID("host"));
	xsCall0(xsVar(0), xsID("onAlarm"));
	xsEndHost(the);
}

void hostCommand(void *it, void *line, uint8_t *message, uint16_t length)
{
	(void)message;
	(void)length;
	xsBeginHost((xsMachine *)it);
	xsmcVars(2);
	xsmcGet(xsVar(0), xsGlobal, xsID("host"));
	xsmcSetString(xsVar(1), line);
	xsCall1(xsVar(0), xsID("onCommand"), xsVar(1));
	xsEndHost((xsMachine *)it);
	free(line);
}

static void host_print(xsMachine *the)
{
	puts(xsmcToString(xsArg(0)));
	fflush(stdout);
}

static void host_ticks(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int)hostTicks());
}

/* alarm(ticks): calls host.onAlarm then. */
static void host_alarm(xsMachine *the)
{
	alarmTicks = xsmcToNumber(xsArg(0));
}

static void host_random(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int)(random() ^ (random() << 16)));
}

static void host_exit(xsMachine *the)
{
	fflush(stdout);
	_Exit(xsmcToInteger(xsArg(0)));
}

/* write(path, bytes): the file's bytes from now on. */
static void host_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	FILE *file = fopen(xsmcToString(xsArg(0)), "wb");
	xsmcGetBufferReadable(xsArg(1), &bytes, &length);
	if (!file || fwrite(bytes, 1, length, file) != length || fclose(file))
		xsUnknownError("the file cannot be written");
}

/* function(name): a function in C. */
static void host_function(xsMachine *the)
{
	void *function = dlsym(RTLD_DEFAULT, xsmcToString(xsArg(0)));
	if (!function)
		xsUnknownError("no such function");
	xsResult = xsNewHostFunction((xsCallback)function, 0);
}

/* instance(destructor): an object with host data. */
static void host_instance(xsMachine *the)
{
	void *destructor = dlsym(RTLD_DEFAULT, xsmcToString(xsArg(0)));
	if (!destructor)
		xsUnknownError("no such destructor");
	xsResult = xsNewHostObject((xsDestructor)destructor);
}

/* refuse(share): of the messages for XS. */
static void host_refuse(xsMachine *the)
{
	messageRefuse(xsmcToNumber(xsArg(0)));
}

/* exhaust(share): of the sockets' allocations. */
static void host_exhaust(xsMachine *the)
{
	memoryFail(xsmcToNumber(xsArg(0)));
}

static int contended;

static void contend(void *it)
{
	(void)it;
	contended++;
}

/* race(): both threads change a variable, which ThreadSanitizer must find. */
static void host_race(xsMachine *the)
{
	(void)the;
	tcpip_callback(contend, NULL);
	contended++;
}

typedef struct {
	int active, waiting, pcbs, segments, buffers, buffersMost, heap, heapMost, failed;
} Figures;

/* lwIP's task. The interface's thread takes buffers meanwhile, and counts them under lwIP's lock. */
static void measure(void *it)
{
	SYS_ARCH_DECL_PROTECT(level);
	Figures *figures = it;
	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next)
		figures->active++;
	for (struct tcp_pcb *pcb = tcp_tw_pcbs; pcb; pcb = pcb->next)
		figures->waiting++;
	SYS_ARCH_PROTECT(level);
	figures->pcbs = lwip_stats.memp[MEMP_TCP_PCB]->max;
	figures->segments = lwip_stats.memp[MEMP_TCP_SEG]->used;
	figures->buffers = lwip_stats.memp[MEMP_PBUF_POOL]->used;
	figures->buffersMost = lwip_stats.memp[MEMP_PBUF_POOL]->max;
	figures->heap = (int)lwip_stats.mem.used;
	figures->heapMost = (int)lwip_stats.mem.max;
	figures->failed = (int)lwip_stats.mem.err + lwip_stats.memp[MEMP_TCP_SEG]->err;
	SYS_ARCH_UNPROTECT(level);
}

/* statistics(): of lwIP, the queue, the interface and the heap, as JSON. */
static void host_statistics(xsMachine *the)
{
	Figures lwip = { 0 };
	unsigned most, refused, frames[4];
	callLwip(measure, &lwip);
	messageCounts(&most, &refused);
	tapCounts(frames);
	char text[640];
	snprintf(text, sizeof(text),
		"{\"heap\":%.0f,\"queue\":{\"length\":%d,\"most\":%u,\"refused\":%u},"
		"\"lwip\":{\"active\":%d,\"timeWait\":%d,\"pcbsMost\":%d,\"segments\":%d,\"buffers\":%d,\"buffersMost\":%d,"
		"\"heap\":%d,\"heapMost\":%d,\"failed\":%d},"
		"\"frames\":{\"in\":%u,\"out\":%u,\"lost\":%u,\"withoutBuffer\":%u}}",
		heapBytes(the), QUEUE_LENGTH, most, refused, lwip.active, lwip.waiting, lwip.pcbs, lwip.segments,
		lwip.buffers, lwip.buffersMost, lwip.heap, lwip.heapMost, lwip.failed, frames[0], frames[1], frames[2], frames[3]);
	xsmcSetString(xsResult, text);
}

void hostInstall(xsMachine *the)
{
	static const HostFunction functions[] = {
		{ "print", host_print }, { "ticks", host_ticks }, { "alarm", host_alarm }, { "random", host_random },
		{ "exit", host_exit }, { "read", machineRead }, { "write", host_write }, { "function", host_function },
		{ "instance", host_instance }, { "refuse", host_refuse }, { "exhaust", host_exhaust }, { "race", host_race }, { "statistics", host_statistics },
	};
	machineHost(the, functions, sizeof(functions) / sizeof(*functions));
}
