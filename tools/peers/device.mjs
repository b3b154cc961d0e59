// The device that both servers tell of, and the makers of its content.

import { readFileSync } from "node:fs";

const built = (/** @type {string} */ path) => new URL(`../../build/${path}`, import.meta.url);

/** @typedef {{ temperature: number, humidity: number, sensor: string, uptimeMs: number }} Reading */

/** @returns The compiled module `path` of `modules/`. */
export const module = (/** @type {string} */ path) => import(built(`node/modules/${path}.js`).href);

/** The built page's files. */
export const files = new Map(
	["index.html", "index.html.gz", "index.csp"].map(name => [name, new Uint8Array(readFileSync(built(`www/${name}`)))]),
);

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export const text = {
	encode: (/** @type {string} */ string) => encoder.encode(string),
	decode: (/** @type {Uint8Array} */ bytes) => decoder.decode(bytes),
};

const boot = "5f3a";
const never = { below: null, above: null };

/** One sensor, read once a publishing. */
export class Device {
	boot = boot;
	/** @type {Reading} */
	newest = { temperature: 24.4, humidity: 46.4, sensor: "Room", uptimeMs: 0 };
	statuses = new Map([[200, 1]]);
	counts = { reads: 1, faults: { "no-answer": 0, checksum: 0 }, sinceGoodMs: 0 };
	states = [{ name: "Room", counts: this.counts }];

	hello() {
		return { boot, uptimeMs: 0, intervalMs: 2000, heartbeatMs: 5000, version: "1.0.0", name: "dht" };
	}

	readings() {
		return {
			head: () => ({ ...this.hello(), lastEventId: `${boot}-1`, language: "auto", units: "C" }),
			length: 1,
			item: () => ({
				...this.current(),
				...{ model: "DHT22", status: "live", ageMs: 0, fault: null },
				warn: { temperature: never, humidity: never },
			}),
		};
	}

	current() {
		return { ...this.newest, dewPoint: 12.1, heatIndex: 24.1, absoluteHumidity: 10.3 };
	}

	deviceHead() {
		return {
			...this.hello(),
			...{ host: "desktop", heapFree: 60_000, heapLeast: 50_000, heapLargestBlock: 40_000, signalDbm: -60 },
			counters: { connectionsOpen: 1, streamsOpen: 0 },
		};
	}
}
