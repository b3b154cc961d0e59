import { lookup } from "node:dns";
import type { Resolve } from "../io.js";
import { boundedResolver } from "../simulated/resolver.js";
import { clock } from "./clock.js";

/** The computer's own resolver. */
export const resolve: Resolve = boundedResolver(clock, (name, onResolved) =>
	lookup(name, { family: 4 }, (error, address) => onResolved(error ? undefined : address)),
);
