/** The SDK's link between an app in the simulator and the panel beside it (build/simulators/modules/control). */
declare module "control" {
	export default class Control {
		constructor(options?: object);
		close(): void;
		/** Called with every message of the panel. */
		onJSON(json: unknown): void;
		postJSON(json: unknown): void;
	}
}
