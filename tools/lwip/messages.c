#include "messages.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t posted = PTHREAD_COND_INITIALIZER;
static Message queue[QUEUE_LENGTH];
static unsigned first, count, most, refused, seed = 1;
static double refusing;

int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *it)
{
	(void)the;
	pthread_mutex_lock(&mutex);
	int result = -1;
	if (count == QUEUE_LENGTH || (refusing > 0 && rand_r(&seed) < refusing * RAND_MAX))
		refused++;
	else {
		queue[(first + count++) % QUEUE_LENGTH] = (Message){ deliver, it };
		if (count > most)
			most = count;
		pthread_cond_signal(&posted);
		result = 0;
	}
	pthread_mutex_unlock(&mutex);
	return result;
}

bool messageTake(Message *message, double ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	long ns = until.tv_nsec + (long)(ms * 1e6);
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_mutex_lock(&mutex);
	while (count == 0)
		if (pthread_cond_timedwait(&posted, &mutex, &until) == ETIMEDOUT)
			break;
	bool taken = count > 0;
	if (taken) {
		*message = queue[first];
		first = (first + 1) % QUEUE_LENGTH;
		count--;
	}
	pthread_mutex_unlock(&mutex);
	return taken;
}

void messageCounts(unsigned *mostWaiting, unsigned *postsRefused)
{
	pthread_mutex_lock(&mutex);
	*mostWaiting = most;
	*postsRefused = refused;
	pthread_mutex_unlock(&mutex);
}

void messageRefuse(double share)
{
	pthread_mutex_lock(&mutex);
	refusing = share;
	pthread_mutex_unlock(&mutex);
}
