import type { Readings, SensorData } from "../../modules/api/schema.js";
import { Preferences } from "../i18n/preferences.js";
import { browserStorage } from "../i18n/storage.js";
import { Elapsed } from "../stream/elapsed.js";
import { type Dated, Model } from "./model.js";
import { View } from "./view.js";

/** The gauges: model, view and their clock. */
export class Gauges {
	readonly elapsed = new Elapsed();
	readonly preferences = new Preferences(browserStorage(), navigator.languages);
	/** Called for each new reading, late ones included. */
	onReading: ((sensor: string, reading: Dated<SensorData>) => void) | undefined;
	readonly model = new Model((sensor, reading) => this.onReading?.(sensor.name, reading));
	readonly view = new View({ model: this.model, preferences: this.preferences, now: () => this.elapsed.now });

	/** Shows the body of `/api/readings`, just received, once its language is there. */
	show(readings: Readings): void {
		this.model.readings(readings, this.elapsed.now);
		if (this.preferences.suggest(readings)) this.view.apply();
		else void this.view.ready.then(() => this.view.draw());
	}
}
