// One of the servers in a process of its own, run by round.mjs: `server.mjs NAME STREAMS`. Tells its port, then does as it is told.

const [name, streams] = process.argv.slice(2);
const { start } = await import(`./${name}.mjs`);
const { port, publish } = await start(Number(streams));

/** `uptimeMs` is when it was published, in µs of the computer's monotonic clock. */
const reading = () => {
	const at = Number(process.hrtime.bigint() / 1000n);
	return { temperature: 24.4, humidity: 46.4, sensor: "Room", uptimeMs: at };
};
const tell = (/** @type {object} */ result) => process.send?.(result);

const commands = {
	/** Publishes `count` events, one each `everyMs`, and tells when it is through. */
	publish({ count = 0, everyMs = 0 }) {
		let left = count;
		const timer = setInterval(() => {
			publish(reading());
			if (--left > 0) return;
			clearInterval(timer);
			tell({});
		}, everyMs);
	},
	/** Tells the processor time it has taken, µs. */
	cpu() {
		const { user, system } = process.cpuUsage();
		tell({ us: user + system });
	},
	/** Tells its memory without garbage, bytes. */
	memory() {
		globalThis.gc?.();
		const { rss, heapUsed } = process.memoryUsage();
		tell({ rss, heapUsed });
	},
};

process.on("message", (/** @type {{ command: keyof typeof commands }} */ { command, ...rest }) =>
	commands[command](rest),
);
process.on("disconnect", () => process.exit());
publish(reading());
tell({ port });
