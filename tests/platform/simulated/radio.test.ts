import { test } from "node:test";
import { SimulatedRadio } from "../../../modules/platform/simulated/radio.js";
import { FakeClock } from "../../fakes/clock.js";
import { type Air, contract } from "../../network/radio.js";

function air(): Air {
	const clock = new FakeClock();
	const radio = new SimulatedRadio({
		clock,
		networks: [],
		address: "192.0.2.7",
		accessPointAddress: "192.168.4.1",
	});
	return {
		clock,
		radio,
		set: networks => {
			radio.networks = networks;
		},
	};
}

for (const [says, check] of Object.entries(contract)) test(`simulated radio: ${says}`, () => check(air()));
