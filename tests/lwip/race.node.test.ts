// Whether ThreadSanitizer watches at all.

import { equal } from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { checked, skip, startDevice } from "./tools.js";

test("two threads that change a variable are caught", {
	skip: skip || (checked ? false : "nothing watches"),
}, async () => {
	const device = await startDevice({ wire: true, entry: "tests/lwip/sockets.ts" });
	device.type("race");
	equal(await Promise.race([device.closed, sleep(20_000, "lives")]), 66);
});
