// The set-up page: lists networks, takes the password, and says what became of it, also after the phone has dropped off for a moment.

import type { NetworkReport } from "../../modules/api/schema.js";
import type { FoundNetwork } from "../../modules/platform/radio.js";
import type { Word } from "../i18n/form-texts.js";
import { get, send, session } from "./client.js";
import { busy, explain, part, words } from "./form-page.js";

interface State extends NetworkReport {
	/** `null` for a reader who may not see them. */
	networks: FoundNetwork[] | null;
}

/** From one look at the device's state to the next. */
const lookMs = 1500;

const text = words(part("#language"));
const form = part<HTMLFormElement>("#setup");
const alert = part("[role=alert]", form);
const field = (name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`)!;

/** The networks that are listed, so that a list that stays is not drawn anew under the finger. */
let listed = "";

function bars(dBm: number): string {
	return "▂▄▆█".slice(0, dBm > -55 ? 4 : dBm > -67 ? 3 : dBm > -78 ? 2 : 1);
}

function showNetworks(networks: FoundNetwork[]): void {
	const names = JSON.stringify(networks.map(({ ssid, secure, dBm }) => [ssid, secure, bars(dBm)]));
	if (names === listed) return;
	listed = names;
	part("#networks").replaceChildren(
		...networks.map(({ ssid, dBm, secure }) => {
			const label = document.createElement("label");
			const input = document.createElement("input");
			const strength = document.createElement("small");
			label.className = "check";
			input.type = "radio";
			input.name = "network";
			input.checked = field("ssid").value === ssid;
			input.onchange = () => {
				field("ssid").value = ssid;
				field("wifi").focus();
			};
			strength.textContent = `${bars(dBm)} ${dBm} dBm${secure ? "" : `, ${text.get("open")}`}`;
			label.append(input, ssid, strength);
			return label;
		}),
	);
	if (networks.length === 0) part("#networks").textContent = text.get("searching");
}

function link(address: string): HTMLAnchorElement {
	const anchor = document.createElement("a");
	anchor.href = anchor.textContent = `${location.protocol}//${address}${location.port ? `:${location.port}` : ""}/`;
	return anchor;
}

const reasons: Record<string, Word> = {
	"wrong-password": "wrong-password",
	"not-found": "not-found",
	lost: "lost",
	refused: "refused_",
	"no-answer": "no-answer",
};

function sentence({ phase, ssid, reason }: State): string {
	if (phase === "setup") return text.get("phaseSetup");
	if (phase === "joined") return `${text.get("phaseJoined")}${ssid}.`;
	const why = reason && reasons[reason] ? `: ${text.get(reasons[reason])}` : "";
	return `${text.get(phase === "failed" ? "failed" : "phaseJoining")}${ssid}${why}${phase === "failed" ? "." : "…"}`;
}

function show(state: State): void {
	const { phase, address, host } = state;
	part("#outcome").hidden = false;
	part("#outcome").dataset.phase = phase;
	part("#state").textContent = sentence(state);
	part("#found").replaceChildren(
		...(phase === "joined" && address ? [text.get("found"), " ", link(host), " ", link(address)] : []),
	);
	part("#networks").hidden = !state.networks;
	if (state.networks) showNetworks(state.networks);
}

async function look(): Promise<void> {
	try {
		const { status, body } = await get("/api/setup");
		if (status === 200) show(body);
		else part("#state").textContent = status === 404 ? text.get("noWiFi") : explain(text, { status, body });
		part("#outcome").hidden = false;
		form.hidden = status !== 200;
	} catch {
		part("#outcome").hidden = false;
		part("#state").textContent = text.get("away");
	}
	setTimeout(look, lookMs);
}

async function showAccess(): Promise<void> {
	const { password, guest } = await session();
	part("#proof").hidden = !password;
	part("#fresh").hidden = password;
	part("#advice").textContent = password ? "" : text.get(guest ? "unprotected" : "locked");
}

/** Sets the device's password first: from then on it protects what follows. @returns Whether all went well. */
async function protect(): Promise<boolean> {
	const adminPassword = field("adminPassword").value;
	if (part("#fresh").hidden || adminPassword === "") return true;
	const reply = await send("PUT", "/api/settings", { adminPassword }, "");
	if (reply.status !== 200) {
		alert.textContent = explain(text, reply);
		return false;
	}
	field("password").value = adminPassword;
	await showAccess();
	return true;
}

async function connect(): Promise<void> {
	alert.textContent = "";
	if (!(await protect())) return;
	const change = { ssid: field("ssid").value, password: field("wifi").value };
	const reply = await send("POST", "/api/setup", change, field("password").value, ["password"]);
	if (reply.status !== 200) alert.textContent = explain(text, reply);
	else {
		show({ ...reply.body, networks: [] });
		listed = "";
	}
}

document.title = text.get("setup");
form.onsubmit = event => {
	event.preventDefault();
	void busy(form, connect, () => {
		alert.textContent = text.get("unreachable");
	});
};
showAccess().catch(() => {});
void look();
