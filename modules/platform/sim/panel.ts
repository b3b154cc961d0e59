/** The app's side of the panel in the simulator's window (panel/dht-gauges.js). */

import Control from "control";
import type { PulseTrain } from "modules/dht/pulse-capture";
import type { Clock } from "modules/platform/clock";
import { applyCommand, type Command } from "modules/platform/sim/commands";
import { observe } from "modules/platform/sim/observation";
import { setRadio } from "modules/platform/sim/state";
import { changeSurroundings, describeRadio, surroundings } from "modules/platform/sim/surroundings";
import type { SimulatedRadio } from "modules/platform/simulated/radio";
import { type SimulatedSensor, simulatedFaults, simulatedModels } from "modules/platform/simulated/sensor";

/** From one look at the radio to the next, ms. */
const lookMs = 500;

export interface PanelSensor {
	readonly name: string;
	readonly pin: number;
	/** As configured: what the firmware expects. */
	readonly model: string;
}

export interface PanelOptions {
	clock: Clock;
	/** By pin. */
	simulated: ReadonlyMap<number, SimulatedSensor>;
	/** `undefined` in the computer's network. */
	radio: SimulatedRadio | undefined;
}

/** A command of the panel to the host; others are for a sensor. */
type HostCommand = { readonly pressed: boolean } | { readonly radio: boolean } | { readonly networks: string };

export class Panel extends Control {
	#options: PanelOptions;
	#sensors: readonly PanelSensor[] = [];
	/** The line about the radio. */
	#shown = "";
	/** Whether the button is held down. */
	pressed = false;

	constructor(options: PanelOptions) {
		super();
		this.#options = options;
		this.postJSON({ started: true });
		if (options.radio) options.clock.repeat(() => this.#look(), lookMs);
	}

	/** Has rows for these. */
	showSensors(sensors: readonly PanelSensor[]): void {
		const { radio, simulated } = this.#options;
		this.#sensors = sensors;
		// Preloaded arrays are copied: JSON cannot serialize objects in read-only memory.
		this.postJSON({
			sensors: sensors.map(({ name, pin }) => ({ name, pin, model: simulated.get(pin)!.model })),
			models: [...simulatedModels],
			faults: [...simulatedFaults],
			radio: radio !== undefined,
			surroundings: Object.keys(surroundings),
		});
		this.#shown = "";
	}

	/** Shows what the sensor on `pin` has sent. @param train `undefined` when the capture failed. */
	showTrain(pin: number, train: PulseTrain | undefined): void {
		const { clock, simulated } = this.#options;
		const index = this.#sensors.findIndex(sensor => sensor.pin === pin);
		if (index < 0) return;
		const air = simulated.get(pin)!.airAt(clock.ticks);
		this.postJSON({ observation: observe(index, this.#sensors[index]!.model, air, train) });
	}

	/** Shows a line of the app's log. */
	log(line: string): void {
		this.postJSON({ log: line });
	}

	/** Has the simulator load the app anew. */
	restart(): void {
		this.postJSON({ restart: true });
	}

	override onJSON(command: Command | HostCommand): void {
		if ("pressed" in command) this.pressed = command.pressed;
		else if ("radio" in command) {
			setRadio(command.radio);
			this.restart();
		} else if ("networks" in command) {
			const { radio } = this.#options;
			if (radio) changeSurroundings(radio, command.networks);
		} else {
			const { simulated } = this.#options;
			applyCommand(
				this.#sensors.map(({ pin }) => simulated.get(pin)!),
				command,
			);
		}
	}

	#look(): void {
		const { radio } = this.#options;
		const line = radio ? describeRadio(radio) : "";
		if (line === this.#shown) return;
		this.#shown = line;
		this.postJSON({ wifi: line });
	}
}
