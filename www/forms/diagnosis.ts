// The card "Diagnosis": how each sensor is read, its last bad pulse train, the log as it is written, a report for a bug, and a restart.

import type { Device, LogEvent, SensorHealth, SessionReport } from "../../modules/api/schema.js";
import type { Settings } from "../../modules/config/settings.js";
import { type DiagnosisStringKey, diagnosisString, ruleString } from "../i18n/diagnosis-strings.js";
import { localize } from "../i18n/firmware-strings.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { get, send } from "./client.js";
import { restart, type Say } from "./firmware-restart.js";
import { explain, find, whileDisabled } from "./form-page.js";
import { drawTrain, judge } from "./pulse-train.js";
import { bugReport, logLine } from "./report.js";

/** Lines of the log that are kept on the page. */
const MAX_LINES = 200;

const form = () => find<HTMLFormElement>("#diagnosis");
const password = () => find<HTMLInputElement>("[name=password]", form());
const button = (name: string) => find<HTMLButtonElement>(`[name=${name}]`, form());

export class DiagnosisCard {
	readonly #strings: FormStrings;
	#device: Device | undefined;
	/** As JSON: what was drawn last is not drawn again under the eyes. */
	#drawn = "";
	#lines: LogEvent[] = [];
	#stream: EventSource | undefined;
	#hasPassword = false;
	#restarts = false;

	constructor(strings: FormStrings) {
		this.#strings = strings;
		for (const element of form().querySelectorAll<HTMLElement>("[data-diagnosis]"))
			element.textContent = this.#string(element.dataset.diagnosis as DiagnosisStringKey);
		find("#log").ariaLabel = this.#string("log");
		// It scrolls, with the keyboard, too.
		find("#log").tabIndex = 0;
		button("restart").textContent = localize("restart", strings.language);
		form().onsubmit = event => {
			event.preventDefault();
			this.#run(() => this.#signIn());
		};
		button("copy").onclick = () => void this.#copy();
		button("restart").onclick = () => this.#run(() => this.#restart());
		addEventListener("pagehide", () => this.#stream?.close());
	}

	/** Offers the log and a restart where there is a password. */
	follow({ password }: SessionReport): void {
		this.#hasPassword = password;
		this.#offer();
	}

	/** Offers a restart: the host has one. */
	allowRestart(): void {
		this.#restarts = true;
		this.#offer();
	}

	/** Ends the log, which is offered anew: another password or a restart makes the device forget its readers. */
	signOut(): void {
		this.#stream?.close();
		this.#stream = undefined;
		this.#offer();
	}

	#offer(): void {
		const log = this.#hasPassword && !this.#stream;
		const restarts = this.#hasPassword && this.#restarts;
		find("#log-needs").hidden = button("show").hidden = !log;
		button("restart").hidden = !restarts;
		find("#diagnosis-password").hidden = !log && !restarts;
	}

	/** Shows how the sensors are read. */
	show(device: Device): void {
		this.#device = device;
		form().hidden = false;
		const json = JSON.stringify(device.sensors.map(({ day, badTrain }) => [day, badTrain]));
		if (json === this.#drawn) return;
		this.#drawn = json;
		find("#sensors-health").replaceChildren(...device.sensors.map(sensor => this.#describe(sensor)));
	}

	#string(key: DiagnosisStringKey, value?: string): string {
		return diagnosisString(key, this.#strings.language, value);
	}

	#describe({ sensor, model, answering, day, badTrain }: SensorHealth): HTMLElement {
		const { language } = this.#strings;
		const block = document.createElement("div");
		const { reads, goodReads } = day;
		const percent = (100 * goodReads) / reads;
		const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
		const rate = this.#string("rate", number.format(percent)).replace("{n}", number.format(reads));
		append(block, "p", `${sensor}: ${reads ? rate : this.#string("noReads")}`);
		const frame = badTrain?.frames[0];
		if (!frame) return block;
		const { pulsesUs, level } = frame;
		const { rule, bytes } = judge(pulsesUs, answering ?? model, level);
		const label = this.#string("train", number.format(pulsesUs.reduce((sum, pulse) => sum + pulse, 0) / 1000));
		append(block, "small", label);
		block.append(drawTrain(pulsesUs, `${sensor}: ${label}`));
		append(block, "p", `${bytes && `${this.#string("bytes", bytes)}. `}${ruleString(rule, language)}`);
		return block;
	}

	/** Shows the password, so that the stream has the log. */
	async #signIn(): Promise<void> {
		const reply = await send({ method: "POST", path: "/api/session", content: {}, password: password().value });
		if (!reply.ok) return this.#say(explain(this.#strings, reply), true);
		password().value = "";
		this.#say("");
		find("#log").hidden = false;
		this.#open();
		this.#offer();
	}

	async #restart(): Promise<void> {
		if (password().value === "") {
			password().focus();
			return this.#say(this.#strings.get("needPassword"), true);
		}
		const failure = await restart("restart", password().value, this.#strings, this.#say);
		if (!failure) this.signOut();
		if (failure?.status === 401) password().focus();
	}

	#run(task: () => Promise<void>): void {
		void whileDisabled(form(), task, () => this.#say(this.#strings.get("unreachable"), true));
	}

	#open(): void {
		const stream = new EventSource("/sensor-data-events");
		this.#stream = stream;
		// The device sends its newest lines on each connection.
		stream.addEventListener("hello", () => {
			this.#lines = [];
		});
		stream.addEventListener("log", ({ data }) => {
			this.#lines = [...this.#lines, JSON.parse(data) as LogEvent].slice(-MAX_LINES);
			const log = find("#log");
			log.textContent = this.#lines.map(logLine).join("\n");
			log.scrollTop = log.scrollHeight;
		});
	}

	async #copy(): Promise<void> {
		const settings = await get<Partial<Settings>>("/api/settings").catch(() => undefined);
		if (!this.#device || !settings?.ok) return this.#say(this.#strings.get("unreachable"), true);
		const isCopied = await copy(bugReport(this.#device, settings.body, this.#lines));
		this.#say(this.#string(isCopied ? "copied" : "notCopied"), !isCopied);
	}

	readonly #say: Say = (message, failed = false) => {
		const status = find("#diagnosed");
		status.className = failed ? "wrong" : "";
		status.textContent = message;
	};
}

function append(parent: Element, name: "p" | "small", content: string): void {
	const element = document.createElement(name);
	element.textContent = content;
	parent.append(element);
}

/** Browsers give the clipboard to pages over HTTPS; others copy what is selected. */
async function copy(content: string): Promise<boolean> {
	if (navigator.clipboard)
		return navigator.clipboard.writeText(content).then(
			() => true,
			() => false,
		);
	const area = document.createElement("textarea");
	area.value = content;
	document.body.append(area);
	area.select();
	const isCopied = document.execCommand("copy");
	area.remove();
	return isCopied;
}
