/* A network interface on a TAP device that loses, doubles, delays and reorders frames, by chance that a seed decides. */

#pragma once

#include "lwip/netif.h"

/* For netif_add; its argument is the device's name, or "fd:3" for a stream of frames to a peer that makes them itself. The damage is that of the environment's NETIF, like "loss=0.05,seed=7". */
err_t tapInit(struct netif *netif);

/* Frames so far: in, out, lost by chance, and for want of a buffer. */
void tapCounts(unsigned counts[4]);
