// What a household does to a device, for as long as it is told: run by soak.node.test.ts and, longer, by tools/lwip/soak.mjs.

import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { UpdateReport } from "../../modules/api/schema.js";
import { hex } from "../../modules/auth/sha256.js";
import { EventStream } from "../e2e/stream.js";
import { authorization, request } from "../fakes/signing.js";
import { digestOf, makeImage } from "../update/image.js";
import { type Device, type Statistics, startDevice } from "./tools.js";

/** What has come of it, and what lwIP, the queue and the heap had come to before and after. */
export interface Outcome {
	/** What was done, by name. */
	counts: Record<string, number>;
	/** Why what failed did. */
	reasons: string[];
	before: Statistics;
	after: Statistics;
}

interface Answer {
	status: number;
	length: number;
	ms: number;
}

/**
 * Asks for `path`. As every client must (RFC 9112, 9.3.1), it asks again where the device has just closed a connection that was open
 * already: it closes those that rest, and does not know what is under way.
 * @throws {Error} There is no whole answer within `patienceMs`.
 */
async function ask(device: Device, path: string, agent: Agent | false, patienceMs = 10_000): Promise<Answer> {
	try {
		return await askOnce(device, path, agent, patienceMs);
	} catch (error) {
		if (!(error instanceof Stale)) throw error;
		return askOnce(device, path, agent, patienceMs);
	}
}

/** A connection that was open already is closed, and nothing was answered. */
class Stale extends Error {}

function askOnce(device: Device, path: string, agent: Agent | false, patienceMs: number): Promise<Answer> {
	const start = performance.now();
	return new Promise((resolve, reject) => {
		const request = get({ host: device.address, port: 80, path, agent, timeout: patienceMs }, response => {
			let length = 0;
			response.on("data", piece => {
				length += piece.byteLength;
			});
			response.on("end", () =>
				response.complete
					? resolve({ status: response.statusCode ?? 0, length, ms: performance.now() - start })
					: reject(new Error("half an answer")),
			);
			response.on("error", reject);
		});
		request.on("timeout", () => request.destroy(new Error(`no answer within ${patienceMs} ms`)));
		request.on("error", (error: NodeJS.ErrnoException) =>
			reject(request.reusedSocket && error.code === "ECONNRESET" ? new Stale() : error),
		);
	});
}

/** What lwIP has of none once it is at rest. */
const left = Object.freeze(["active", "segments", "buffers", "heap"] as const);

/** Starts a device, warms it up, has it live through `life`, and lets it come to rest. */
async function through(
	damage: string,
	life: (device: Device, fail: (reason: unknown) => void) => Promise<Record<string, number>>,
	config: object = {},
): Promise<Outcome> {
	const start = performance.now();
	const reasons: string[] = [];
	const fail = (reason: unknown) => reasons.push(`${Math.round((performance.now() - start) / 1000)} s: ${reason}`);
	const device = await startDevice({ damage, config });
	await new Promise<void>(resolve => {
		device.onLine = line => line.includes("http://") && resolve();
	});
	for (const path of ["/", "/api/device", "/metrics"]) await ask(device, path, false, 60_000);
	const before = await device.statistics();
	const counts = await life(device, fail);
	let after = await device.statistics();
	// A frame may be on its way even then.
	for (let waited = 0; waited < 40 && left.some(what => after.lwip[what] > 0); waited++) {
		await sleep(1000);
		after = await device.statistics();
	}
	counts.status = Number(await device.close());
	return { counts, reasons: reasons.slice(0, 20), before, after };
}

