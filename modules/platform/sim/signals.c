/* Signals of the simulator's process. */

#include "xsmc.h"
#include "mc.xs.h"

#include <signal.h>

/*
 * ignoreBrokenPipes(): a write to a peer that has left fails, as on a chip, and does not end the process. The SDK's Linux
 * host restores the signal whenever a machine has connected to a debugger. Windows has no such signal.
 */
void xs_signals_ignoreBrokenPipes(xsMachine *the)
{
	(void)the;
#ifdef SIGPIPE
	signal(SIGPIPE, SIG_IGN);
#endif
}
