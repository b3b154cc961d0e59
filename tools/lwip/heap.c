#include "xsAll.h"

double heapBytes(txMachine *the)
{
	fxCollectGarbage(the);
	return (double)the->currentHeapCount * sizeof(txSlot) + the->currentChunksSize;
}
