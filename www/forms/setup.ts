// The set-up page: lists networks, takes the Wi-Fi's password, and shows how joining goes, also after the connection was lost.

import type { NetworkReport, SetupReport } from "../../modules/api/schema.js";
import type { FoundNetwork } from "../../modules/platform/radio.js";
import { get, send, session } from "./client.js";
import { explain, find, translatePage, whileDisabled } from "./form-page.js";
import { OwnerNote } from "./owner-note.js";

/** From one poll of the device's state to the next. */
const POLL_MS = 1500;

const strings = await translatePage(find<HTMLSelectElement>("#language"));
const form = find<HTMLFormElement>("#setup");
const alert = find("[role=alert]", form);
const inputOf = (name: string) => find<HTMLInputElement>(`[name="${name}"]`, form);
const owner = new OwnerNote(strings, ({ password }) => {
	find("#password").hidden = !password;
	find("#new-password").hidden = password;
});

/** The networks in the list: one that has not changed is not replaced under the finger. */
let listed = "";

function bars(dBm: number): string {
	return "▂▄▆█".slice(0, dBm > -55 ? 4 : dBm > -67 ? 3 : dBm > -78 ? 2 : 1);
}

function createChoice({ ssid, dBm, secure }: FoundNetwork): HTMLLabelElement {
	const label = document.createElement("label");
	const input = document.createElement("input");
	const strength = document.createElement("small");
	label.className = "check";
	input.type = "radio";
	input.name = "network";
	input.checked = inputOf("ssid").value === ssid;
	input.onchange = () => {
		inputOf("ssid").value = ssid;
		inputOf("wifi").focus();
	};
	strength.textContent = `${bars(dBm)} ${dBm} dBm${secure ? "" : `, ${strings.get("open")}`}`;
	label.append(input, ssid, strength);
	return label;
}

function showNetworks(networks: readonly FoundNetwork[]): void {
	const names = JSON.stringify(networks.map(({ ssid, secure, dBm }) => [ssid, secure, bars(dBm)]));
	if (names === listed) return;
	listed = names;
	find("#networks").replaceChildren(...networks.map(createChoice));
	if (networks.length === 0) find("#networks").textContent = strings.get("searching");
}

function item(content: string): HTMLLIElement {
	const element = document.createElement("li");
	element.textContent = content;
	return element;
}

function createLink(address: string): HTMLAnchorElement {
	const anchor = document.createElement("a");
	anchor.href = anchor.textContent = `${location.protocol}//${address}${location.port ? `:${location.port}` : ""}/`;
	return anchor;
}

function sentence({ phase, ssid, reason }: NetworkReport): string {
	switch (phase) {
		case "setup":
			return strings.get("phaseSetup");
		case "joining":
			return `${strings.get("phaseJoining")}${ssid}…`;
		case "joined":
			return `${strings.get("phaseJoined")}${ssid}.`;
		case "failed": {
			const why = reason ? strings.reason(reason) : "";
			return `${strings.get("phaseFailed")}${ssid}${why && `: ${why}`}.`;
		}
	}
}

function show(report: SetupReport): void {
	const { phase, address, host, networks, stored } = report;
	find("#outcome").hidden = false;
	find("#outcome").dataset.phase = phase;
	find("#state").textContent = sentence(report);
	const found = phase === "joined" && address;
	find("#found").replaceChildren(
		...(found ? [strings.get("found"), " ", createLink(host), " ", createLink(found)] : []),
	);
	find("#stored").replaceChildren(...stored.map(network => item(strings.storedNetwork(network))));
	find("#networks").hidden = !networks;
	if (networks) showNetworks(networks);
}

async function poll(): Promise<void> {
	try {
		const reply = await get<SetupReport>("/api/setup");
		if (reply.ok) show(reply.body);
		else find("#state").textContent = reply.status === 404 ? strings.get("noWiFi") : explain(strings, reply);
		form.hidden = !reply.ok;
	} catch {
		find("#state").textContent = strings.get("away");
	}
	find("#outcome").hidden = false;
	setTimeout(poll, POLL_MS);
}

/** Sets the device's password, if one is given, before all else: it then protects the Wi-Fi's. @returns Whether that succeeded. */
async function protect(): Promise<boolean> {
	const adminPassword = inputOf("adminPassword").value;
	if (find("#new-password").hidden || adminPassword === "") return true;
	const reply = await send({ method: "PUT", path: "/api/settings", content: { adminPassword }, password: "" });
	if (!reply.ok) {
		alert.textContent = explain(strings, reply);
		return false;
	}
	inputOf("password").value = adminPassword;
	owner.show(await session());
	return true;
}

async function connect(): Promise<void> {
	alert.textContent = "";
	if (!(await protect())) return;
	const reply = await send<NetworkReport>({
		method: "POST",
		path: "/api/setup",
		content: { ssid: inputOf("ssid").value, password: inputOf("wifi").value },
		password: inputOf("password").value,
		secrets: ["password"],
	});
	if (reply.ok) {
		show({ ...reply.body, networks: [] });
		listed = "";
	} else alert.textContent = explain(strings, reply);
}

document.title = strings.get("setup");
form.onsubmit = event => {
	event.preventDefault();
	void whileDisabled(form, connect, () => {
		alert.textContent = strings.get("unreachable");
	});
};
session()
	.then(current => owner.show(current))
	.catch(() => {});
void poll();
