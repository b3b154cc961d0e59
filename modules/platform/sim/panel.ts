/** The app's side of the panel in the simulator's window (panel/dht-gauges.js). */

import Control from "control";
import { applyCommand, type Command } from "modules/platform/sim/commands";
import { type SimulatedSensor, simulatedFaults, simulatedModels } from "modules/platform/simulated/sensor";

export interface PanelOptions {
	/** Names of the configuration's sensors. */
	names: readonly string[];
	/** In the same order. */
	sensors: readonly SimulatedSensor[];
}

export class Panel extends Control {
	#sensors: readonly SimulatedSensor[];

	constructor({ names, sensors }: PanelOptions) {
		super();
		this.#sensors = sensors;
		// Preloaded arrays are copied: JSON cannot serialize objects in read-only memory.
		this.postJSON({
			sensors: names.map((name, index) => ({ name, model: sensors[index]!.model })),
			models: [...simulatedModels],
			faults: [...simulatedFaults],
		});
	}

	/** Shows a line of the app's log. */
	log(line: string): void {
		this.postJSON({ log: line });
	}

	/** Has the simulator load the app anew. */
	restart(): void {
		this.postJSON({ restart: true });
	}

	override onJSON(command: Command): void {
		applyCommand(this.#sensors, command);
	}
}
