/*
 * The app over the chip's sockets and lwIP in one thread, and a plan of what its clients do: bench SCRIPT PLAN SLOTS MORE BYTES MORE.
 * Valgrind counts what the device does meanwhile.
 *
 * Lines of the plan:
 *     start                    the app starts; comes first, once
 *     open N, close N          a connection
 *     send N HEX               a request on it
 *     expect N STATUS          fails unless that is the response's
 *     wait MS                  time passes
 *     call LINE                the app's `host.onCommand`
 *     published N              fails unless the broker got N readings since `begin`
 *     begin, end NAME          what is between is counted; a line of figures is printed
 *     kept NAME                prints what XS's heap and lwIP keep
 */

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include "valgrind/callgrind.h"

#include "../lwip/machine.h"
#include "broker.h"
#include "peer.h"

/* Steps in which time passes, ms: that of lwIP's fast timer. */
#define STEP 250

void __wrap_fxAbort(xsMachine *the, int status);

static xsMachine *machine;
static struct netif netif;

void __wrap_fxAbort(xsMachine *the, int status)
{
	fprintf(stderr, "XS: aborted with %d: %s\n", status, fxToString(the, &xsException));
	_Exit(70);
}

/* --- the device: Valgrind counts in these two functions, but not in peerTake --- */

#define COUNTED __attribute__((noinline))

static err_t output(struct netif *it, struct pbuf *bytes)
{
	static uint8_t frame[1600];
	(void)it;
	/* The driver copies a frame. */
	pbuf_copy_partial(bytes, frame, bytes->tot_len, 0);
	peerTake(frame, bytes->tot_len);
	return ERR_OK;
}

COUNTED void deviceReceive(const uint8_t *bytes, size_t length)
{
	/* Into the driver's buffer. */
	struct pbuf *frame = pbuf_alloc(PBUF_RAW, (u16_t)length, PBUF_POOL);
	pbuf_take(frame, bytes, (u16_t)length);
	switches++;
	ethernet_input(frame, &netif);
	systemDeliver(machine);
}

COUNTED void deviceWork(void (*action)(xsMachine *the, const char *line), const char *line)
{
	action(machine, line);
	systemDeliver(machine);
}

static void work(void (*action)(xsMachine *the, const char *line), const char *line)
{
	deviceWork(action, line);
	peerWork();
}

static void pass(xsMachine *the, const char *line)
{
	(void)line;
	sys_check_timeouts();
	hostRing(the);
}

/* --- set-up --- */

static err_t initInterface(struct netif *it)
{
	it->output = etharp_output;
	it->linkoutput = output;
	it->mtu = 1500;
	it->hwaddr_len = ETH_HWADDR_LEN;
	it->hwaddr[0] = 2;
	it->hwaddr[5] = 2;
	it->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_IGMP | NETIF_FLAG_LINK_UP;
	return ERR_OK;
}

static void addInterface(void)
{
	ip4_addr_t address, mask, router;
	IP4_ADDR(&address, 192, 168, 1, 50);
	IP4_ADDR(&mask, 255, 255, 255, 0);
	IP4_ADDR(&router, 192, 168, 1, 1);
	lwip_init();
	netif_add(&netif, &address, &mask, &router, NULL, initInterface, ethernet_input);
	netif_set_default(&netif);
	netif_set_up(&netif);
}

static char *readAll(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(1);
	}
	fseek(file, 0, SEEK_END);
	long length = ftell(file);
	rewind(file);
	char *text = calloc(1, length + 1);
	if (fread(text, 1, length, file) != (size_t)length)
		exit(1);
	fclose(file);
	return text;
}

static void evaluate(xsMachine *the, const char *function, const char *text)
{
	xsBeginHost(the);
	xsmcVars(1);
	if (text)
		xsmcSetString(xsVar(0), (char *)text);
	xsCall1(xsGlobal, xsID(function), xsVar(0));
	xsEndHost(the);
}

/* --- the plan --- */

typedef struct {
	uint64_t heap;
	uint32_t allocations, switches, framesIn, framesOut, bytesOut, collections, published;
} Figures;

static Figures before;

