/* Host names: an instance is a question, which is over once its answer is told. */

#include "lwipsocket.h"

#include <stdlib.h>

#include "mc.xs.h"
#include "builtinCommon.h"

#include "lwip/dns.h"

typedef struct {
	/* The first: one is cast to the other. `onReadable` is what is called with the answer. */
	Socket socket;
	/* lwIP's, like all that follows, until the answer is told. */
	ip_addr_t address;
	/* Whether the resolver knows of it; whether the answer is an address; whether nobody wants it. */
	bool asking, found, abandoned;
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

static void tell(xsMachine *the, Socket *socket, uint8_t event, int count)
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

static const SocketKind nameKind = { check, NULL, tell };

static void onFound(const char *host, const ip_addr_t *address, void *it)
{
	(void)host;
	Name *name = it;
	if (name->abandoned) {
		free(name);
		return;
	}
	name->asking = false;
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
	name->asking = error == ERR_INPROGRESS;
	name->found = error == ERR_OK;
	if (!name->asking)
		socketHappened(&name->socket, READABLE);
}

static void abandon(void *it)
{
	Name *name = it;
	socketForget(&name->socket);
	/* The resolver cannot be told to forget it. */
	name->abandoned = true;
	if (!name->asking)
		free(name);
}

/* At the machine's end. */
void xs_name_destructor(void *it)
{
	if (it)
		callLwip(abandon, it);
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
	CHECK_NETWORK_SAFE();
	Name *name = calloc(1, sizeof(Name));
	if (!name)
		xsUnknownError("no memory");
	name->socket.kind = &nameKind;
	Ask it = { .name = name, .host = host, .machine = the };
	socketBind(the, &name->socket, &hooks, &callbacks);
	callLwip(ask, &it);
}