/** Connections one after the other, each with a request; how long each took, in ms. */
export function connections(count: number, damage = ""): Promise<Outcome> {
	return through(damage, async (device, fail) => {
		const counts = { answered: 0, failed: 0, over50: 0, medianUs: 0, longestMs: 0 };
		const times = new Float64Array(count);
		for (let turn = 0; turn < count; turn++) {
			try {
				const { status, ms } = await ask(device, "/api/readings", false);
				times[turn] = ms;
				if (status === 200) counts.answered++;
				else counts.failed++;
				if (ms > 50) counts.over50++;
			} catch (error) {
				counts.failed++;
				fail(error);
			}
		}
		times.sort();
		counts.medianUs = Math.round(1000 * (times[count >> 1] ?? 0));
		counts.longestMs = Math.round(times[count - 1] ?? 0);
		return counts;
	});
}

/** Connections that are reset as soon as they are up, every fiftieth of them followed by a request. */
export function resets(count: number): Promise<Outcome> {
	return through("", async device => {
		const counts = { reset: 0, answered: 0, failed: 0 };
		for (let turn = 0; turn < count; turn++) {
			const socket = connect(80, device.address);
			socket.on("error", () => {});
			await Promise.race([once(socket, "connect"), sleep(5000)]);
			socket.resetAndDestroy();
			counts.reset++;
			if (turn % 50 !== 49) continue;
			const answer = await ask(device, "/api/readings", false).catch(() => undefined);
			if (answer?.status === 200) counts.answered++;
			else counts.failed++;
		}
		return counts;
	});
}

/**
 * Eight streams and six clients that ask without a pause, over a bad network. The app's time limits are set so long that TCP alone
 * decides: of frames of which a twentieth is lost each way, some are lost four times in a row.
 */
export function busy(seconds: number, damage: string): Promise<Outcome> {
	const life = async (device: Device, fail: (reason: unknown) => void) => {
		const counts = { streams: 8, events: 0, broken: 0, gaps: 0, requests: 0, failed: 0 };
		const until = performance.now() + seconds * 1000;
		const paths = ["/", "/api/readings", "/api/device", "/metrics", "/api/history?span=15m", "/settings"];
		const work = async (turn: number) => {
			const agent = new Agent({ keepAlive: true, maxSockets: 1 });
			while (performance.now() < until) {
				const path = paths[turn++ % paths.length]!;
				const asked = performance.now();
				counts.requests++;
				try {
					const { status } = await ask(device, path, agent, 90_000);
					if (status >= 500) throw new Error(`status ${status}`);
				} catch (error) {
					counts.failed++;
					fail(`${path} after ${Math.round(performance.now() - asked)} ms: ${error}`);
				}
			}
			agent.destroy();
		};
		await Promise.all([
			...Array.from({ length: counts.streams }, () => follow(device, counts, () => performance.now() < until, fail)),
			...Array.from({ length: 6 }, (_, turn) => work(turn)),
		]);
		return counts;
	};
	return through(damage, life, { progressMs: 60_000, headerMs: 60_000, idleMs: 60_000 });
}

/** Reads a stream as long as `goesOn`: an event that is missing is a gap. */
async function follow(
	device: Device,
	counts: { events: number; broken: number; gaps: number },
	goesOn: () => boolean,
	fail: (reason: unknown) => void,
): Promise<void> {
	const stream = await EventStream.open(`http://${device.address}/sensor-data-events`);
	let last: number | undefined;
	try {
		while (goesOn()) {
			const { event, id } = await stream.next();
			if (event !== "sensor-data") continue;
			const number = Number(id?.split("-")[1]);
			if (last !== undefined && number !== last + 1) counts.gaps++;
			last = number;
			counts.events++;
		}
	} catch (error) {
		counts.broken++;
		fail(error);
	}
	stream.close();
}

/** Of the link on which firmware arrives: bytes a second, and from one pause to the next; a pause, ms. */
const link = { bytesPerSecond: 20_000, bytesToPause: 64_000, pauseMs: 2000 };

/**
 * An image of so many KB over a slow link with pauses, to flash that takes 50 ms a sector, beside eight streams and pages that are loaded
 * all the while.
 */
