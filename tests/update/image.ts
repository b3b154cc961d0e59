import { sha256 } from "../../modules/auth/sha256.js";
import { type ImageOptions, makeImage as make } from "../../modules/platform/simulated/firmware-image.js";

export const program = "dht-gauges";

/** @returns An image for an ESP32-C3, version 1.1.0, unless `options` say other. */
export function makeImage(options: Partial<ImageOptions> = {}): Uint8Array {
	const usual = { chip: 5, program, version: "1.1.0", date: "Nov 27 2026", time: "12:34:56", segments: [600, 300] };
	return make({ ...usual, ...options }, sha256);
}

/** The image's last 32 bytes. */
export const digestOf = (image: Uint8Array): Uint8Array => image.slice(-32);
