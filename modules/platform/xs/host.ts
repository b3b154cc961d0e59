import Listener from "embedded:io/socket/listener";
import Instrumentation from "instrumentation";
import Time from "time";
import type { Clock } from "../clock.js";
import type { Host } from "../host.js";
import type { ListenerConstructor } from "../io.js";
import { assets } from "./assets.js";
import { XSClock } from "./clock.js";
import { text } from "./text.js";

/** What the ESP32 and the simulator share. Not to be called at module level: native calls do not link there. */
export function xsHost(clock: Clock = new XSClock()): Omit<Host, "name" | "defaultPort" | "storage" | "PulseCapture"> {
	return {
		clock,
		text,
		assets,
		Listener: Listener as unknown as ListenerConstructor,
		random: () => (Math.floor(Math.random() * 0x100000000) ^ Time.ticks) >>> 0,
		log: line => trace(line, "\n"),
		heapFree,
	};
}

/** Instrumentation is there in debug builds alone; the simulator's counts no heap and tells 0. */
function heapFree(): number | undefined {
	const index = Instrumentation.map("System Free Memory");
	return index === undefined ? undefined : Instrumentation.get(index) || undefined;
}
