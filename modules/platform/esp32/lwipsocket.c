/*
 * Carries events from lwIP's task to XS's. Sockets with pending events are in one list. Whatever their number, one message
 * waits for XS. It reports one event of one socket, and is followed by the next.
 */

#include "lwipsocket.h"

#include "lwip/priv/tcpip_priv.h"
#include "lwip/timeouts.h"

#if !LWIP_TCPIP_CORE_LOCKING && !LWIP_NETCONN_SEM_PER_THREAD
#error "a call into lwIP's task must need no memory"
#endif

/* From a message that XS's full queue refused to the next attempt, ms. */
#define RETRY_MS 10

/* lwIP's. */
static struct {
	xsMachine *machine;
	Socket *first, *last;
	/* Whether a message waits for XS, or a timer to post one. */
	bool posted, retrying;
} ready;

/* --- into lwIP's task --- */

typedef struct {
	struct tcpip_api_call_data call;
	void (*function)(void *);
	void *it;
} Call;

static err_t run(struct tcpip_api_call_data *data)
{
	Call *call = (Call *)data;
	call->function(call->it);
	return ERR_OK;
}

void callLwip(void (*function)(void *), void *it)
{
	Call call = { .function = function, .it = it };
	tcpip_api_call(run, &call.call);
}

/* --- lwIP's task --- */

static void deliver(void *the, void *it, uint8_t *message, uint16_t length);
static void retry(void *it);

static void post(void)
{
	if (ready.posted || ready.retrying || !ready.first)
		return;
	/* Made for interrupts, which cannot wait. The other function waits for ever while the queue is full. */
	if (modMessagePostToMachineFromISR(ready.machine, deliver, NULL) == 0)
		ready.posted = true;
	else {
		ready.retrying = true;
		sys_timeout(RETRY_MS, retry, NULL);
	}
}

static void retry(void *it)
{
	(void)it;
	ready.retrying = false;
	post();
}

static void enqueue(Socket *socket)
{
	if (socket->ready)
		return;
	socket->ready = true;
	socket->next = NULL;
	if (ready.first)
		ready.last->next = socket;
	else
		ready.first = socket;
	ready.last = socket;
}

static Socket *dequeue(void)
{
	Socket *socket = ready.first;
	if (!socket)
		return NULL;
	ready.first = socket->next;
	socket->ready = false;
	return socket;
}

void socketHappened(Socket *socket, uint8_t events)
{
	socket->events |= events;
	if (!(socket->events & socket->watched))
		return;
	enqueue(socket);
	post();
}

void socketWrote(Socket *socket)
{
	socket->unsent = true;
	enqueue(socket);
	post();
}

void socketWatch(Socket *socket, uint8_t watched, xsMachine *machine)
{
	ready.machine = machine;
	socket->watched = watched;
	socketHappened(socket, 0);
}

void socketForget(Socket *socket)
{
	socket->watched = 0;
	if (!socket->ready)
		return;
	Socket *before = NULL;
	for (Socket *other = ready.first; other != socket; other = other->next)
		before = other;
	if (before)
		before->next = socket->next;
	else
		ready.first = socket->next;
	if (ready.last == socket)
		ready.last = before;
	socket->ready = false;
}

static void flush(void)
{
	for (Socket *socket = ready.first; socket; socket = socket->next)
		if (socket->unsent) {
			socket->unsent = false;
			socket->kind->flush(socket);
		}
}

typedef struct {
	Socket *socket;
	uint8_t event;
	int count;
} Report;

/* Takes the next event from the list. First sends what XS has written since the last message, all of a turn together. */
static void take(void *it)
{
	Report *report = it;
	ready.posted = false;
	flush();
	while (!report->event) {
		Socket *socket = dequeue();
		if (!socket)
			break;
		uint8_t events = socket->events & socket->watched;
		uint8_t event = events & -events;
		socket->events &= ~event;
		if (events & ~event)
			enqueue(socket);
		if (event && socket->kind->check(socket, event, &report->count)) {
			report->socket = socket;
			report->event = event;
		}
	}
	post();
}

/* --- XS's task --- */

static void deliver(void *it, void *nothing, uint8_t *message, uint16_t length)
{
	(void)nothing;
	(void)message;
	(void)length;
	Report report = { 0 };
	callLwip(take, &report);
	if (!report.event)
		return;
	xsBeginHost((xsMachine *)it);
	report.socket->kind->report(the, report.socket, report.event, report.count);
	xsEndHost((xsMachine *)it);
}
