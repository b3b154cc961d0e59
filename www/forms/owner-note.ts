// What a page says while the device has no password: who may set one, how, and for how long.

import type { SessionReport } from "../../modules/api/schema.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { session } from "./client.js";
import { find } from "./form-page.js";

/** From one question to the next, ms: a hand on the button is seen so soon. */
const ASK_MS = 2000;

/** @returns A sentence for a client of a device without a password. */
function sentence(strings: FormStrings, { guest, unsigned, setupMs, reader }: SessionReport): string {
	if (!reader) return strings.get("lostPassword");
	if (guest) return strings.get("unprotected");
	if (setupMs > 0) return strings.get("setupOpen");
	return strings.get(unsigned ? "ownComputer" : "locked");
}

/** @returns `2:59`. */
function clockTime(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Shows the note, and asks the device again until it has a password. */
export class OwnerNote {
	readonly #strings: FormStrings;
	readonly #onChange: (current: SessionReport) => void;
	#last = "";
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param onChange Called when the client may do more or less than before, and with the first report. */
	constructor(strings: FormStrings, onChange: (current: SessionReport) => void) {
		this.#strings = strings;
		this.#onChange = onChange;
	}

	show(current: SessionReport): void {
		const { password, unsigned, reader, setupMs } = current;
		const message = password ? "" : sentence(this.#strings, current);
		const note = find("#owner");
		if (note.textContent !== message) note.textContent = message;
		note.hidden = password;
		find("#closes").hidden = setupMs === 0;
		find("#closes").textContent = this.#strings.get("closesIn") + clockTime(setupMs);
		const state = JSON.stringify([password, unsigned, reader]);
		if (state !== this.#last) this.#onChange(current);
		this.#last = state;
		clearTimeout(this.#timer);
		if (!password) this.#timer = setTimeout(() => this.#ask(current), setupMs > 0 ? 1000 : ASK_MS);
	}

	/** While set-up is open only the time is counted down, but for every tenth second. */
	async #ask(current: SessionReport): Promise<void> {
		const setupMs = current.setupMs - 1000;
		if (setupMs > 0 && Math.ceil(setupMs / 1000) % 10 !== 0) this.show({ ...current, setupMs });
		else this.show(await session().catch(() => current));
	}
}
