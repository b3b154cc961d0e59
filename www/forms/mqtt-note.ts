// How the device is with its broker, in the section of MQTT.

import type { Device } from "../../modules/api/schema.js";
import { languageOf } from "../i18n/languages.js";
import { mqttSentence } from "../i18n/mqtt-strings.js";
import { get } from "./client.js";

/** From one look to the next, ms. */
const intervalMs = 5000;

/** Keeps `root` up to date from now on. A device that does not respond changes nothing. */
export function followMQTT(root: HTMLElement): void {
	const language = languageOf(document.documentElement.lang);
	const look = async () => {
		const reply = document.hidden ? undefined : await get<Device>("/api/device").catch(() => undefined);
		if (reply?.ok) root.textContent = mqttSentence(reply.body.mqtt, language);
		setTimeout(look, intervalMs);
	};
	void look();
}
