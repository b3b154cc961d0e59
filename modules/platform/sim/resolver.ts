import Net from "net";
import type { Clock } from "../clock.js";
import type { Resolve } from "../io.js";
import { boundedResolver } from "../simulated/resolver.js";

/** The computer's own resolver. On Linux the SDK takes the first address alone, and finds no name whose first is of IPv6. */
export function resolver(clock: Clock): Resolve {
	return boundedResolver(clock, (name, onResolved) => Net.resolve(name, (_, address) => onResolved(address)));
}
