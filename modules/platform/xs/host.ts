import Listener from "embedded:io/socket/listener";
import Instrumentation from "instrumentation";
import Time from "time";
import type { Clock } from "../clock.js";
import type { Host } from "../host.js";
import type { ListenerConstructor } from "../io.js";
import { assets } from "./assets.js";
import { XSClock } from "./clock.js";
import { text } from "./text.js";

/** The parts of a host that the ESP32 and the simulator share. Not to be called at module level: native calls do not link there. */
export function xsHost(clock: Clock = new XSClock()): Omit<Host, "name" | "defaultPort" | "storage" | "PulseCapture"> {
	return {
		version: text.decode(assets.get("version")!),
		clock,
		text,
		assets,
		Listener: Listener as unknown as ListenerConstructor,
		random: () => (Math.floor(Math.random() * 0x100000000) ^ Time.ticks) >>> 0,
		log: line => trace(line, "\n"),
		heapFree,
	};
}

/** Only debug builds have instrumentation. The simulator's counts no heap, and returns 0. */
function heapFree(): number | undefined {
	const index = Instrumentation.map("System Free Memory");
	return index === undefined ? undefined : Instrumentation.get(index) || undefined;
}
