// What goes over the pipe between the app on XS and its host on Node: JSON and, after a zero, bytes as they are.

import type { Firmware } from "../../modules/platform/firmware.js";
import type { BootInfo, Limits } from "../../modules/platform/host.js";
import type { Ready } from "../../modules/platform/node/main.js";
import { text } from "../fakes/text.js";

export interface Message {
	bytes?: Uint8Array | undefined;
}

/** A call of a method of what the host has under a name or number; `bytes` is its last argument. */
export interface Call extends Message {
	of: string | number;
	method: string;
	args: unknown[];
}

/** What a call brought: `bytes` when it was binary. */
export interface Result extends Message {
	value?: unknown;
	thrown?: string;
}

/** What has happened to a thing of the host. */
export interface Happening {
	to: string | number;
	name: string;
	value: unknown;
}

/** What the app is given to start with, and what has happened since. */
export interface News extends Message {
	/** The host's clock, ms. */
	ticks: number;
	/** Its wall time. */
	time: number | undefined;
	/** Names of files that are in flash on a chip. */
	assets?: string[];
	start?: Start;
	happenings?: Happening[];
	close?: true;
}

/** All of a `Ready` that is data. */
export interface Start extends Omit<Ready, "host"> {
	name: string;
	version: string;
	defaultPort: number;
	address: string;
	isLoopback: boolean;
	limits: Limits;
	bootInfo: BootInfo | undefined;
	hasSerial: boolean;
	update: Pick<Firmware, "chip" | "slotSize"> | undefined;
	storage: { byteLength: number; blockSize: number } | undefined;
}

export function pack({ bytes, ...rest }: Call | Result | News): Uint8Array {
	const json = text.encode(JSON.stringify(rest));
	if (!bytes) return json;
	const message = new Uint8Array(json.byteLength + 1 + bytes.byteLength);
	message.set(json);
	message.set(bytes, json.byteLength + 1);
	return message;
}

export function unpack(message: Uint8Array): Message {
	const end = message.indexOf(0);
	if (end < 0) return JSON.parse(text.decode(message));
	return { ...JSON.parse(text.decode(message.subarray(0, end))), bytes: message.slice(end + 1) };
}
