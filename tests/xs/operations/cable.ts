// Set-up by cable: at rest, and asked.

import { App } from "../../../modules/app/app.js";
import { createImprov } from "../../../modules/app/improv.js";
import { FakeSerial } from "../../fakes/serial.js";
import { request } from "../../network/improv-bench.js";
import { type Cost, cost, kept } from "../costs.js";
import { BenchClock } from "../sockets.js";
import { configurationFor, host } from "./app.js";

const serial = new FakeSerial();

/** A device on that line. */
function createDevice() {
	const app = new App({ host: host(new BenchClock()), configuration: configurationFor(1) });
	return { ...app, host: { ...app.host, serial } };
}

function atRest(): Cost {
	const device = createDevice();
	return kept(() => createImprov(device));
}

function asked(): Cost {
	createImprov(createDevice());
	const state = request(2);
	return cost(() => serial.arrive(state));
}

export const cable: Record<string, () => Cost> = {
	"kept by set-up by cable": atRest,
	"a request for the state by cable": asked,
};
