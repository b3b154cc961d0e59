/* Memory of the chip's sockets, of which a share of the calls fails. Their threads take turns here. */

#include <pthread.h>
#include <stdlib.h>

#include "device.h"

void *tryMalloc(size_t size);
void *tryCalloc(size_t count, size_t size);

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static unsigned seed = 1;
static double failing;

static int fails(void)
{
	pthread_mutex_lock(&mutex);
	int result = failing > 0 && rand_r(&seed) < failing * RAND_MAX;
	pthread_mutex_unlock(&mutex);
	return result;
}

void memoryFail(double share)
{
	pthread_mutex_lock(&mutex);
	failing = share;
	pthread_mutex_unlock(&mutex);
}

void *tryMalloc(size_t size)
{
	return fails() ? NULL : malloc(size);
}

void *tryCalloc(size_t count, size_t size)
{
	return fails() ? NULL : calloc(count, size);
}
