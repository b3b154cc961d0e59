// Home Assistant as far as discovery goes: its rules for a payload, and what it makes of one message after another.

import { deepEqual, equal, match, ok } from "node:assert/strict";

/** A component, by the abbreviated keys of the page "MQTT". */
interface Component {
	p: string;
	name?: string;
	uniq_id?: string;
	stat_t?: string;
	val_tpl?: string;
	dev_cla?: string;
	unit_of_meas?: string;
	stat_cla?: string;
	sug_dsp_prc?: number;
	exp_aft?: number;
	ent_cat?: string;
}

interface Discovery {
	dev: { ids: string[] } & Record<"name" | "mf" | "mdl" | "sw" | "hw" | "cu", string>;
	o: { name: string; sw: string };
	avty_t: string;
	cmps: Record<string, Component>;
}

/** Device classes of sensors with their units (home-assistant.io, "Sensor"), as far as a device like this has use for them. */
const units: Record<string, readonly string[]> = {
	temperature: ["°C", "°F", "K"],
	humidity: ["%"],
	absolute_humidity: ["g/m³", "mg/m³"],
	signal_strength: ["dB", "dBm"],
	duration: ["d", "h", "min", "s", "ms", "µs"],
};

const keys: readonly string[] = [
	...["p", "name", "uniq_id", "stat_t", "val_tpl", "dev_cla", "unit_of_meas", "stat_cla", "sug_dsp_prc", "exp_aft"],
	"ent_cat",
];

const isTopic = (topic: unknown) => typeof topic === "string" && topic.length > 0 && !/[+#\0]/.test(topic);

function checkComponent(key: string, fields: Component): void {
	const platform = fields.p;
	ok(platform === "sensor" || platform === "binary_sensor", key);
	if (Object.keys(fields).length === 1) return;
	for (const field of Object.keys(fields)) ok(keys.includes(field), `${key}: ${field}`);
	ok(typeof fields.uniq_id === "string" && /^[\w-]+$/.test(fields.uniq_id), `${key}: uniq_id`);
	ok(isTopic(fields.stat_t), key);
	ok(typeof fields.name === "string" && fields.name.length > 0);
	if ("ent_cat" in fields) equal(fields.ent_cat, "diagnostic");
	if ("exp_aft" in fields) ok(Number.isInteger(fields.exp_aft) && fields.exp_aft > 0);
	if ("stat_cla" in fields) deepEqual([fields.stat_cla, platform], ["measurement", "sensor"]);
	const type = fields.dev_cla;
	if (platform === "binary_sensor") equal(type, "problem");
	else if (type !== undefined) ok(units[type]?.includes(fields.unit_of_meas ?? ""), key);
	else ok(!("unit_of_meas" in fields));
}

/** Fails where Home Assistant would refuse the message. @returns Its components by key. */
export function checkDiscovery(payload: string): Map<string, Component> {
	const { dev, o, avty_t, cmps, ...rest } = JSON.parse(payload) as Discovery;
	deepEqual(rest, {});
	ok(isTopic(avty_t));
	ok(Array.isArray(dev?.ids) && dev.ids.length > 0 && dev.ids.every(id => typeof id === "string" && id !== ""));
	match(String(dev.cu), /^https?:\/\/[^/]+\/$/);
	for (const field of ["name", "mf", "mdl", "sw", "hw"] as const) equal(typeof dev[field], "string");
	ok(typeof o?.name === "string" && o.name !== "");
	ok(typeof cmps === "object" && cmps !== null);
	const components = Object.entries(cmps);
	for (const [key, fields] of components) checkComponent(key, fields);
	const ids = components.map(([, { uniq_id }]) => uniq_id).filter(id => id !== undefined);
	equal(new Set(ids).size, ids.length);
	return new Map(components);
}

/** Keeps entities as Home Assistant does: one that a message leaves out stays, and is an orphan. */
export class HomeAssistant {
	/** Names by unique id. */
	readonly entities = new Map<string, string>();
	/** What was discovered, by topic and component. */
	readonly #components = new Map<string, Map<string, string>>();

	/** Takes a message of the topic; others are none of its concern. */
	take(topic: string, payload: string, prefix = "homeassistant"): void {
		if (!new RegExp(`^${prefix}/device/[a-zA-Z0-9_-]+/config$`).test(topic)) return;
		const components = this.#components.get(topic) ?? new Map<string, string>();
		this.#components.set(topic, components);
		const remove = (key: string) => {
			this.entities.delete(components.get(key) ?? "");
			components.delete(key);
		};
		if (payload === "") {
			for (const key of [...components.keys()]) remove(key);
			return;
		}
		for (const [key, fields] of checkDiscovery(payload)) {
			if (fields.uniq_id === undefined) remove(key);
			else {
				components.set(key, fields.uniq_id);
				this.entities.set(fields.uniq_id, fields.name!);
			}
		}
	}
}
