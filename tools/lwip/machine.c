#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

/* The engine's modules are in none of its headers. */
void modInstallTextDecoder(xsMachine *the);
void modInstallTextEncoder(xsMachine *the);

xsMachine *machineCreate(const char *name, int chunkBytes, int slots)
{
	xsCreation creation = {
		.initialChunkSize = chunkBytes,
		.incrementalChunkSize = 1 << 20,
		.initialHeapCount = slots,
		.incrementalHeapCount = 16 << 10,
		.stackCount = 4096,
		.initialKeyCount = 8000,
		.incrementalKeyCount = 1000,
		.nameModulo = 1993,
		.symbolModulo = 127,
		.parserBufferSize = 16 << 20,
		.parserTableModulo = 1993,
	};
	xsMachine *the = xsCreateMachine(&creation, (char *)name, NULL);
	modInstallTextDecoder(the);
	modInstallTextEncoder(the);
	return the;
}

xsSlot machineHost(xsMachine *the, const HostFunction *functions, size_t count)
{
	xsSlot host;
	xsBeginHost(the);
	xsmcVars(2);
	xsVar(0) = xsNewObject();
	for (size_t at = 0; at < count; at++) {
		xsVar(1) = xsNewHostFunction(functions[at].function, 2);
		xsmcSet(xsVar(0), xsID(functions[at].name), xsVar(1));
	}
	xsmcSet(xsGlobal, xsID("host"), xsVar(0));
	host = xsVar(0);
	xsEndHost(the);
	return host;
}

void machineRead(xsMachine *the)
{
	FILE *file = fopen(xsmcToString(xsArg(0)), "rb");
	if (!file)
		return;
	fseek(file, 0, SEEK_END);
	long length = ftell(file);
	rewind(file);
	void *bytes = malloc(length + 1);
	length = (long)fread(bytes, 1, length, file);
	fclose(file);
	xsmcSetArrayBuffer(xsResult, bytes, (int)length);
	free(bytes);
}
