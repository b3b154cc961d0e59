// As much of xsbug as an app needs to be debugged: it is told to stop at exceptions, caught ones included, and to go on at once.

import { createServer } from "node:net";

/** What a debugger sets before the app runs: each command ends in a line. */
const setUp = '\r\n<set-all-breakpoints><breakpoint path="exceptions" line="0"/></set-all-breakpoints>\r\n';

const go = "\r\n<go/>\r\n";

/**
 * Listens on a free port.
 * @returns `port`, `apps`, how many have connected, `stops`, where they were stopped and at what, and `close`.
 */
export async function startDebugger() {
	/** @type {string[]} */
	const stops = [];
	/** @type {Set<import("node:net").Socket>} */
	const sockets = new Set();
	let apps = 0;
	const server = createServer(socket => {
		apps++;
		sockets.add(socket);
		let text = "";
		socket.setEncoding("utf8");
		socket.on("error", () => {});
		socket.on("close", () => sockets.delete(socket));
		socket.on("data", piece => {
			text += piece;
			// What an app tells in one go ends with this.
			for (let end = text.indexOf("</xsbug>"); end >= 0; end = text.indexOf("</xsbug>")) {
				const told = text.slice(0, end);
				text = text.slice(end + 8);
				if (told.includes("<login")) socket.write(setUp);
				const [, place, what] = told.match(/<break([^>]*)>([\s\S]*?)<\/break>/) ?? [];
				if (place === undefined) continue;
				stops.push(`${place.trim()} ${what?.trim()}`);
				socket.write(go);
			}
		});
	});
	await new Promise(resolve => server.listen(0, "127.0.0.1", () => resolve(undefined)));
	const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
	return {
		port,
		stops,
		get apps() {
			return apps;
		},
		close() {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}
