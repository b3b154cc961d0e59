import type { NetworkReport } from "../../modules/api/schema.js";
import type { FailureReason } from "../../modules/network/provisioning.js";
import { formStrings, joinFailures } from "./english.js";
import type { Language } from "./languages.js";
import { withLimits } from "./limits.js";

export type FormStringKey = keyof typeof formStrings;

/** The strings of the forms in one language. */
export class FormStrings {
	readonly language: Language;

	constructor(language: Language) {
		this.language = language;
	}

	get(key: FormStringKey): string {
		return this.language.tables.forms?.[key] ?? formStrings[key];
	}

	/** @returns What `reason` of a failed attempt means; empty for one that the page lacks. */
	reason(reason: string): string {
		return this.language.tables.joinFailures?.[reason] ?? joinFailures[reason as FailureReason] ?? "";
	}

	/** @returns Why the value of `key` was rejected. @param message The device's own sentence, in English. */
	rejection(key: string, message: string): string {
		const { rejections } = this.language.tables;
		if (!rejections) return message;
		const names = key.replace(/\[\d+\]/g, "").split(".");
		const name = names.find(name => name === "scale" || name === "comfort") ?? names.at(-1)!;
		return `${key}: ${this.get("notAllowed")}; ${withLimits(rejections[name] ?? message, name)}`;
	}

	/** @returns The network, and why it was not joined. */
	storedNetwork({ ssid, reason }: NetworkReport["stored"][number]): string {
		return reason === null ? ssid : `${ssid}: ${this.reason(reason)}`;
	}

	/** @returns Where the device is, and which networks it could not join. */
	wifiState({ phase, ssid, address, addressing, stored }: NetworkReport): string {
		const joined = phase === "joined" ? `${this.get("phaseJoined")}${ssid}, ${address}.` : "";
		const failed = stored.filter(({ reason }) => reason !== null).map(network => `${this.storedNetwork(network)}.`);
		const fallback = addressing === "fallback" ? this.get("byFallback") : "";
		return [joined, ...failed, fallback].filter(sentence => sentence !== "").join(" ");
	}

	/** Fills the elements that are marked with `data-string`. */
	fill(root: ParentNode): void {
		for (const element of root.querySelectorAll<HTMLElement>("[data-string]"))
			element.textContent = this.get(element.dataset.string as FormStringKey);
	}
}
