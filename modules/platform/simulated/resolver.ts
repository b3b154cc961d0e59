import type { Clock } from "../clock.js";
import type { Resolve } from "../io.js";

/** Names that lwIP's resolver looks up at a time (its DNS_TABLE_SIZE), and characters of one. */
const maxPending = 4;
const maxLength = 255;

/** A computer's resolver with the chip's bounds: a name beyond them is not found. */
export function boundedResolver(clock: Clock, lookup: Resolve): Resolve {
	let pending = 0;
	return (name, onResolved) => {
		if (name === "" || name.length > maxLength || pending >= maxPending) {
			clock.set(() => onResolved(undefined), 0);
			return;
		}
		pending++;
		lookup(name, address => {
			pending--;
			onResolved(address);
		});
	};
}
