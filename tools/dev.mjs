// `npm run dev`: serves the page from www/, reloads it after each change, and takes its data from a running device.

import { watch } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPage } from "./build.mjs";
import { root } from "./compile.mjs";

const usage = `npm run dev -- [options]

  --device ADDRESS  where the data come from: a device or a desktop host (default http://localhost:8081)
  --port N          port to serve on (default 8082)
  --help            this help`;

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

/** Builds 50 ms after the last of several changes. @type {NodeJS.Timeout | undefined} */
let pending;
watch(join(root, "www"), () => {
	clearTimeout(pending);
	pending = setTimeout(async () => {
		try {
			({ files } = await buildPage());
			for (const page of pages) page.write("data: changed\n\n");
		} catch (error) {
			console.error(/** @type {Error} */ (error).message);
		}
	}, 50);
});

createServer((incoming, response) => {
	const { pathname } = new URL(incoming.url ?? "/", "http://localhost");
	const name = pathname === "/" ? "index.html" : pathname.slice(1);
	const bytes = files.get(name);
	if (pathname === "/reload") {
		response.writeHead(200, { "Content-Type": "text/event-stream" });
		pages.add(response);
		response.on("close", () => pages.delete(response));
	} else if (bytes) {
		response.writeHead(200, { "Content-Type": types[name.split(".").at(-1) ?? ""] ?? "text/plain" });
		response.end(name === "index.html" ? bytes + reload : bytes);
	} else {
		const headers = { ...incoming.headers, host: device.host, origin: device.origin };
		const proxied = request(new URL(incoming.url ?? "/", device), { method: incoming.method, headers }, upstream => {
			response.writeHead(upstream.statusCode ?? 502, upstream.headers);
			upstream.pipe(response);
		});
		proxied.on("error", error =>
			response.headersSent ? response.destroy() : response.writeHead(502).end(`${error.message}\n`),
		);
		response.on("close", () => proxied.destroy());
		incoming.pipe(proxied);
	}
})
	.on("error", error => {
		console.error(`port ${port}: ${error.message}`);
		process.exit(2);
	})
	.listen(port, "127.0.0.1", () => console.log(`http://localhost:${port}/ with the data of ${device.origin}`));
