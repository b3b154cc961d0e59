import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { NeighboursHandler } from "../../modules/api/neighbours.js";
import { Neighbours, neighbourOf } from "../../modules/network/neighbours.js";
import { FakeDevice } from "../fakes/device.js";
import { text, unchunked } from "../fakes/text.js";

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

function deviceWith(neighbours: Neighbours): FakeDevice {
	const handler = new NeighboursHandler({
		text,
		source: {
			neighbours: () => ({
				head: () => ({ name: "dht", version: "1.0.0", ignored: neighbours.ignored }),
				length: neighbours.entries.length,
				item: index => neighbourOf(neighbours.entries[index]!),
			}),
		},
	});
	return new FakeDevice({ routes: new Map([["/api/neighbours", handler]]) });
}

test("neighbours are listed by name, with address, port and version", () => {
	const neighbours = new Neighbours();
	const device = deviceWith(neighbours);
	deepEqual(JSON.parse(unchunked(device.ask(get("/api/neighbours")))), {
		name: "dht",
		version: "1.0.0",
		ignored: 0,
		neighbours: [],
	});
	neighbours.set({ name: "den", address: 0xc0a801fe, port: 80, version: "1.1.0", seen: 0 });
	neighbours.set({ name: "attic", address: 0x0a000002, port: 8081, version: "", seen: 0 });
	neighbours.ignored = 7;
	const { ignored, neighbours: found } = JSON.parse(unchunked(device.ask(get("/api/neighbours"))));
	equal(ignored, 7);
	deepEqual(found, [
		{ name: "attic", address: "10.0.0.2", port: 8081, version: "" },
		{ name: "den", address: "192.168.1.254", port: 80, version: "1.1.0" },
	]);
	match(device.ask(get("/api/neighbours?format=text")), /attic: http:\/\/10\.0\.0\.2:8081\/, \n/);
});

test("a list is whole, though a neighbour leaves while it is made", () => {
	const neighbours = new Neighbours();
	neighbours.set({ name: "den", address: 1, port: 80, version: "1.1.0", seen: 0 });
	const { entries } = neighbours;
	neighbours.remove(1);
	deepEqual([entries.length, neighbours.entries.length], [1, 0]);
});
