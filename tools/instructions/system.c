/* What lwIP and the sockets need of an operating system, for one thread: a call into lwIP's task is a call. */

#include "bench.h"

#include "lwip/init.h"
#include "lwip/priv/tcpip_priv.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"

#include "xsHost.h"

/* As in the manifest's `defines` for the chip. */
#define QUEUE_LENGTH 64

uint32_t systemTicks = 1000, switches;

static struct {
	modMessageDeliver deliver;
	void *it;
} queue[QUEUE_LENGTH];
static unsigned first, count;

err_t tcpip_api_call(tcpip_api_call_fn function, struct tcpip_api_call_data *call)
{
	switches++;
	return function(call);
}

int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *it)
{
	(void)the;
	if (count == QUEUE_LENGTH)
		return -1;
	switches++;
	unsigned last = (first + count++) % QUEUE_LENGTH;
	queue[last].deliver = deliver;
	queue[last].it = it;
	return 0;
}

void systemDeliver(xsMachine *the)
{
	while (count > 0) {
		modMessageDeliver deliver = queue[first].deliver;
		void *it = queue[first].it;
		first = (first + 1) % QUEUE_LENGTH;
		count--;
		deliver(the, it, NULL, 0);
	}
}

u32_t sys_now(void)
{
	return systemTicks;
}

void sys_init(void) {}
void sys_check_core_locking(void) {}
void sys_mark_tcpip_thread(void) {}

sys_prot_t sys_arch_protect(void)
{
	return 0;
}

void sys_arch_unprotect(sys_prot_t value)
{
	(void)value;
}

struct sys_sem **threadSemaphore(void)
{
	return NULL;
}

err_t tcpip_input(struct pbuf *bytes, struct netif *netif)
{
	return ethernet_input(bytes, netif);
}

/* Asked to free segments where no buffer is left. */
err_t tcpip_try_callback(tcpip_callback_fn function, void *it)
{
	(void)function;
	(void)it;
	return ERR_MEM;
}
