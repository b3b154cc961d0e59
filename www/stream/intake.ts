import type { Heartbeat, Hello, Readings, SensorData, SensorFault } from "../../modules/api/schema.js";
import type { Model } from "../gauges/model.js";
import type { Message } from "./message.js";

/**
 * Tells `model` what the keeper of the stream has told at `now`.
 * @returns Whether the device has started anew since the last message: what only `/api/readings` tells must be asked.
 */
export function take(model: Model, message: Message, now: number): boolean {
	if ("link" in message) {
		model.link = message.link;
		model.heardAt = now - message.silentMs;
		return false;
	}
	const { event, data, ageMs } = message;
	const sentAt = now - ageMs;
	model.hear(sentAt);
	const content: unknown = JSON.parse(data);
	switch (event) {
		case "hello": {
			const fresh = model.greet(content as Hello);
			model.anchor((content as Hello).uptimeMs, sentAt);
			return fresh;
		}
		case "heartbeat":
			model.anchor((content as Heartbeat).uptimeMs, sentAt);
			break;
		case "readings":
			model.readings(content as Readings, sentAt);
			break;
		case "sensor-data":
			model.received = message;
			model.read(content as SensorData);
			break;
		case "sensor-fault":
			model.received = message;
			model.fail(content as SensorFault);
	}
	return false;
}
