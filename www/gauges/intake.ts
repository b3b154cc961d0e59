import type { AlertEvent, Heartbeat, Hello, Readings, SensorData, SensorFault } from "../../modules/api/schema.js";
import type { Message } from "../stream/message.js";
import type { Model } from "./model.js";

/**
 * Passes a message of the hub, received at `now`, on to `model`.
 * @returns Whether the device has restarted, so that `/api/readings` must be fetched for models and warnings.
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
		case "alert":
			model.alerts.push(content as AlertEvent);
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
