/** What a test image does. It holds no program: the host that runs it acts it out. */

import type { Host } from "../host.js";
import type { ListenerConstructor } from "../io.js";
import type { Radio } from "../radio.js";

/** `crash` and `hang` do so as soon as the program runs; `no-join`: the network never comes up; `no-listen`: no port can be opened. */
export const behaviours = Object.freeze(["good", "crash", "hang", "no-join", "no-listen"] as const, true);

export type Behaviour = (typeof behaviours)[number];

/** The text of an image that does so. */
export const behaviourText = (behaviour: Behaviour): string => `behaviour ${behaviour};`;

/** @param text Of the image. @returns `good` where it names no behaviour. */
export const behaviourOf = (text: string): Behaviour =>
	behaviours.find(behaviour => text.startsWith(behaviourText(behaviour))) ?? "good";

/** @returns The host as the image's program would use it. What ends the program has begun. */
export function actOut(behaviour: Behaviour, host: Host): Host {
	const { clock } = host;
	if (behaviour === "crash")
		clock.set(() => {
			throw new Error("this image crashes");
		}, 0);
	if (behaviour === "hang")
		clock.set(() => {
			for (;;);
		}, 0);
	if (behaviour === "no-join") return { ...host, radio: deadRadio() };
	if (behaviour === "no-listen") return { ...host, Listener: NoListener };
	return host;
}

/** A radio that joins nothing and opens nothing. */
const deadRadio = (): Radio => ({
	mac: "02:00:00:00:D4:7A",
	listener: undefined,
	join() {},
	leave() {},
	scan() {},
	openAccessPoint() {
		throw new Error("the radio fails");
	},
	closeAccessPoint() {},
	hasNeighbour: () => false,
	signal: () => undefined,
	close() {},
});

const NoListener = class {
	constructor() {
		throw new Error("no listener");
	}
} as unknown as ListenerConstructor;
