// A report for a bug, in English: what a maintainer asks for first.

import type { Device, LogEvent } from "../../modules/api/schema.js";

/** @param settings As the device reports them, without secrets. */
export function bugReport(device: Device, settings: object, log: readonly LogEvent[]): string {
	const { name, version, host, chip, mode, modeReason, uptimeMs, counters, sensors } = device;
	const lines = [
		`${name}: version ${version} on ${host}${chip ? ` (${chip})` : ""}`,
		`mode: ${mode}${modeReason ? `, ${modeReason}` : ""}`,
		`uptime: ${Math.round(uptimeMs / 1000)} s`,
		`boot: ${device.start?.boots ?? "?"}, ${device.start?.reason ?? "unknown"}`,
		`last crash: ${device.start?.lastCrash ?? "none"}`,
		`heap: ${device.heapFree ?? "?"} free, ${device.heapLeast ?? "?"} at least, ${device.heapLargestBlock ?? "?"} in one block`,
		`counters: ${JSON.stringify(counters)}`,
	];
	for (const { sensor, model, pin, reads, goodReads, day, faults, badTrain } of sensors) {
		const dayRate = `${day.goodReads} of ${day.reads} in the last day`;
		lines.push(
			`sensor ${sensor}: ${model} on pin ${pin}, ${goodReads} of ${reads} reads, ${dayRate}, ${JSON.stringify(faults)}`,
		);
		const pulses = badTrain?.frames[0].pulsesUs;
		if (pulses) lines.push(`last bad train, µs: ${pulses.join(" ")}`);
	}
	lines.push(`settings: ${JSON.stringify(settings)}`, "log:", ...log.map(logLine));
	return `${lines.join("\n")}\n`;
}

/** @returns `12.3 s  warning  sensors  Room: …`. */
export function logLine({ uptimeMs, level, source, message }: LogEvent): string {
	return `${(uptimeMs / 1000).toFixed(1)} s  ${level}  ${source}  ${message.replace(/\s+/g, " ")}`;
}
