import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { changeSurroundings, describeRadio, surroundings } from "../../../modules/platform/sim/surroundings.js";
import { SimulatedRadio } from "../../../modules/platform/simulated/radio.js";
import { FakeClock } from "../../fakes/clock.js";

const station = { hostName: "dht", staticAddress: undefined };

function radioAtHome() {
	const clock = new FakeClock();
	const networks = surroundings["Home and Guest"]!;
	return {
		clock,
		radio: new SimulatedRadio({ clock, networks, address: "127.0.0.1", accessPointAddress: "127.0.0.1" }),
	};
}

test("each state of the radio has a line", () => {
	const { clock, radio } = radioAtHome();
	equal(describeRadio(radio), "not connected");
	radio.openAccessPoint("dht-D47A", undefined);
	equal(describeRadio(radio), "its own is open: dht-D47A");
	radio.join({ ssid: "Home", password: "correct horse" }, station);
	equal(describeRadio(radio), "its own is open: dht-D47A, joining");
	radio.closeAccessPoint();
	equal(describeRadio(radio), "joining");
	clock.advance(2000);
	equal(describeRadio(radio), "has joined Home");
});

test("a network that goes out of reach is lost, and can be joined when it is back", () => {
	const { clock, radio } = radioAtHome();
	const join = () => {
		radio.join({ ssid: "Guest", password: undefined }, station);
		clock.advance(3000);
		return radio.ssid;
	};
	equal(join(), "Guest");
	changeSurroundings(radio, "Home");
	deepEqual([radio.ssid, join()], [undefined, undefined]);
	changeSurroundings(radio, "Guest");
	equal(join(), "Guest");
});

test("another choice is refused", () => {
	throws(
		() => changeSurroundings(radioAtHome().radio, "Office"),
		/"Office": Home and Guest, Home, Guest, none allowed/,
	);
});
