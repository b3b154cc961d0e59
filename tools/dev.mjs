// `npm run dev`: serves the page from www/ and loads it anew after each change; its data come from a running device.

import { watch } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPage } from "./build.mjs";
import { root } from "./compile.mjs";

const usage = `npm run dev -- [options]

  --device ADDRESS  where the data come from: a device or a desktop host (default http://localhost:8081)
  --port N          port to serve on (default 8082)
  --help            this text`;

/** @type {Record<string, string>} */
const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8" };
const reload = '<script>new EventSource("/reload").onmessage = () => location.reload()</script>';

function readOptions() {
	try {
		const { values } = parseArgs({
			options: { device: { type: "string" }, port: { type: "string" }, help: { type: "boolean" } },
		});
		const { device = "http://localhost:8081", port = "8082" } = values;
		if (!/^\d{1,5}$/.test(port)) throw new Error(`--port ${port} is not allowed; a whole number is`);
		return { help: values.help, device: new URL(device.includes("://") ? device : `http://${device}`), port: +port };
	} catch (error) {
		console.error(/** @type {Error} */ (error).message);
		process.exit(2);
	}
}

const { help, device, port } = readOptions();
if (help) {
	console.log(usage);
	process.exit(0);
}

let { files } = await buildPage();
/** @type {Set<import("node:http").ServerResponse>} */
const pages = new Set();

/** Builds again, shortly after the last of several changes. @type {NodeJS.Timeout | undefined} */
let soon;
watch(join(root, "www"), () => {
	clearTimeout(soon);
	soon = setTimeout(async () => {
		try {
			({ files } = await buildPage());
			for (const page of pages) page.write("data: changed\n\n");
		} catch (error) {
			console.error(/** @type {Error} */ (error).message);
		}
	}, 50);
});

createServer((asked, answer) => {
	const { pathname } = new URL(asked.url ?? "/", "http://localhost");
	const name = pathname === "/" ? "index.html" : pathname.slice(1);
	const bytes = files.get(name);
	if (pathname === "/reload") {
		answer.writeHead(200, { "Content-Type": "text/event-stream" });
		pages.add(answer);
		answer.on("close", () => pages.delete(answer));
	} else if (bytes) {
		answer.writeHead(200, { "Content-Type": types[name.split(".").at(-1) ?? ""] ?? "text/plain" });
		answer.end(name === "index.html" ? bytes + reload : bytes);
	} else {
		const headers = { ...asked.headers, host: device.host, origin: device.origin };
		const onward = request(new URL(asked.url ?? "/", device), { method: asked.method, headers }, given => {
			answer.writeHead(given.statusCode ?? 502, given.headers);
			given.pipe(answer);
		});
		onward.on("error", error =>
			answer.headersSent ? answer.destroy() : answer.writeHead(502).end(`${error.message}\n`),
		);
		answer.on("close", () => onward.destroy());
		asked.pipe(onward);
	}
})
	.on("error", error => {
		console.error(`port ${port}: ${error.message}`);
		process.exit(2);
	})
	.listen(port, "127.0.0.1", () => console.log(`http://localhost:${port}/ with the data of ${device.origin}`));
