/** The computer's address in its network. */

import { isIPv4 } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import type { AddressListener } from "../host.js";

/** It is looked so often whether the address is another one, ms. */
const lookMs = 2000;

/** Of which none is the computer's alone. */
export type Interfaces = () => NodeJS.Dict<NetworkInterfaceInfo[]>;

function addressesOf(interfaces: Interfaces): NetworkInterfaceInfo[] {
	return Object.values(interfaces()).flatMap(list => list ?? []);
}

/** Whether only this computer reaches `address`. */
export function isLoopback(address: string): boolean {
	return address === "::1" || (isIPv4(address) && address.startsWith("127."));
}

/** An address to browse to: for an unspecified one, the computer's own on the network. */
export class OwnAddress {
	/** `undefined` while the computer is in no network; at the start it is 127.0.0.1 then. */
	current: string | undefined;
	#isFollowed: boolean;
	#interfaces: Interfaces;
	#timer: NodeJS.Timeout | undefined;

	/** @param listening The address of the server. @param interfaces Of the computer. */
	constructor(listening: string, interfaces: Interfaces = networkInterfaces) {
		this.#interfaces = interfaces;
		this.#isFollowed = listening === "0.0.0.0" || listening === "::";
		this.current = this.#isFollowed ? (this.#find() ?? "127.0.0.1") : listening;
	}

	/** Of the current address; `undefined` where it is none of the computer's own. */
	get mask(): string | undefined {
		return addressesOf(this.#interfaces).find(one => one.address === this.current && one.family === "IPv4")?.netmask;
	}

	/** Calls `onChange`, in place of an earlier one, when the address of an unspecified one is another. */
	watch(onChange: AddressListener | undefined): void {
		clearInterval(this.#timer);
		if (!this.#isFollowed || !onChange) return;
		this.#timer = setInterval(() => {
			const found = this.#find();
			if (found === this.current) return;
			this.current = found;
			onChange(found, this.mask);
		}, lookMs).unref();
	}

	/** @returns The current address as long as the computer has it; else its first on a network. */
	#find(): string | undefined {
		const own = addressesOf(this.#interfaces).filter(({ internal, family }) => !internal && family === "IPv4");
		return (own.find(({ address }) => address === this.current) ?? own[0])?.address;
	}
}
