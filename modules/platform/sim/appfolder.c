/* The folder that the simulator has loaded the app from: one of the user's own. */

#define _GNU_SOURCE
#include "xsmc.h"
#include "mc.xs.h"

#include <string.h>
#ifndef _WIN32
#include <dlfcn.h>
#endif

/* path(): the folder, with a separator at its end; undefined where the system does not tell. */
void xs_appfolder_path(xsMachine *the)
{
#ifndef _WIN32
	Dl_info info;
	const char *end;

	if (0 == dladdr((void *)xs_appfolder_path, &info) || NULL == info.dli_fname)
		return;
	end = strrchr(info.dli_fname, '/');
	if (end)
		xsmcSetStringBuffer(xsResult, (char *)info.dli_fname, end + 1 - info.dli_fname);
#endif
}
