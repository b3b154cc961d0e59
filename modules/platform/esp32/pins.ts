/** Pins that the chip itself uses. */

/** Used of typings/chip.d.ts. */
export interface PinUse {
	pinUse(pin: number): string | undefined;
}

type PinClass<Instance> = new (options: { pin: number }) => Instance;

/** @returns `Base`, which throws a `RangeError` for a pin that the chip itself uses. */
export function sparing<Instance extends object>(Base: PinClass<Instance>, chip: PinUse): PinClass<Instance> {
	return class extends (Base as PinClass<object>) {
		constructor(options: { pin: number }) {
			const use = chip.pinUse(options.pin);
			if (use !== undefined) throw new RangeError(`pin ${options.pin}: ${use} is there`);
			super(options);
		}
	} as PinClass<Instance>;
}
