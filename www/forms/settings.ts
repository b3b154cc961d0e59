// The settings page: shows the settings in force, sends the reader's changes, and marks the input of a rejected setting.

import type { SessionReport } from "../../modules/api/schema.js";
import type { Change } from "../../modules/api/settings.js";
import { secretPaths } from "../../modules/config/setting-rows.js";
import type { SensorSettings, Settings } from "../../modules/config/settings.js";
import { showBootNotes } from "./boot-notes.js";
import { get, send, session } from "./client.js";
import { FirmwareCard } from "./firmware.js";
import { explain, find, translatePage, whileDisabled } from "./form-page.js";
import { formRows } from "./form-rows.js";
import { changesOf } from "./input.js";
import { followMQTT } from "./mqtt-note.js";
import { OwnerNote } from "./owner-note.js";
import { SensorForm } from "./sensor-form.js";
import { SettingInput } from "./setting-input.js";
import { WebhookForm } from "./webhook-form.js";

const strings = translatePage(find("#language"));
const form = find<HTMLFormElement>("#settings");
const outcome = find("#outcome");
const passwordInput = find<HTMLInputElement>("#password [name=password]");
const inputs = formRows.map(row => new SettingInput(row, strings));
const webhooks = new WebhookForm(find("#webhooks"), strings);
const owner = new OwnerNote(strings, follow);
const firmware = new FirmwareCard(strings);
/** As the device has them. */
let settings: Partial<Settings> = {};
let sensorForms: SensorForm[] = [];
/** The sensors' settings as the form first had them. */
let shownSensors = "";

for (const { section, element } of inputs) find(`[data-section=${section}]`, form).append(element);

function report(message: string, failed = false): void {
	outcome.hidden = false;
	outcome.className = failed ? "wrong" : "";
	outcome.textContent = message;
}

function note(message: string): void {
	find("#note").hidden = false;
	find("#note").textContent = message;
}

function addSensor(sensor: Partial<SensorSettings>): void {
	const added = new SensorForm(strings, sensor, () => {
		added.element.remove();
		sensorForms = sensorForms.filter(other => other !== added);
	});
	sensorForms.push(added);
	find("#sensors").append(added.element);
}

const sensorsOfForm = () => sensorForms.map(({ value }) => value);

function show(current: Partial<Settings>): void {
	settings = current;
	for (const input of inputs) input.show(current[input.key]);
	webhooks.show(current.webhooks ?? []);
	find("#sensors").replaceChildren();
	sensorForms = [];
	for (const sensor of current.sensors ?? []) addSensor(sensor);
	shownSensors = JSON.stringify(sensorsOfForm());
}

/** @returns The settings that the reader has changed. */
function changedSettings(): Record<string, unknown> {
	const values = Object.fromEntries(inputs.map(({ key, value }) => [key, value]));
	const sensors = sensorsOfForm();
	return {
		...changesOf(settings, { ...values, webhooks: webhooks.value }),
		...(JSON.stringify(sensors) !== shownSensors && { sensors }),
	};
}

function mark(input: HTMLElement | undefined): void {
	if (!input) return;
	input.ariaInvalid = "true";
	input.focus();
}

/** @param key As the device names it: `hosts[1]`, `sensors[0].pin`. @returns The input of that setting. */
function inputOf(key: string): HTMLElement | undefined {
	const [, index, path] = /^sensors\[(\d+)\]\.(.+)$/.exec(key) ?? [];
	if (path) return sensorForms[Number(index)]?.inputOf(path);
	if (key.startsWith("webhooks")) return webhooks.inputOf(Number(/\d+/.exec(key)));
	return inputs.find(input => input.key === key.split("[")[0])?.input;
}

function removeMarks(): void {
	for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
}

async function save(): Promise<void> {
	removeMarks();
	const content = changedSettings();
	if (Object.keys(content).length === 0) return report(strings.get("nothing"));
	if (!find("#password").hidden && passwordInput.value === "") {
		mark(passwordInput);
		return report(strings.get("needPassword"), true);
	}
	const reply = await send<Change & { settings: Partial<Settings> }>({
		...{ method: "PUT", path: "/api/settings", content },
		password: passwordInput.value,
		secrets: secretPaths,
	});
	if (!reply.ok) {
		report(strings.get("rejected") + explain(strings, reply), true);
		if (reply.status === 401) mark(passwordInput);
		else if (typeof reply.error !== "string") mark(inputOf(reply.error.key));
		return;
	}
	if (typeof content.adminPassword === "string") passwordInput.value = content.adminPassword;
	owner.show(await session());
	show(reply.body.settings);
	void showBootNotes(find("#boot"), form);
	const { restart } = reply.body;
	report(restart.length ? strings.get("restart") + restart.join(", ") : strings.get("saved"));
}

/** Asks for the password of a private device. */
function signIn(): void {
	const signInForm = find<HTMLFormElement>("#sign-in");
	const alert = find("[role=alert]", signInForm);
	const password = find<HTMLInputElement>("[name=password]", signInForm);
	const sendPassword = async () => {
		const reply = await send({ method: "POST", path: "/api/session", content: {}, password: password.value });
		if (reply.ok) location.reload();
		else alert.textContent = explain(strings, reply);
	};
	signInForm.hidden = false;
	signInForm.onsubmit = event => {
		event.preventDefault();
		void whileDisabled(signInForm, sendPassword, () => {
			alert.textContent = strings.get("unreachable");
		});
	};
}

/** Offers what this client may do. */
function follow(current: SessionReport): void {
	const { password, unsigned } = current;
	firmware.follow(current);
	find("#password").hidden = !password;
	for (const control of form.querySelectorAll<HTMLInputElement>("input, select, button"))
		control.disabled = !password && !unsigned;
}

async function edit(current: SessionReport): Promise<void> {
	const reply = await get<Partial<Settings>>("/api/settings");
	if (!reply.ok) return note(explain(strings, reply));
	show(reply.body);
	void showBootNotes(find("#boot"), form);
	owner.show(current);
	form.hidden = false;
	void firmware.load().catch(() => {});
	followMQTT(find("#mqtt"));
	find("#add").onclick = () => addSensor({});
	form.onsubmit = event => {
		event.preventDefault();
		void whileDisabled(form, save, () => report(strings.get("unreachable"), true));
	};
}

/** Shows what this client may see. */
async function begin(): Promise<void> {
	const current = await session();
	if (current.reader) await edit(current);
	else if (current.password) signIn();
	else owner.show(current);
}

document.title = strings.get("settings");
begin().catch(() => note(strings.get("unreachable")));