export function update(kilobytes: number, damage: string): Promise<Outcome> {
	const image = makeImage({ segments: [256, kilobytes * 1024] });
	const life = async (device: Device, fail: (reason: unknown) => void) => {
		const counts = {
			streams: 8,
			events: 0,
			broken: 0,
			gaps: 0,
			pages: 0,
			failed: 0,
			faults: 0,
			slowestMs: 0,
			heapMost: 0,
		};
		let isUnderWay = true;
		const load = async () => {
			for (let turn = 0; isUnderWay; turn++) {
				try {
					const { status, ms } = await ask(device, turn % 2 === 0 ? "/" : "/api/readings", false);
					if (status !== 200) throw new Error(`status ${status}`);
					counts.pages++;
					counts.slowestMs = Math.max(counts.slowestMs, Math.round(ms));
				} catch (error) {
					counts.failed++;
					fail(error);
				}
				counts.heapMost = Math.max(counts.heapMost, (await device.statistics()).heap);
				await sleep(500);
			}
		};
		const send = async () => {
			try {
				const { status, report } = await sendSlowly(device, image);
				if (status !== 200 || report.other?.version !== "1.1.0") throw new Error(`${status} ${JSON.stringify(report)}`);
			} catch (error) {
				counts.failed++;
				fail(error);
			}
			isUnderWay = false;
		};
		await Promise.all([
			send(),
			load(),
			...Array.from({ length: counts.streams }, () => follow(device, counts, () => isUnderWay, fail)),
		]);
		const { sensors } = await (await fetch(`http://${device.address}/api/device`)).json();
		counts.faults = Object.values<number>(sensors[0].faults).reduce((sum, count) => sum + count, 0);
		return counts;
	};
	return through(damage, life, { adminPassword: password });
}

const password = "correct horse";

async function sendSlowly(device: Device, image: Uint8Array): Promise<{ status: number; report: UpdateReport }> {
	const { address: host } = device;
	const { nonce } = await (await fetch(`http://${host}/api/session`)).json();
	const target = `/api/update?size=${image.byteLength}&sha256=${hex(digestOf(image))}`;
	const asked = { method: "PUT", target, host };
	const type = `Content-Type: application/octet-stream\r\nContent-Length: ${image.byteLength}\r\nConnection: close\r\n`;
	const socket = connect(80, host).setNoDelay(true);
	const ended = once(socket, "close");
	let received = "";
	socket.setEncoding("latin1").on("data", piece => {
		received += piece;
	});
	await once(socket, "connect");
	socket.write(request({ ...asked, fields: type + authorization(password, nonce, asked) }));
	const piece = link.bytesPerSecond / 10;
	for (let at = 0; at < image.byteLength && received === ""; at += piece) {
		if (!socket.write(image.subarray(at, at + piece))) await once(socket, "drain");
		await sleep((at + piece) % link.bytesToPause < piece ? link.pauseMs : 100);
	}
	await ended;
	return {
		status: Number(received.slice(9, 12)),
		report: JSON.parse(received.slice(received.indexOf("\r\n\r\n") + 4)),
	};
}

/** What the app may keep in XS's heap of what it has lived through, bytes: its newest events and readings. */
const memories = 24 * 1024;

/** What is wrong with what has come of it: memory that is not given back, a queue too full, a device that ended. */
export function complaints({ counts, before, after }: Outcome): string[] {
	const found: string[] = [];
	const expect = (holds: boolean, what: string) => holds || found.push(what);
	expect(counts.status === 0, `the device ended with ${counts.status}`);
	for (const name of ["failed", "broken", "gaps", "faults"]) expect(!counts[name], `${counts[name]} ${name}`);
	const { lwip, queue } = after;
	for (const what of left) expect(lwip[what] === 0, `lwIP: ${lwip[what]} ${what} left`);
	expect(after.heap <= before.heap + memories, `XS's heap grew from ${before.heap} to ${after.heap} bytes`);
	expect(queue.most <= (queue.length * 2) / 3, `${queue.most} messages waited`);
	return found;
}
