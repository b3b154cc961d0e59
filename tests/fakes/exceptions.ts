// Exceptions as a debugger sees them: each one that is thrown, also where it is caught, and whoever throws it.

import { once } from "node:events";
import { Worker } from "node:worker_threads";

export interface Thrown {
	/** The first line of what was thrown. */
	what: string;
	/** The innermost functions, the thrower's first. */
	where: string;
}

/** A debugger in a thread of its own: it holds the main thread at each exception, notes it, and lets it go on. */
const debuggerThread = `
const { Session } = require("node:inspector");
const { parentPort } = require("node:worker_threads");
const session = new Session();
const thrown = [];
session.connectToMainThread();
session.on("Debugger.paused", ({ params: { reason, data, callFrames } }) => {
	if (reason === "exception" || reason === "promiseRejection") {
		const what = String(data?.description ?? data?.value).split("\\n")[0];
		const names = callFrames.slice(0, 4).map(frame => frame.functionName || "(anonymous)");
		thrown.push({ what, where: names.join(" < ") });
	}
	session.post("Debugger.resume");
});
session.post("Debugger.enable", () =>
	session.post("Debugger.setPauseOnExceptions", { state: "all" }, () => parentPort.postMessage("ready")));
parentPort.on("message", () => {
	session.disconnect();
	parentPort.postMessage(thrown);
	parentPort.close();
});
`;

/** @returns What is thrown while `run` runs, caught or not. Slow: each exception holds the program for about a millisecond. */
export async function thrownBy(run: () => void): Promise<Thrown[]> {
	const worker = new Worker(debuggerThread, { eval: true });
	await once(worker, "message");
	try {
		run();
	} finally {
		worker.postMessage("enough");
	}
	const [thrown] = (await once(worker, "message")) as [Thrown[]];
	return thrown;
}
