// The settings page: shows what is in force, sends what was changed, and points at what was refused.

import type { SensorSettings, Settings } from "../../modules/config/settings.js";
import { get, type Session, send, session } from "./client.js";
import { busy, explain, part, words } from "./form-page.js";
import { SensorForm } from "./sensor-form.js";
import { changes, entered, list } from "./values.js";

interface Row {
	form: SensorForm;
	/** As the device has it. */
	kept: Partial<SensorSettings>;
}

const text = words(part("#language"));
const form = part<HTMLFormElement>("#settings");
const outcome = part("#outcome");
let known: Partial<Settings> = {};
let rows: Row[] = [];
/** The sensors as the form first had them. */
let shown = "";

const field = (name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`)!;

function tell(message: string, wrong = false): void {
	outcome.hidden = false;
	outcome.className = wrong ? "wrong" : "";
	outcome.textContent = message;
}

function addSensor(kept: Partial<SensorSettings>): void {
	const row: Row = {
		kept,
		form: new SensorForm(text, kept, () => {
			row.form.element.remove();
			rows = rows.filter(one => one !== row);
		}),
	};
	rows.push(row);
	part("#sensors").append(row.form.element);
}

function show(settings: Partial<Settings>): void {
	known = settings;
	field("name").value = settings.name ?? "";
	field("language").value = settings.language ?? "auto";
	field("units").value = settings.units ?? "C";
	field("intervalMs").value = String(settings.intervalMs);
	field("timeServer").value = settings.timeServer ?? "";
	field("hosts").value = (settings.hosts ?? []).join(" ");
	field("origins").value = (settings.origins ?? []).join(" ");
	field("private").checked = settings.private ?? false;
	field("adminPassword").value = "";
	part("#sensors").replaceChildren();
	rows = [];
	for (const sensor of settings.sensors ?? []) addSensor(sensor);
	shown = JSON.stringify(sensors());
}

const sensors = () => rows.map(({ form, kept }) => form.value(kept));

/** What the form says and the device does not know yet. */
function written(): Record<string, unknown> {
	return {
		...changes(known, {
			name: field("name").value,
			language: field("language").value,
			units: field("units").value,
			intervalMs: entered(field("intervalMs").value),
			timeServer: field("timeServer").value.trim(),
			hosts: list(field("hosts").value),
			origins: list(field("origins").value),
			private: field("private").checked,
		}),
		...(JSON.stringify(sensors()) !== shown && { sensors: sensors() }),
		...(field("adminPassword").value && { adminPassword: field("adminPassword").value }),
	};
}

/** Marks the field that `key` is about, and brings it into view. */
function point(key: string): void {
	const [, at, path] = /^sensors\[(\d+)\]\.(.+)$/.exec(key) ?? [];
	const found = at === undefined ? field(key.split("[")[0]!) : rows[Number(at)]?.form.field(path!);
	if (!found) return;
	found.ariaInvalid = "true";
	found.focus();
}

function forgetMarks(): void {
	for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
}

async function save(): Promise<void> {
	forgetMarks();
	const change = written();
	if (Object.keys(change).length === 0) return tell(text.get("nothing"));
	const password = field("password");
	if (!part("#proof").hidden && password.value === "") {
		password.ariaInvalid = "true";
		password.focus();
		return tell(text.get("needPassword"), true);
	}
	const reply = await send("PUT", "/api/settings", change, password.value, ["adminPassword"]);
	if (reply.status !== 200) {
		tell(text.get("refused") + explain(text, reply), true);
		return point(reply.status === 401 ? "password" : (reply.body.key ?? ""));
	}
	const { restart, settings } = reply.body;
	if ("adminPassword" in change) password.value = field("adminPassword").value;
	part("#proof").hidden = !(await session()).password;
	show(settings);
	tell(restart.length ? text.get("restart") + restart.join(", ") : text.get("saved"));
}

/** Asks for the password of a device that is private. */
function signIn(): void {
	const place = part<HTMLFormElement>("#sign-in");
	const alert = part("[role=alert]", place);
	place.hidden = false;
	place.onsubmit = event => {
		event.preventDefault();
		void busy(
			place,
			async () => {
				const reply = await send("POST", "/api/session", {}, part<HTMLInputElement>("[name=password]", place).value);
				if (reply.status === 204) location.reload();
				else alert.textContent = explain(text, reply);
			},
			() => {
				alert.textContent = text.get("unreachable");
			},
		);
	};
}

async function edit({ password, guest }: Session): Promise<void> {
	const { body } = await get("/api/settings");
	part("#proof").hidden = !password;
	if (!password) note(text.get(guest ? "unprotected" : "locked"));
	show(body);
	if (!password && !guest)
		for (const one of form.querySelectorAll<HTMLInputElement>("input, select, button")) one.disabled = true;
	form.hidden = false;
	part("#add").onclick = () => addSensor({});
	form.onsubmit = event => {
		event.preventDefault();
		void busy(form, save, () => tell(text.get("unreachable"), true));
	};
}

function note(message: string): void {
	part("#note").hidden = false;
	part("#note").textContent = message;
}

document.title = text.get("settings");
session()
	.then(found => (found.reader ? edit(found) : signIn()))
	.catch(() => note(text.get("unreachable")));
