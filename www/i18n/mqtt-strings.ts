import type { ClientState } from "../../modules/mqtt/client.js";
import { mqttFailures, mqttStrings } from "./english.js";
import type { Language } from "./languages.js";

function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 120) return `${seconds} s`;
	return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** @returns The state as a sentence. A failure stands while the next attempt is under way. */
export function mqttSentence(current: ClientState | null, { tables }: Language): string {
	const string = (key: keyof typeof mqttStrings) => tables.mqtt?.[key] ?? mqttStrings[key];
	if (current === null) return string("off");
	const { state, failure, sinceSentMs } = current;
	if (state !== "connected")
		return failure === null
			? string("connecting")
			: `${string("waiting")}${tables.mqttFailures?.[failure] ?? mqttFailures[failure]}.`;
	if (sinceSentMs === null) return string("quiet");
	return string("connected").replace("{}", duration(sinceSentMs));
}
