/** Updates of the firmware: what the API reports of the slots, and what it may do with them. */

import type { UpdateReport } from "../api/schema.js";
import type { UpdateSource } from "../api/update.js";
import type { Timer } from "../platform/clock.js";
import type { Firmware, FirmwareImage } from "../platform/firmware.js";
import { chipName } from "../update/image-reader.js";
import type { Probation } from "../update/probation.js";
import { UpdateError } from "../update/update-error.js";
import { type Announced, Updater, type Upload } from "../update/updater.js";
import type { BootState } from "./boot-state.js";
import { isReachable, type ReachableDevice } from "./reach.js";
import type { Sensors } from "./sensors.js";

/** The program's name, as in package.json and the install page's manifest: the descriptor of each of its images begins so. */
export const program = "dht-gauges";
/** From the request to the restart, ms: the response gets through. */
const restartMs = 500;

/** The device that is updated. Its components are looked up when they are needed. */
export interface UpdatedDevice extends ReachableDevice {
	readonly boot: BootState;
	/** Absent in rescue mode. */
	readonly sensors?: Sensors;
	readonly probation: Probation | undefined;
	close(): void;
}

export class Updates implements UpdateSource {
	#device: UpdatedDevice;
	#firmware: Firmware;
	#updater: Updater;
	#restart: Timer | undefined;

	constructor(device: UpdatedDevice, firmware: Firmware) {
		this.#device = device;
		this.#firmware = firmware;
		this.#updater = new Updater({
			firmware,
			program,
			onActivated: version => this.#handOver(version),
			onDropped: () => device.boot.record.change({ onProbation: null }),
		});
	}

	get report(): UpdateReport {
		const { chip, slotSize, running, other } = this.#firmware;
		const { progress, activated } = this.#updater;
		return {
			chip: chipName(chip),
			slotSize,
			running: reported(running),
			other: other ? reported(other) : null,
			upload: progress ? { ...progress, version: progress.version ?? null } : null,
			restart: activated,
		};
	}

	begin(announced: Announced): Upload {
		this.#refuseWhileRestarting();
		return this.#updater.begin(announced);
	}

	whenIdle(action: () => void): void {
		const { sensors } = this.#device;
		if (sensors) sensors.betweenReads(action);
		else action();
	}

	goBack(): void {
		this.#refuseWhileRestarting();
		const isOnProbation = this.#firmware.running.state === "pending";
		this.#updater.goBack();
		if (isOnProbation) {
			const { probation, boot } = this.#device;
			probation?.close();
			boot.record.change({ onProbation: null, rolledBack: null });
		}
		this.restart();
	}

	restart(): void {
		const { clock } = this.#device.host;
		this.#restart ??= clock.set(() => {
			this.#device.close();
			this.#firmware.restart();
		}, restartMs);
	}

	/** Gives up an upload under way, and a restart; may be called twice. */
	close(): void {
		this.#device.host.clock.clear(this.#restart);
		this.#updater.close();
	}

	/** The image that starts next may be the only one that does. @throws {UpdateError} */
	#refuseWhileRestarting(): void {
		if (this.#restart !== undefined) throw new UpdateError("busy", "The device is about to restart.");
	}

	#handOver(version: string): void {
		const { boot, log } = this.#device;
		boot.record.handOver(version, isReachable(this.#device));
		log.from("update")(`firmware ${version} starts with the next restart`);
	}
}

/** What is sent of an image, whatever else the host has of it. */
function reported({ version, date, state }: FirmwareImage): FirmwareImage {
	return { version, date, state };
}
