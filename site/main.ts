// The install page: shows what the reader has chosen, and loads the installer.

import { languageKeys, languageOf, languages } from "../www/i18n/languages.js";
import { browserStorage } from "../www/i18n/storage.js";
import { type Choices, keepChoices, loadChoices, themes, usualPin } from "./choices.js";
import { type Board, buildOf, commands, loadManifest, type Manifest, updateImage } from "./firmware.js";
import { localize, type StringKey } from "./strings.js";
import { drawWiring, type SensorForm } from "./wiring.js";

const element = <Kind extends Element = HTMLElement>(selector: string): Kind => document.querySelector<Kind>(selector)!;

const store = browserStorage();
const choices = loadChoices(store);
const darkness = matchMedia("(prefers-color-scheme: dark)");
let manifest: Manifest | undefined;
let isMissing = false;

const language = () => choices.language ?? languageOf(navigator.languages);
const say = (key: StringKey, ...values: string[]) => localize(key, language(), ...values);

/** Takes what the reader has chosen. */
function choose(changed: Partial<Choices>): void {
	Object.assign(choices, changed);
	keepChoices(store, choices);
	show();
}

/** The select of one of the reader's choices. */
function addSelect(name: "language" | "theme", values: readonly string[], current: string): void {
	const select = document.createElement("select");
	select.name = name;
	for (const value of values) select.add(new Option("", value, false, value === current));
	select.onchange = () => choose({ [name]: select.value });
	element("#choices").append(select);
}

function showSelects(): void {
	for (const select of document.querySelectorAll<HTMLSelectElement>("#choices select")) {
		select.ariaLabel = say(select.name as StringKey);
		for (const option of select.options)
			option.textContent = languages[option.value as keyof typeof languages]?.name ?? say(option.value as StringKey);
	}
}

function showStrings(): void {
	document.documentElement.lang = language();
	for (const node of document.querySelectorAll<HTMLElement>("[data-string]"))
		node.textContent = say(node.dataset.string as StringKey);
	for (const image of document.querySelectorAll<HTMLImageElement>("img")) image.alt = say("pictures");
}

function showPins({ pins }: Board): void {
	const select = element<HTMLSelectElement>("#pin");
	if (!pins.includes(choices.pin)) choices.pin = usualPin;
	select.replaceChildren(...pins.map(pin => new Option(`GPIO ${pin}`, `${pin}`, false, pin === choices.pin)));
}

function showWiring(board: Board): void {
	element("#board-s2").hidden = board.name !== "esp32s2";
	const { sensor, pin } = choices;
	drawWiring(element("#drawing"), sensor, board.family, pin, language());
	const hints: Record<SensorForm, StringKey> = { bare: "pullUp", module: "onBoard", cable: "colours" };
	element("#sensor-hint").textContent = say(hints[sensor]);
	const or = new Intl.ListFormat(language(), { type: "disjunction" });
	element("#pin-hint").textContent = say("pinHint", or.format([`${pin}`, `IO${pin}`, `D${pin}`, `G${pin}`]));
	element("#pin-setting").textContent = pin === usualPin ? say("usualPin") : say("otherPin", `${pin}`);
}

function link(path: string): HTMLAnchorElement {
	const anchor = document.createElement("a");
	anchor.href = path;
	anchor.download = "";
	anchor.textContent = path;
	return anchor;
}

/** Shows the files and commands for the board. */
function showBuild(board: Board): void {
	const build = manifest && buildOf(manifest, board);
	for (const node of document.querySelectorAll<HTMLElement>("[data-needs=firmware]")) node.hidden = !build;
	element("#no-firmware").hidden = !isMissing && (!manifest || build !== undefined);
	if (!manifest || !build) return;
	element("#version").textContent = say("version", manifest.version);
	element("#files").replaceChildren(
		...build.parts.map(({ path }) => {
			const item = document.createElement("li");
			item.append(link(path));
			return item;
		}),
	);
	element("#commands").textContent = commands(build, board).join("\n");
	const image = updateImage(build, board);
	element("#update").replaceChildren(say("update"), " ", ...(image ? [link(image)] : []));
	const [before = "", after = ""] = say("sums").split("{}");
	element("#sums").replaceChildren(before, link("SHA256SUMS"), after);
}

function show(): void {
	const { theme } = choices;
	document.documentElement.dataset.theme = theme === "auto" ? (darkness.matches ? "dark" : "light") : theme;
	const board = BOARDS.find(({ name }) => name === choices.board)!;
	showStrings();
	showSelects();
	showPins(board);
	showWiring(board);
	showBuild(board);
}

/** Connects a group of radio buttons to the reader's choice of its name. */
function addRadios(name: "board" | "sensor"): void {
	for (const input of document.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)) {
		input.checked = input.value === choices[name];
		input.onchange = () => choose({ [name]: input.value });
	}
}

async function copyCommands(): Promise<void> {
	const copied = navigator.clipboard.writeText(element("#commands").textContent ?? "");
	element("#copy").textContent = await copied.then(
		() => say("copied"),
		() => say("notCopied"),
	);
}

/** Loads the installer where the browser has serial ports; else shows why it cannot, and what can be done instead. */
function startInstaller(): void {
	const isSupported = "serial" in navigator;
	element("#insecure").hidden = isSecureContext;
	element("#unsupported").hidden = isSupported || !isSecureContext;
	element("#installer").hidden = !isSupported || !isSecureContext;
	element<HTMLDetailsElement>("#by-hand").open = !isSupported;
	if (!isSupported || !isSecureContext) return;
	const script = document.createElement("script");
	script.type = "module";
	script.src = "install/install-button.js";
	document.head.append(script);
}

addSelect("language", languageKeys, language());
addSelect("theme", themes, choices.theme);
addRadios("board");
addRadios("sensor");
element("#pin").onchange = () => choose({ pin: Number(element<HTMLSelectElement>("#pin").value) });
// Browsers give the clipboard, as serial ports, only to pages over HTTPS.
element("#copy").hidden = !isSecureContext;
element("#copy").onclick = copyCommands;
darkness.onchange = show;
show();
startInstaller();
loadManifest("manifest.json")
	.then(found => {
		manifest = found;
	})
	.catch(() => {
		isMissing = true;
	})
	.finally(show);
