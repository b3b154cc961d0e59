// The settings page: shows the settings in force, sends the reader's changes, and marks the input of a rejected setting.

import type { Device, SessionReport } from "../../modules/api/schema.js";
import type { Change } from "../../modules/api/settings.js";
import { secretPaths } from "../../modules/config/setting-rows.js";
import type { SensorSettings, Settings } from "../../modules/config/settings.js";
import { localizeBackup } from "../i18n/backup-strings.js";
import type { FormStringKey } from "../i18n/form-strings.js";
import { mqttSentence } from "../i18n/mqtt-strings.js";
import { BackupCard } from "./backup.js";
import { showBootNotes } from "./boot-notes.js";
import { get, send, session } from "./client.js";
import { DiagnosisCard } from "./diagnosis.js";
import { FirmwareCard } from "./firmware.js";
import { followDevice } from "./follow-device.js";
import { explain, find, translatePage, whileDisabled } from "./form-page.js";
import { formRows } from "./form-rows.js";
import { changesOf } from "./input.js";
import { NetworkForm } from "./network-form.js";
import { OwnerNote } from "./owner-note.js";
import { SensorForm } from "./sensor-form.js";
import { SettingInput } from "./setting-input.js";
import { WebhookForm } from "./webhook-form.js";

/** `ignored`: of a change that was too long to be signed whole, as of an import. */
type Saved = Change & { readonly settings: Partial<Settings>; readonly ignored?: readonly string[] };

const strings = await translatePage(find<HTMLSelectElement>("#language"));
const form = find<HTMLFormElement>("#settings");
const outcome = find("#outcome");
const passwordInput = find<HTMLInputElement>("#password [name=password]");
const inputs = formRows.map(row => new SettingInput(row, strings));
const webhooks = new WebhookForm(find("#webhooks"), strings);
const networks = new NetworkForm(find("#networks"), strings);
const owner = new OwnerNote(strings, follow);
const firmware = new FirmwareCard(strings);
const diagnosis = new DiagnosisCard(strings);
const backup = new BackupCard(strings, show);
/** As the device has them. */
let settings: Partial<Settings> = {};
let sensorForms: SensorForm[] = [];
/** The sensors' settings as the form first had them. */
let shownSensors = "";
/** Whose pins there are; `null` where any pin goes. */
let chip: string | null = null;

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
	const added = new SensorForm(strings, sensor, chip, () => {
		added.element.remove();
		sensorForms = sensorForms.filter(other => other !== added);
		markUnsaved();
	});
	sensorForms.push(added);
	find("#sensors").append(added.element);
}

const sensorsOfForm = () => sensorForms.map(({ value }) => value);

function show(current: Partial<Settings>): void {
	settings = current;
	backup.show(current);
	for (const input of inputs) input.show(current[input.key]);
	webhooks.show(current.webhooks ?? []);
	networks.show(current.networks ?? []);
	find("#sensors").replaceChildren();
	sensorForms = [];
	for (const sensor of current.sensors ?? []) addSensor(sensor);
	shownSensors = JSON.stringify(sensorsOfForm());
	markUnsaved();
}

/** @returns The settings that the reader has changed. */
function changedSettings(): Record<string, unknown> {
	const values = Object.fromEntries(inputs.map(({ key, value }) => [key, value]));
	const sensors = sensorsOfForm();
	return {
		...changesOf(settings, { ...values, webhooks: webhooks.value, networks: networks.value }),
		...(JSON.stringify(sensors) !== shownSensors && { sensors }),
	};
}

/** Marks what the reader has changed and not saved. */
function markUnsaved(): void {
	const changed = changedSettings();
	const keys = Object.keys(changed);
	for (const { key, element } of inputs) element.classList.toggle("changed", key in changed);
	for (const sensor of sensorForms) sensor.element.classList.toggle("changed", sensor.isChanged);
	for (const key of ["webhooks", "networks"]) find(`#${key}`).classList.toggle("changed", key in changed);
	find("#unsaved").hidden = keys.length === 0;
	const labels = keys.map(key => strings.get(key === "networks" ? "wifi" : (key as FormStringKey)));
	find("#unsaved").textContent = strings
		.get("unsaved")
		.replace("{}", () => new Intl.ListFormat(document.documentElement.lang).format(labels));
}

function mark(input: HTMLElement | undefined): void {
	if (!input) return;
	const folded = input.closest("details");
	if (folded) folded.open = true;
	input.ariaInvalid = "true";
	input.focus();
}

/** @param key As the device names it: `hosts[1]`, `sensors[0].pin`. @returns The input of that setting. */
function inputOf(key: string): HTMLElement | undefined {
	const [, index, path] = /^sensors\[(\d+)\]\.(.+)$/.exec(key) ?? [];
	if (path) return sensorForms[Number(index)]?.inputOf(path);
	if (key.startsWith("webhooks")) return webhooks.inputOf(Number(/\d+/.exec(key)));
	if (key.startsWith("networks")) return networks.inputOf(key);
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
	const reply = await send<Saved>({
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
	if (typeof content.adminPassword === "string") {
		passwordInput.value = content.adminPassword;
		diagnosis.signOut();
	}
	owner.show(await session());
	show(reply.body.settings);
	void showBootNotes(find("#boot"), form, strings.language);
	const { restart, ignored = [] } = reply.body;
	if (ignored.length > 0) return report(localizeBackup("ignored", strings.language, ignored.join(", ")), true);
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
	diagnosis.follow(current);
	backup.follow(current);
	find("#password").hidden = !password;
	for (const control of form.querySelectorAll<HTMLInputElement>("input, select, button"))
		control.disabled = !password && !unsigned;
}

async function edit(current: SessionReport): Promise<void> {
	const reply = await get<Partial<Settings>>("/api/settings");
	if (!reply.ok) return note(explain(strings, reply));
	const device = await get<Device>("/api/device").catch(() => undefined);
	if (device?.ok) chip = device.body.chip;
	show(reply.body);
	void showBootNotes(find("#boot"), form, strings.language);
	owner.show(current);
	form.hidden = false;
	void firmware.load().then(
		hasSlots => hasSlots && diagnosis.allowRestart(),
		() => {},
	);
	followDevice(device => {
		const { mqtt, network } = device;
		diagnosis.show(device);
		find("#mqtt").textContent = mqttSentence(mqtt, strings.language);
		find("#wifi").textContent = network ? strings.wifiState(network) : strings.get("noWiFi");
	});
	find("#add").onclick = () => {
		addSensor({});
		markUnsaved();
	};
	form.oninput = markUnsaved;
	addEventListener("beforeunload", event => {
		if (Object.keys(changedSettings()).length > 0) event.preventDefault();
	});
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
