/* Looks host names up. An instance is one query, and ends when its result is reported. */

#include "lwipsocket.h"

#include <stdlib.h>

#include "mc.xs.h"
#include "builtinCommon.h"

#include "lwip/dns.h"

typedef struct {
	/* The first: one is cast to the other. `onReadable` is called with the result. */
	Socket socket;
	/* lwIP's, like all that follows, until the result is reported. */
	ip_addr_t address;
	/* Whether lwIP's resolver has it; whether an address was found; whether the query was cancelled. */
	bool pending, found, cancelled;
} Name;

void xs_name_destructor(void *it);

static const xsHostHooks hooks = { xs_name_destructor, socketMark, NULL };

static bool check(Socket *socket, uint8_t event, int *count)
{
	(void)socket;
	(void)event;
	(void)count;
	return true;
}

static void report(xsMachine *the, Socket *socket, uint8_t event, int count)
{
	(void)event;
	(void)count;
	Name *name = (Name *)socket;
	xsmcVars(2);
	xsVar(0) = xsReference(socket->onReadable);
	if (name->found)
		addressSet(the, &xsVar(1), &name->address);
	socketRelease(the, socket);
	free(name);
	xsCallFunction1(xsVar(0), xsUndefined, xsVar(1));
}

static const SocketKind nameKind = { check, NULL, report };

static void onFound(const char *host, const ip_addr_t *address, void *it)
{
	(void)host;
	Name *name = it;
	if (name->cancelled) {
		free(name);
		return;
	}
	name->pending = false;
	name->found = address != NULL;
	if (address)
		name->address = *address;
	socketHappened(&name->socket, READABLE);
}

typedef struct {
	Name *name;
	const char *host;
	xsMachine *machine;
} Ask;

static void ask(void *it)
{
	Ask *ask = it;
	Name *name = ask->name;
	socketWatch(&name->socket, READABLE, ask->machine);
	err_t error =
		dns_gethostbyname_addrtype(ask->host, &name->address, onFound, name, LWIP_DNS_ADDRTYPE_IPV4);
	name->pending = error == ERR_INPROGRESS;
	name->found = error == ERR_OK;
	if (!name->pending)
		socketHappened(&name->socket, READABLE);
}

static void cancel(void *it)
{
	Name *name = it;
	socketForget(&name->socket);
	/* lwIP's resolver cannot cancel a query: onFound frees the record. */
	name->cancelled = true;
	if (!name->pending)
		free(name);
}

/* At the machine's end. */
void xs_name_destructor(void *it)
{
	if (it)
		callLwip(cancel, it);
}

/* new Name({ name, onResolved }) */
void xs_name_constructor(xsMachine *the)
{
	xsmcVars(1);
	Callbacks callbacks = { .onReadable = builtinGetCallback(the, xsID_onResolved) };
	if (!callbacks.onReadable)
		xsUnknownError("no callback");
	xsmcGet(xsVar(0), xsArg(0), xsID_name);
	const char *host = xsmcToString(xsVar(0));
	Name *name = socketNew(the, sizeof(Name), &nameKind);
	Ask it = { .name = name, .host = host, .machine = the };
	socketBind(the, &name->socket, &hooks, &callbacks);
	callLwip(ask, &it);
}