static Figures figures(void)
{
	return (Figures){ heapAllocated(machine), allocations, switches, framesIn, framesOut, bytesOut, collections, published };
}

static void begin(void)
{
	before = figures();
	CALLGRIND_ZERO_STATS;
}

static void end(const char *name)
{
	CALLGRIND_DUMP_STATS_AT(name);
	Figures now = figures();
	printf("{\"name\":\"%s\",\"heap\":%llu,\"allocations\":%u,\"switches\":%u,\"framesIn\":%u,\"framesOut\":%u,"
		"\"sent\":%u,\"collections\":%u}\n",
		name, (unsigned long long)(now.heap - before.heap), now.allocations - before.allocations,
		now.switches - before.switches, now.framesIn - before.framesIn, now.framesOut - before.framesOut,
		now.bytesOut - before.bytesOut, now.collections - before.collections);
}

static void kept(const char *name)
{
	uint32_t slots, chunks;
	heapKept(machine, &slots, &chunks);
	printf("{\"name\":\"%s\",\"slots\":%u,\"chunks\":%u,\"outside\":%u,\"outsideMost\":%u}\n", name, slots, chunks,
		bytesInUse, bytesMost);
	bytesMost = bytesInUse;
}

void benchLap(const char *name)
{
	end(name);
	begin();
}

static void startApp(xsMachine *the, const char *line)
{
	(void)line;
	evaluate(the, "start", NULL);
}

static void sendHex(int number, const char *hex)
{
	static uint8_t bytes[8192];
	size_t length = strlen(hex) / 2;
	for (size_t at = 0; at < length; at++) {
		unsigned value;
		sscanf(hex + 2 * at, "%2x", &value);
		bytes[at] = (uint8_t)value;
	}
	peerSend(number, bytes, length);
}

static void expect(int number, const char *status)
{
	size_t length;
	const char *text = peerText(number, &length);
	if (length > 12 && strncmp(text + 9, status, 3) == 0)
		return;
	fprintf(stderr, "expected %s on %d: %.500s\n", status, number, text);
	exit(1);
}

static void let(unsigned ms)
{
	for (unsigned left = ms; left > 0;) {
		unsigned step = left < STEP ? left : STEP;
		systemTicks += step;
		left -= step;
		work(pass, NULL);
	}
}

static void perform(char *line)
{
	char *command = strtok(line, " ");
	char *first = strtok(NULL, "");
	int number = first ? atoi(first) : 0;
	char *second = first ? strchr(first, ' ') : NULL;
	if (!command)
		return;
	if (strcmp(command, "start") == 0)
		work(startApp, NULL);
	else if (strcmp(command, "open") == 0)
		peerOpen(number);
	else if (strcmp(command, "close") == 0)
		peerClose(number);
	else if (strcmp(command, "send") == 0)
		sendHex(number, second + 1);
	else if (strcmp(command, "expect") == 0)
		expect(number, second + 1);
	else if (strcmp(command, "wait") == 0)
		let((unsigned)number);
	else if (strcmp(command, "call") == 0)
		work(hostCommand, first);
	else if (strcmp(command, "published") == 0)
		brokerExpect(before.published, (uint32_t)number);
	else if (strcmp(command, "begin") == 0)
		begin();
	else if (strcmp(command, "end") == 0)
		end(first);
	else if (strcmp(command, "kept") == 0)
		kept(first);
	else {
		fprintf(stderr, "%s: no step of a plan\n", command);
		exit(1);
	}
}

int main(int count, char **arguments)
{
	if (count != 7) {
		fprintf(stderr, "bench SCRIPT PLAN SLOTS MORE BYTES MORE\n");
		return 2;
	}
	machine = machineCreate("bench", 8 << 20, 128 << 10);
	hostInstall(machine);
	addInterface();
	brokerListen();
	evaluate(machine, "eval", readAll(arguments[1]));
	flashSeal(machine, atoi(arguments[3]), atoi(arguments[4]), atoi(arguments[5]), atoi(arguments[6]));
	hostInstall(machine);
	CALLGRIND_START_INSTRUMENTATION;
	for (char *line = readAll(arguments[2]), *next; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		perform(line);
	}
	return flashLeaks(machine) > 0;
}
