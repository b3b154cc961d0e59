// Moddable's simulator without a screen: an X server that draws nowhere, a home of its own, and the app's log.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./compile.mjs";

/** @returns The first number that `child` writes to its file descriptor 3. */
function displayNumber(/** @type {import("node:child_process").ChildProcess} */ child) {
	return new Promise((resolve, reject) => {
		let text = "";
		child.once("error", reject);
		child.once("exit", status => reject(new Error(`Xvfb ended with ${status}`)));
		const pipe = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
		pipe.setEncoding("utf8").on("data", piece => {
			text += piece;
			if (text.endsWith("\n")) resolve(text.trim());
		});
	});
}

/**
 * Starts the simulator with the app in the file `app`, the panels of the folder `panels` and the debugger on `debuggerPort`,
 * where 1 stands for none.
 * @returns `pid`, its process, `log`, the file it prints to, `folder`, where it keeps its copy of the app, and `stop`, which
 * ends what was started and nothing else.
 */
export async function startSimulator(
	/** @type {string} */ app,
	/** @type {string} */ sdk,
	panels = join(root, "modules/platform/sim/panel"),
	debuggerPort = 1,
) {
	const home = mkdtempSync(join(tmpdir(), "dht-gauges-sim-"));
	const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp"], {
		stdio: ["ignore", "ignore", "ignore", "pipe"],
	});
	const display = await displayNumber(screen);
	const log = join(home, "simulator.log");
	const output = openSync(log, "a");
	const release = join(sdk, "build/bin/lin/release/mcsim");
	const simulator = spawn(
		// Line by line, so that nothing is lost when it is ended.
		"stdbuf",
		["-oL", "-eL", existsSync(release) ? release : join(sdk, "build/bin/lin/debug/mcsim"), panels, app],
		{
			env: {
				...process.env,
				DISPLAY: `:${display}`,
				XDG_CONFIG_HOME: home,
				XDG_RUNTIME_DIR: home,
				DBUS_SESSION_BUS_ADDRESS: "disabled:",
				NO_AT_BRIDGE: "1",
				GSETTINGS_BACKEND: "memory",
				XSBUG_HOST: "127.0.0.1",
				XSBUG_PORT: String(debuggerPort),
			},
			// Straight into the file: a pipe that nobody reads while the tests run would stop the simulator.
			stdio: ["ignore", output, output],
		},
	);
	return {
		pid: simulator.pid,
		log,
		folder: join(home, "tech.moddable.mcsim"),
		stop() {
			simulator.kill();
			screen.kill();
		},
	};
}
