// Above the settings: safe mode, rescue or firmware that was taken back. Settings that are kept and not in force are marked.

import type { Device } from "../../modules/api/schema.js";
import { bootString, noticeSentence } from "../i18n/boot-strings.js";
import type { Language } from "../i18n/languages.js";
import { get } from "./client.js";

/** Asks the device for its mode, and shows it in `root`. A device that does not respond changes nothing. */
export async function showBootNotes(root: HTMLElement, form: HTMLElement, language: Language): Promise<void> {
	const reply = await get<Device>("/api/device").catch(() => undefined);
	if (!reply?.ok) return;
	const { mode, modeReason, rolledBack, leftOut } = reply.body;
	const lines: string[] = [];
	if (modeReason !== null) lines.push(noticeSentence({ kind: mode, reason: modeReason }, language));
	if (leftOut.length > 0) lines.push(bootString("mend", language));
	if (rolledBack !== null) lines.push(noticeSentence({ kind: "rolledBack", reason: rolledBack }, language));
	root.replaceChildren(...lines.map(line => element("p", line)));
	for (const old of form.querySelectorAll(".left-out")) old.remove();
	for (const key of leftOut) {
		const mark = element("small", bootString("leftOut", language));
		mark.className = "left-out";
		if (key === "sensors") form.querySelector("#sensors")?.before(mark);
		else form.querySelector(`[name="${key}"]`)?.after(mark);
	}
}

function element(name: "p" | "small", content: string): HTMLElement {
	const made = document.createElement(name);
	made.textContent = content;
	return made;
}
