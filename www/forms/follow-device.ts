// How the device is now, for the notes of the settings page.

import type { Device } from "../../modules/api/schema.js";
import { get } from "./client.js";

/** From one look to the next, ms. */
const intervalMs = 5000;

/** Calls `show` with the device's state from now on. A device that does not respond changes nothing. */
export function followDevice(show: (device: Device) => void): void {
	const look = async () => {
		const reply = document.hidden ? undefined : await get<Device>("/api/device").catch(() => undefined);
		if (reply?.ok) show(reply.body);
		setTimeout(look, intervalMs);
	};
	void look();
}
