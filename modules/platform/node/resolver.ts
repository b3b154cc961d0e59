import { lookup } from "node:dns";
import type { Clock } from "../clock.js";
import type { Resolve } from "../io.js";
import { boundedResolver } from "../simulated/resolver.js";

/** The computer's own resolver. */
export const resolver = (clock: Clock): Resolve =>
	boundedResolver(clock, (name, onResolved) =>
		lookup(name, { family: 4 }, (error, address) => onResolved(error ? undefined : address)),
	);
