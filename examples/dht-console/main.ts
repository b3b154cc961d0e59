/** Prints what a DHT22 on GPIO 4 measures, every two seconds. */

import PulseCapture from "embedded:io/pulsecapture";
import DHT from "embedded:sensor/Humidity-Temperature/DHT";
import { explainFault } from "modules/dht/fault";
import Timer from "timer";

const pin = 4;

const sensor = new DHT({
	sensor: { io: PulseCapture, pin },
	model: "DHT22",
	onSample() {
		const { thermometer, hygrometer } = this.sample()!;
		trace(`${thermometer.temperature} °C, ${hygrometer.humidity} %\n`);
	},
	onFault({ kind }) {
		trace(`${explainFault(kind, pin)}\n`);
	},
	onError({ message }) {
		trace(`${message}\n`);
		Timer.clear(timer);
		this.close();
	},
});

const timer = Timer.repeat(() => sensor.start(), 2000);
