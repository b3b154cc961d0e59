// The card "Firmware": what the slots hold, a new version, the way back, and a restart.

import type { SessionReport, UpdateReport } from "../../modules/api/schema.js";
import type { FirmwareImage } from "../../modules/platform/firmware.js";
import { type FirmwareStringKey, localize, stateName } from "../i18n/firmware-strings.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { type Failure, get, getSigned, type Reply } from "./client.js";
import { explainFailure, restart, type Say } from "./firmware-restart.js";
import { UPDATE_PATH, upload } from "./firmware-upload.js";
import { find } from "./form-page.js";

const form = () => find<HTMLFormElement>("#firmware");
const inputOf = (name: string) => find<HTMLInputElement>(`[name="${name}"]`, form());

export class FirmwareCard {
	readonly #strings: FormStrings;
	#report: UpdateReport | undefined;
	#hasPassword = false;
	#isBusy = false;

	constructor(strings: FormStrings) {
		this.#strings = strings;
		for (const element of form().querySelectorAll<HTMLElement>("[data-firmware]"))
			element.textContent = this.#string(element.dataset.firmware as FirmwareStringKey);
		form().onsubmit = event => {
			event.preventDefault();
			void this.#run(() => this.#install());
		};
		inputOf("back").onclick = () => void this.#run(() => this.#restart("back"));
		inputOf("restart").onclick = () => void this.#run(() => this.#restart("restart"));
	}

	/** Shows what the slots hold. @returns Whether the host has slots. @throws {Error} There is no response in time. */
	async load(): Promise<boolean> {
		const reply = await get<UpdateReport>(UPDATE_PATH);
		if (!reply.ok) return false;
		form().hidden = false;
		this.#show(reply.body);
		return true;
	}

	/** Offers what can be done with or without a password. */
	follow({ password }: SessionReport): void {
		this.#hasPassword = password;
		this.#enable();
	}

	#string(key: FirmwareStringKey, value?: string | number): string {
		return localize(key, this.#strings.language, value);
	}

	#show(report: UpdateReport): void {
		this.#report = report;
		const describe = ({ version, date, state }: FirmwareImage) =>
			`${version} (${date}), ${stateName(state, this.#strings.language)}`;
		const { running, other, restart } = report;
		find("#running").textContent = this.#string("running", describe(running));
		find("#other").textContent = this.#string("other", other ? describe(other) : this.#string("none"));
		find("#starts").hidden = !restart;
		this.#enable();
	}

	#enable(): void {
		find("#needs-password").hidden = this.#hasPassword;
		for (const control of form().querySelectorAll<HTMLInputElement>("input, button"))
			control.disabled = this.#isBusy || !this.#hasPassword;
		if (!this.#report?.other) inputOf("back").disabled = true;
	}

	readonly #say: Say = (message, failed = false) => {
		const status = find("#update");
		status.hidden = message === "";
		status.className = failed ? "wrong" : "";
		status.textContent = message;
	};

	#fail(failure: Failure): void {
		this.#say(explainFailure(this.#strings, failure), true);
		if (failure.status === 401) inputOf("password").focus();
	}

	/** Runs `task` with the card's controls disabled. */
	async #run(task: () => Promise<void>): Promise<void> {
		this.#isBusy = true;
		this.#enable();
		try {
			await task();
			await this.load().catch(() => {});
		} catch {
			this.#say(this.#strings.get("unreachable"), true);
		} finally {
			this.#isBusy = false;
			this.#enable();
		}
	}

	/** @returns Whether there is a password in the input; the reader is asked for it. */
	#hasTyped(): boolean {
		const isTyped = inputOf("password").value !== "";
		if (!isTyped) this.#say(this.#strings.get("needPassword"), true);
		if (!isTyped) inputOf("password").focus();
		return isTyped;
	}

	/** @returns Whether the device takes the password that was given. It is asked before a whole file is sent in vain. */
	async #isOwner(): Promise<boolean> {
		if (!this.#hasTyped()) return false;
		const reply = await getSigned<UpdateReport>(UPDATE_PATH, inputOf("password").value);
		if (reply.ok) this.#report = reply.body;
		else this.#fail(reply);
		return reply.ok;
	}

	async #install(): Promise<void> {
		const [file] = inputOf("image").files ?? [];
		if (!file) return this.#say(this.#string("needsFile"), true);
		if (!(await this.#isOwner())) return;
		this.#say(this.#string("sending"));
		const reply = await this.#send(file);
		if (!reply) return;
		if (!reply.ok) return this.#fail(reply);
		this.#show(reply.body);
		inputOf("image").value = "";
		await this.#restart("restart");
	}

	/** @returns `undefined` when the connection broke. */
	async #send(file: File): Promise<Reply<UpdateReport> | undefined> {
		const bar = find<HTMLProgressElement>("progress", form());
		const progress = find("#progress");
		let percent = 0;
		const onProgress = (sent: number) => {
			percent = Math.min(100, Math.floor((100 * sent) / file.size));
			bar.value = percent;
			find("#sent").textContent = this.#string("sent", percent);
		};
		onProgress(0);
		progress.hidden = false;
		try {
			return await upload(file, this.#report!, inputOf("password").value, onProgress);
		} catch {
			this.#say(this.#string("interrupted", percent), true);
			return undefined;
		} finally {
			progress.hidden = true;
		}
	}

	async #restart(action: "restart" | "back"): Promise<void> {
		if (!this.#hasTyped()) return;
		const failure = await restart(action, inputOf("password").value, this.#strings, this.#say);
		if (failure?.status === 401) inputOf("password").focus();
	}
}
