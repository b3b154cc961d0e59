/*
 * A device on this machine: the app on XS in this thread, the chip's sockets over lwIP in its own, and a TAP device for a
 * network: device TAP ADDRESS PEER SCRIPT. The standard input goes to the app, line by line.
 */

#include "device.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lwip/dns.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"

#include "machine.h"
#include "messages.h"
#include "tap.h"

/* The longest sleep of the thread, ms. */
#define LONGEST 1000

void fxRunLoop(xsMachine *the);

struct sys_sem **threadSemaphore(void)
{
	static __thread sys_sem_t semaphore;
	if (!semaphore && sys_sem_new(&semaphore, 0) != ERR_OK)
		abort();
	return &semaphore;
}

/* An app that ends so would restart the chip. */
void __wrap_fxAbort(xsMachine *the, int status);
void __wrap_fxAbort(xsMachine *the, int status)
{
	fprintf(stderr, "XS: aborted with %d: %s\n", status, fxToString(the, &xsException));
	fflush(stdout);
	_Exit(70);
}

static struct netif netif;

static void addInterface(void *it)
{
	char **arguments = it;
	ip4_addr_t address, mask, peer;
	ip4addr_aton(arguments[2], &address);
	ip4addr_aton("255.255.255.0", &mask);
	ip4addr_aton(arguments[3], &peer);
	netif_add(&netif, &address, &mask, &peer, arguments[1], tapInit, tcpip_input);
	netif_set_default(&netif);
	netif_set_up(&netif);
	ip_addr_t server;
	ip_addr_copy_from_ip4(server, peer);
	dns_setserver(0, &server);
}

static void *readInput(void *the)
{
	char *line = NULL;
	size_t size = 0;
	for (ssize_t length; (length = getline(&line, &size, stdin)) > 0;) {
		line[strcspn(line, "\n")] = 0;
		char *copy = strdup(line);
		while (modMessagePostToMachineFromISR(the, hostCommand, copy) != 0)
			nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	}
	/* The parent has ended. */
	_Exit(0);
}

static void run(xsMachine *the, const char *path)
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
	xsBeginHost(the);
	xsmcVars(1);
	xsmcSetString(xsVar(0), text);
	xsCall1(xsGlobal, xsID("eval"), xsVar(0));
	xsEndHost(the);
	free(text);
}

int main(int count, char **arguments)
{
	if (count != 5) {
		fprintf(stderr, "device TAP ADDRESS PEER SCRIPT\n");
		return 2;
	}
	hostTicks();
	srandom((unsigned)time(NULL));
	xsMachine *the = machineCreate("device", 4 << 20, 64 << 10);
	hostInstall(the);
	tcpip_init(addInterface, arguments);
	run(the, arguments[4]);
	pthread_t thread;
	pthread_create(&thread, NULL, readInput, the);
	for (;;) {
		double wait = hostAlarm() - hostTicks();
		Message message;
		if (messageTake(&message, wait < 0 ? 0 : wait < LONGEST ? wait : LONGEST))
			message.deliver(the, message.it, NULL, 0);
		if (hostAlarm() <= hostTicks())
			hostRing(the);
		fxRunLoop(the);
	}
}
