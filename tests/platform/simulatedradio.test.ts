import { SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import { FakeClock } from "../fakes/clock.js";
import { describeRadio } from "../network/radio.js";

describeRadio("simulated radio", () => {
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
});
