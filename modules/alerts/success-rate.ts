/** The share of a sensor's reads that give a reading, over windows that begin with a fault: at rest nothing is kept. */

/** A window is at least so long, ms, and has at least so many reads. */
export const windowMs = 900_000;
export const windowReads = 20;

/** A sensor's window. */
interface Window {
	readonly sensor: string;
	readonly since: number;
	reads: number;
	faults: number;
}

export class SuccessRate {
	/** At most one a sensor. */
	#windows: Window[] = [];

	/**
	 * Counts a read.
	 * @param begins Whether it begins a window where there is none, as a fault does.
	 * @returns Percent, whole, when it ends a window.
	 */
	count(sensor: string, ticks: number, isFault: boolean, begins = isFault): number | undefined {
		let window = this.#windows.find(one => one.sensor === sensor);
		if (!window) {
			if (!begins) return undefined;
			window = { sensor, since: ticks, reads: 0, faults: 0 };
			this.#windows.push(window);
		}
		window.reads++;
		if (isFault) window.faults++;
		if (ticks - window.since < windowMs || window.reads < windowReads) return undefined;
		this.drop(sensor);
		return Math.round((100 * (window.reads - window.faults)) / window.reads);
	}

	/** Forgets the window of `sensor`. */
	drop(sensor: string): void {
		this.#windows = this.#windows.filter(one => one.sensor !== sensor);
	}
}
