#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "lwip/etharp.h"
#include "lwip/tcpip.h"

#define FRAME 1514
/* How long a frame waits for a buffer before it is lost, ms: a thread may have to wait as long for this machine. */
#define PATIENCE 20

typedef struct Frame {
	struct Frame *next;
	/* ms */
	double due;
	bool inwards;
	size_t length;
	uint8_t bytes[FRAME];
} Frame;

static struct netif *interface;
static int device;
/* Whether frames go over a stream, each after its length in two bytes. */
static bool stream;
/* Shares of the frames, and ms: a frame that is reordered comes `late` after its turn. */
static double loss, duplicate, reorder, delay, jitter, late = 20;
static unsigned seed = 1;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static Frame *delayed;
static unsigned counts[4];

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void count(int what)
{
	pthread_mutex_lock(&mutex);
	counts[what]++;
	pthread_mutex_unlock(&mutex);
}

void tapCounts(unsigned to[4])
{
	pthread_mutex_lock(&mutex);
	memcpy(to, counts, sizeof(counts));
	pthread_mutex_unlock(&mutex);
}

/* Returns whether there was a buffer, and space in lwIP's mailbox. */
static bool hand(const Frame *frame)
{
	struct pbuf *bytes = pbuf_alloc(PBUF_RAW, (u16_t)frame->length, PBUF_POOL);
	if (!bytes)
		return false;
	pbuf_take(bytes, frame->bytes, (u16_t)frame->length);
	bool handed = interface->input(bytes, interface) == ERR_OK;
	if (!handed)
		pbuf_free(bytes);
	return handed;
}

/* A radio gives a frame some 100 us; here that is what is waited for lwIP's thread where all buffers are in use. */
static void receive(const Frame *frame)
{
	for (double since = now(); !hand(frame); usleep(100))
		if (now() - since > PATIENCE) {
			count(3);
			return;
		}
}

static bool readAll(uint8_t *bytes, size_t length)
{
	for (ssize_t got; length > 0; bytes += got, length -= (size_t)got)
		if ((got = read(device, bytes, length)) <= 0)
			return false;
	return true;
}

static ssize_t readFrame(uint8_t *bytes)
{
	uint8_t length[2];
	if (!stream)
		return read(device, bytes, FRAME);
	if (!readAll(length, 2) || !readAll(bytes, length[0] << 8 | length[1]))
		_Exit(0);
	return length[0] << 8 | length[1];
}

static void writeFrame(const uint8_t *bytes, size_t length)
{
	uint8_t framed[FRAME + 2] = { length >> 8, length & 0xFF };
	memcpy(framed + 2, bytes, length);
	const uint8_t *from = stream ? framed : bytes;
	if (write(device, from, length + (stream ? 2 : 0)) < 0 && errno != EIO)
		perror("tap");
}

static void pass(const Frame *frame)
{
	if (frame->inwards)
		receive(frame);
	else
		writeFrame(frame->bytes, frame->length);
}

/* The mutex is held. */
static bool chance(double share)
{
	return share > 0 && rand_r(&seed) < share * RAND_MAX;
}

/* The mutex is held. */
static void hold(const Frame *frame, double ms)
{
	Frame *copy = malloc(sizeof(Frame));
	if (!copy)
		abort();
	*copy = *frame;
	copy->due = now() + ms;
	Frame **at = &delayed;
	while (*at && (*at)->due <= copy->due)
		at = &(*at)->next;
	copy->next = *at;
	*at = copy;
	pthread_cond_signal(&changed);
}

static void damage(const Frame *frame)
{
	bool passes = false;
	pthread_mutex_lock(&mutex);
	counts[frame->inwards ? 0 : 1]++;
	if (chance(loss))
		counts[2]++;
	else
		for (int copies = chance(duplicate) ? 2 : 1; copies > 0; copies--) {
			double ms = delay + (jitter > 0 ? jitter * rand_r(&seed) / RAND_MAX : 0) + (chance(reorder) ? late : 0);
			if (ms > 0 || passes)
				hold(frame, ms);
			else
				passes = true;
		}
	pthread_mutex_unlock(&mutex);
	if (passes)
		pass(frame);
}

static void *release(void *it)
{
	pthread_mutex_lock(&mutex);
	for (;;) {
		if (!delayed) {
			pthread_cond_wait(&changed, &mutex);
			continue;
		}
		double due = delayed->due;
		if (due > now()) {
			struct timespec until = { (time_t)(due / 1e3), 0 };
			until.tv_nsec = (long)((due - until.tv_sec * 1e3) * 1e6);
			pthread_cond_timedwait(&changed, &mutex, &until);
			continue;
		}
		Frame *frame = delayed;
		delayed = frame->next;
		pthread_mutex_unlock(&mutex);
		pass(frame);
		free(frame);
		pthread_mutex_lock(&mutex);
	}
	return it;
}

static void *listenToDevice(void *it)
{
	Frame frame = { .inwards = true };
	for (;;) {
		ssize_t length = readFrame(frame.bytes);
		if (length <= 0)
			continue;
		frame.length = (size_t)length;
		damage(&frame);
	}
	return it;
}

static err_t output(struct netif *netif, struct pbuf *bytes)
{
	(void)netif;
	Frame frame = { .length = bytes->tot_len };
	if (frame.length > FRAME)
		return ERR_BUF;
	pbuf_copy_partial(bytes, frame.bytes, bytes->tot_len, 0);
	damage(&frame);
	return ERR_OK;
}

static void readDamage(void)
{
	const char *text = getenv("NETIF");
	const struct { const char *name; double *value; } values[] = {
		{ "loss=", &loss }, { "duplicate=", &duplicate }, { "reorder=", &reorder },
		{ "delay=", &delay }, { "jitter=", &jitter }, { "late=", &late },
	};
	for (size_t at = 0; text && at < sizeof(values) / sizeof(*values); at++) {
		const char *found = strstr(text, values[at].name);
		if (found)
			*values[at].value = atof(found + strlen(values[at].name));
	}
	const char *found = text ? strstr(text, "seed=") : NULL;
	if (found)
		seed = (unsigned)atoi(found + 5);
}

static void openDevice(const char *name)
{
	stream = strncmp(name, "fd:", 3) == 0;
	if (stream) {
		device = atoi(name + 3);
		return;
	}
	struct ifreq request = { 0 };
	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	request.ifr_flags = IFF_TAP | IFF_NO_PI;
	device = open("/dev/net/tun", O_RDWR);
	if (device < 0 || ioctl(device, TUNSETIFF, &request) < 0) {
		perror("/dev/net/tun");
		exit(1);
	}
}

err_t tapInit(struct netif *netif)
{
	openDevice(netif->state);
	readDamage();
	interface = netif;
	netif->name[0] = 't';
	netif->name[1] = 'p';
	netif->output = etharp_output;
	netif->linkoutput = output;
	netif->mtu = 1500;
	netif->hwaddr_len = ETH_HWADDR_LEN;
	netif->hwaddr[0] = 2;
	netif->hwaddr[5] = ip4_addr3(netif_ip4_addr(netif));
	netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_IGMP | NETIF_FLAG_LINK_UP;
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&changed, &monotonic);
	pthread_t thread;
	pthread_create(&thread, NULL, release, NULL);
	pthread_create(&thread, NULL, listenToDevice, NULL);
	return ERR_OK;
}
