/*
 * What the tests need to know of the engine. It takes the place of the package's base64 functions, which nothing here uses: the
 * worker installs those by name, so that none of its sources is changed.
 */

#include "xsAll.h"

/* meter(): what has been computed since the command began. */
static void meter(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = the->meterIndex;
}

/* bytes(): what slots and chunks take up, garbage included. */
static void bytes(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = (double)the->currentHeapCount * sizeof(txSlot) + the->currentChunksSize;
}

/* slots(): how many slots are in use, garbage included. */
static void slots(txMachine* the)
{
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = the->currentHeapCount;
}

static void define(txMachine* the, txString name, txCallback callback, txInteger length)
{
	fxNewHostFunction(the, callback, length, XS_NO_ID, XS_NO_ID);
	mxPush(mxGlobal);
	fxDefineID(the, fxID(the, name), XS_DONT_ENUM_FLAG, XS_DONT_ENUM_FLAG);
	mxPop();
}

void modInstallBase64(txMachine* the)
{
	define(the, "meter", meter, 0);
	define(the, "bytes", bytes, 0);
	define(the, "slots", slots, 0);
}

/* The worker's table of functions names them. */
void xs_base64_encode(txMachine* the) {}
void xs_base64_decode(txMachine* the) {}
