// The card "Backup": the settings as a file, a file as the settings, and the end of all that the device has learned.

import type { SessionReport } from "../../modules/api/schema.js";
import type { Change } from "../../modules/api/settings.js";
import { secretPaths } from "../../modules/config/setting-rows.js";
import type { Settings } from "../../modules/config/settings.js";
import { type BackupStringKey, localizeBackup } from "../i18n/backup-strings.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { type Failure, type Reply, send } from "./client.js";
import { explain, find } from "./form-page.js";
import { differences, type FileContent, readSettingsFile } from "./settings-file.js";

const PATH = "/api/settings";
/** The most bytes of settings that a device takes. */
const MAX = 8192;

type Applied = Change & { readonly ignored: readonly string[]; readonly settings: Partial<Settings> };

const form = () => find<HTMLFormElement>("#backup");
const inputOf = (name: string) => find<HTMLInputElement>(`[name="${name}"]`, form());

export class BackupCard {
	readonly #strings: FormStrings;
	readonly #onApplied: (settings: Partial<Settings>) => void;
	#settings: Partial<Settings> = {};
	#content: FileContent | undefined;
	#mayChange = false;
	#hasPassword = false;

	/** @param onApplied Called with the settings that a file has changed. */
	constructor(strings: FormStrings, onApplied: (settings: Partial<Settings>) => void) {
		this.#strings = strings;
		this.#onApplied = onApplied;
		for (const element of form().querySelectorAll<HTMLElement>("[data-backup]"))
			element.textContent = this.#string(element.dataset.backup as BackupStringKey);
		inputOf("file").onchange = () => void this.#run(() => this.#read());
		form().onsubmit = event => {
			event.preventDefault();
			void this.#run(() => this.#apply());
		};
		inputOf("forget").onclick = () => void this.#run(() => this.#forget());
	}

	/** @param settings As the device has them. */
	show(settings: Partial<Settings>): void {
		this.#settings = settings;
		find<HTMLAnchorElement>("#export").download = `${settings.name}-settings.json`;
		form().hidden = false;
	}

	/** Offers what this client may do. */
	follow({ password, unsigned }: SessionReport): void {
		this.#mayChange = password || unsigned;
		this.#hasPassword = password;
		find("[data-password]", form()).hidden = !password;
		this.#enable(true);
	}

	#string(key: BackupStringKey, value?: string | number): string {
		return localizeBackup(key, this.#strings.language, value);
	}

	#enable(isIdle: boolean): void {
		for (const control of form().querySelectorAll<HTMLInputElement>("input, button"))
			control.disabled = !isIdle || !this.#mayChange;
	}

	#say(message: string, failed = false): void {
		const status = find("#applied");
		status.hidden = message === "";
		status.className = failed ? "wrong" : "";
		status.textContent = message;
	}

	#fail(failure: Failure): void {
		this.#say(this.#string("rejected") + explain(this.#strings, failure), true);
		if (failure.status === 401) inputOf("password").focus();
	}

	/** Runs `task` with the card's controls disabled. */
	async #run(task: () => Promise<void>): Promise<void> {
		this.#enable(false);
		try {
			await task();
		} catch {
			this.#say(this.#strings.get("unreachable"), true);
		} finally {
			this.#enable(true);
		}
	}

	/** Shows what the chosen file would change. */
	async #read(): Promise<void> {
		const list = find("#differences");
		list.replaceChildren();
		this.#content = undefined;
		const [file] = inputOf("file").files ?? [];
		if (!file) return this.#say("");
		let read: FileContent;
		try {
			read = readSettingsFile(await file.text());
		} catch (error) {
			return this.#say(this.#string("noSettings", (error as Error).message), true);
		}
		const { changes, unknown, content } = differences(this.#settings, read);
		this.#content = content;
		const lines = [...changes, ...unknown.map(key => this.#string("unknown", key))];
		list.append(
			...lines.map(line => {
				const item = document.createElement("li");
				item.textContent = line;
				return item;
			}),
		);
		this.#say(lines.length === 0 ? this.#string("same") : "");
	}

	/** @returns Whether there is a password where one is needed. */
	#hasGivenPassword(): boolean {
		if (!this.#hasPassword || inputOf("password").value !== "") return true;
		this.#say(this.#strings.get("needPassword"), true);
		inputOf("password").focus();
		return false;
	}

	async #apply(): Promise<void> {
		const content = this.#content;
		if (!content) return this.#say(this.#string("needsFile"), true);
		const { byteLength } = new TextEncoder().encode(JSON.stringify(content));
		if (byteLength > MAX) return this.#say(this.#string("tooLarge", byteLength), true);
		if (!this.#hasGivenPassword()) return;
		const reply: Reply<Applied> = await send<Applied>({
			...{ method: "PUT", path: PATH, content, isFile: true },
			...{ password: inputOf("password").value, secrets: secretPaths },
		});
		if (!reply.ok) return this.#fail(reply);
		const { ignored, restart, settings } = reply.body;
		inputOf("file").value = "";
		this.#content = undefined;
		find("#differences").replaceChildren();
		this.#settings = settings;
		this.#onApplied(settings);
		const lines = [this.#string("applied")];
		if (ignored.length > 0) lines.push(this.#string("ignored", ignored.join(", ")));
		if (restart.length > 0) lines.push(this.#string("restart", restart.join(", ")));
		this.#say(lines.join(" "));
	}

	async #forget(): Promise<void> {
		if (!inputOf("sure").checked) return this.#say(this.#string("notSure"), true);
		if (!this.#hasGivenPassword()) return;
		const reply = await send<{ restarts: boolean }>({
			...{ method: "POST", path: PATH, content: { action: "forget" } },
			password: inputOf("password").value,
		});
		if (!reply.ok) return this.#fail(reply);
		this.#mayChange = false;
		this.#say(this.#string(reply.body.restarts ? "forgotten" : "switchOff"));
	}
}
