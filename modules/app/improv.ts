/** Lets a browser at the other end of the cable set the device up. */

import { Improv, type ImprovDevice } from "../network/improv.js";
import { chipName } from "../update/image-reader.js";
import type { ReachableDevice } from "./reach.js";
import { program } from "./updates.js";

/** Listens at once. @returns `undefined` on a host without a serial line, or where that cannot be read. */
export function createImprov(device: ReachableDevice): Improv | undefined {
	const { host, network } = device;
	const { clock, text, serial } = host;
	const log = device.log.from("network");
	if (!serial) return undefined;
	try {
		return new Improv({ clock, text, serial, wifi: network.setup, device: new CableDevice(device), log });
	} catch (error) {
		log(`no set-up by cable: ${(error as Error).message}`, "error");
		return undefined;
	}
}

/** At the cable one is the owner, as far as nobody else is. */
class CableDevice implements ImprovDevice {
	readonly firmware = program;
	#device: ReachableDevice;

	constructor(device: ReachableDevice) {
		this.#device = device;
	}

	get version(): string {
		return this.#device.host.version;
	}

	get chip(): string {
		const { update, name } = this.#device.host;
		return update ? chipName(update.chip) : name;
	}

	get name(): string {
		return this.#device.configuration.settings.name;
	}

	get url(): string | undefined {
		const { host, network, service } = this.#device;
		const { state } = network;
		const address = state ? state.address : host.address;
		return address ? `${service.origin(address)}/` : undefined;
	}

	/** A private device without a password has lost the one that it had. */
	get hasPassword(): boolean {
		const { adminPassword, private: isPrivate } = this.#device.configuration.settings;
		return adminPassword !== undefined || isPrivate;
	}

	rename(name: string): boolean {
		return this.#change({ name });
	}

	setPassword(adminPassword: string): boolean {
		return this.#change({ adminPassword });
	}

	#change(patch: Record<string, string>): boolean {
		try {
			return "restart" in this.#device.changer.change(patch);
		} catch (error) {
			this.#device.log.from("settings")(`not changed by cable: ${(error as Error).message}`, "error");
			return false;
		}
	}
}
