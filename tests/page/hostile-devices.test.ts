// Other devices of the network that are none, or mean harm: the page goes on with its own and the good ones, and runs nothing of theirs.

import { deepEqual, equal, ok } from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { browserTest, visit } from "./browser.js";
import { home, list } from "./homes.js";

const hello = { boot: "b1", uptimeMs: 9000, intervalMs: 2000, heartbeatMs: 1e12, version: "1.0.0", name: "bad" };
const markup = '<img src=x onerror="globalThis.harmed=1">';
const data = { sensor: "Air", temperature: 21, humidity: 40, uptimeMs: 8000 };
const fault = { sensor: markup, error: "constructor", message: markup, failures: 3, status: "fault", uptimeMs: 8500 };
const status = { ...data, model: markup, status: "live", ageMs: 1, fault: null, warn: null, alerts: null };

const event = (name: string, content: unknown) => `event: ${name}\ndata: ${JSON.stringify(content)}\n\n`;

/** Writes what `next` gives until the client leaves. */
function pour(response: ServerResponse, next: () => string): void {
	let ends = false;
	response.on("close", () => {
		ends = true;
	});
	const more = () => {
		if (!ends) response.write(next(), () => setImmediate(more));
	};
	more();
}

type Respond = (path: string, response: ServerResponse) => void;

function stream(response: ServerResponse, ...events: string[]): void {
	response.writeHead(200, { "Content-Type": "text/event-stream" });
	response.write(events.join(""));
}

const json = (response: ServerResponse, content: unknown) =>
	response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(content));

let count = 0;

/** What each does. */
const kinds: Record<string, Respond> = {
	markup: (path, response) =>
		path === "/api/readings"
			? json(response, { ...hello, readings: [{ ...status, sensor: markup, fault }] })
			: stream(response, event("hello", hello), event("sensor-fault", fault)),
	wide: (path, response) =>
		path === "/api/readings"
			? json(response, {
					...hello,
					readings: [{ ...status, range: [-1e300, 1e300], scale: { temperature: [-1e9, 1e9] } }],
				})
			: stream(response, event("hello", hello), event("sensor-data", data)),
	garbage: (_, response) =>
		stream(response, "event: hello\ndata: {\n\n", event("hello", hello), "data: \0\n\n", event("sensor-data", 7)),
	crowd: (_, response) => {
		stream(response, event("hello", hello));
		pour(response, () => event("sensor-data", { ...data, sensor: `s${count++}` }).repeat(10));
	},
	flood: (_, response) => {
		stream(response, event("hello", hello));
		pour(response, () => event("sensor-data", data).repeat(100));
	},
	endless: (_, response) => {
		stream(response, event("hello", hello), "event: sensor-data\ndata: ");
		pour(response, () => "x".repeat(10_000));
	},
	huge: (path, response) => {
		if (path === "/sensor-data-events") return stream(response, event("hello", hello));
		response.writeHead(200, { "Content-Type": "application/json" });
		pour(response, () => " ".repeat(100_000));
	},
	elsewhere: (path, response) => {
		response.writeHead(302, { Location: path === "/" ? "/" : `http://127.0.0.1:9/${path}` }).end();
	},
};

class HostileDevice {
	readonly address: string;
	/** Streams now, and all so far. */
	open = 0;
	streams = 0;
	#server;

	constructor(respond: Respond, server = createServer()) {
		this.#server = server;
		server.on("request", (request: IncomingMessage, response: ServerResponse) => {
			response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
			const path = request.url!.split("?")[0]!;
			if (path === "/sensor-data-events") {
				this.open++;
				this.streams++;
				response.on("close", () => this.open--);
			}
			respond(path, response);
		});
		server.unref();
		this.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	static async start(respond: Respond): Promise<HostileDevice> {
		const server = createServer();
		await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
		return new HostileDevice(respond, server);
	}

	stop(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}

const linkOf = (page: Page, name: string) =>
	page.evaluate(
		wanted =>
			[...document.querySelectorAll<HTMLElement>("#home section")].find(
				one => one.querySelector("h2")!.textContent === wanted,
			)?.dataset.link,
		name,
	);

/** Waits until each link is as `wanted`. */
async function until(page: Page, wanted: Record<string, string>, ms: number): Promise<void> {
	const end = performance.now() + ms;
	for (;;) {
		const found = Object.fromEntries(
			await Promise.all(Object.keys(wanted).map(async name => [name, await linkOf(page, name)])),
		);
		if (performance.now() > end) deepEqual(found, wanted);
		if (JSON.stringify(found) === JSON.stringify(wanted)) return;
		await page.waitForTimeout(200);
	}
}

async function beside(browser: Browser): Promise<void> {
	const devices = await home(2);
	const hostile = Object.fromEntries(
		await Promise.all(
			Object.entries(kinds).map(async ([name, respond]) => [name, await HostileDevice.start(respond)] as const),
		),
	);
	list(devices);
	const { neighbours } = devices[0]!;
	for (const [name, { address }] of Object.entries(hostile))
		neighbours!.neighbours.push({ name, address: "127.0.0.1", port: Number(new URL(address).port), version: "1.0.0" });
	const seen = await visit(browser, devices[0]!.address);
	const { page } = seen;
	await until(
		page,
		{
			...{ "device-1": "live", markup: "live", wide: "live" },
			...{
				garbage: "unclear",
				crowd: "unclear",
				flood: "unclear",
				endless: "unclear",
				huge: "live",
				elsewhere: "lost",
			},
		},
		60_000,
	);
	equal(await page.evaluate(() => "harmed" in globalThis), false);
	equal(await page.evaluate(() => document.querySelectorAll("#home img").length), 0);
	ok(String(await page.textContent("#home")).includes(markup));
	ok((await page.evaluate(() => document.querySelectorAll("#home article").length)) < 8);

	// What the page itself is for goes on.
	for (let value = 10; value < 15; value++) {
		devices[0]!.publish(value, 50, "Air 0");
		devices[1]!.publish(value + 20, 50, "Air 1");
		const begun = performance.now();
		await page.waitForFunction(
			wanted => [wanted, wanted + 20].every(one => document.querySelector("main")!.textContent!.includes(`${one}.0`)),
			value,
			{ timeout: 5000 },
		);
		ok(performance.now() - begun < 2000, `${performance.now() - begun} ms`);
	}

	await page.click("#compare summary");
	await page.waitForSelector("#compare li:nth-child(2)", { timeout: 20_000 });

	// Each is left for a minute.
	for (const name of ["crowd", "flood", "endless"]) {
		const { open, streams } = hostile[name]!;
		ok(open === 0 && streams < 5, `${name}: ${streams} streams, ${open} open`);
	}

	await seen.close();
	for (const device of devices) await device.stop();
	for (const device of Object.values(hostile)) device.stop();
}

browserTest(
	"devices that mean harm show text, or that they are unclear; the page's own and the good ones go on",
	beside,
	180_000,
);
