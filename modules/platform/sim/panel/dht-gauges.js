// The panel that Moddable's simulator shows beside the app: air, model and fault injection of the simulated sensors.
// It runs inside mcsim, exchanges messages with panel.ts, and is filled when the app has named its sensors.

import { ButtonsRow, ControlsColumn, InfoRow, PopupRow, SliderRow, SwitchRow } from "ControlsPane";
import { DeviceBehavior, DeviceContainer, DeviceScreen } from "DevicePane";

/** Lines of the app's log that are shown. */
const logLines = 20;

const logStyle = new Style({ font: "12px Open Sans", color: "black", horizontal: "left", vertical: "top" });

/** Data of one sensor's rows. The rows write their `value`. */
function sheet({ model }, models) {
	return {
		model: {
			label: "Model",
			items: models.map(name => ({ title: name, value: name })),
			value: model,
			event: "onModelChanged",
		},
		temperature: {
			label: "Temperature, °C",
			min: -40,
			max: 80,
			step: 0.5,
			value: 21.5,
			unit: "",
			event: "onAirChanged",
		},
		humidity: { label: "Humidity, %", min: 0, max: 100, step: 0.5, value: 48, unit: "", event: "onAirChanged" },
		held: { label: "Air", on: "as set", off: "drifts", value: false, event: "onHeldChanged" },
		unplugged: { label: "Wire", on: "unplugged", off: "plugged in", value: false, event: "onUnpluggedChanged" },
	};
}

/** A row has two buttons: no more fit into the pane. */
function faultRows(faults) {
	const rows = [];
	for (let i = 0; i < faults.length; i += 2)
		rows.push(
			new ButtonsRow({
				label: i === 0 ? "Inject a fault" : "",
				buttons: faults
					.slice(i, i + 2)
					.map(fault => ({ label: fault.replaceAll("-", " "), fault, event: "onFaultTapped" })),
			}),
		);
	return rows;
}

class PanelBehavior extends DeviceBehavior {
	onCreate(container, device) {
		super.onCreate(container, device);
		this.sheets = [];
		this.log = [];
	}
	onJSON(container, json) {
		if ("restart" in json) container.application.defer("doReloadFile");
		else if ("sensors" in json) this.fill(json);
		else if ("log" in json) this.show(json.log);
	}

	fill({ sensors, models, faults }) {
		this.sheets = sensors.map(sensor => sheet(sensor, models));
		this.faults = faults;
		// The app names them again after a restart.
		this.column ??= this.WAITING.container.container;
		this.column.empty();
		if (sensors.length === 0) return;
		const items = sensors.map(({ name }, value) => ({ title: name, value }));
		this.column.add(new PopupRow({ label: "Sensor", items, value: 0, event: "onSensorSelected" }));
		this.select(0);
	}
	select(index) {
		this.index = index;
		const { model, temperature, humidity, held, unplugged } = this.sheets[index];
		this.column.empty(1);
		for (const row of [
			new PopupRow(model),
			new SliderRow(temperature),
			new SliderRow(humidity),
			new SwitchRow(held),
			new SwitchRow(unplugged),
			...faultRows(this.faults),
		])
			this.column.add(row);
	}
	show(line) {
		this.log.push(line);
		this.device.LOG.string = this.log.slice(-logLines).join("\n");
	}
	send(container, command) {
		this.postJSON(container, { sensor: this.index, ...command });
	}

	onSensorSelected(_container, { value }) {
		this.select(value);
	}
	onModelChanged(container, { value }) {
		this.send(container, { model: value });
	}
	onAirChanged(container) {
		const { temperature, humidity, held } = this.sheets[this.index];
		if (!held.value) {
			held.value = true;
			this.select(this.index);
		}
		this.send(container, { air: { temperature: temperature.value, humidity: humidity.value } });
	}
	onHeldChanged(container, { value }) {
		if (value) this.onAirChanged(container);
		else this.send(container, { air: null });
	}
	onUnpluggedChanged(container, { value }) {
		this.send(container, { unplugged: value });
	}
	onFaultTapped(container, { fault }) {
		this.send(container, { fault });
	}
}

export default {
	applicationName: "dht-gauges",
	title: "DHT gauges",
	ControlsTemplate: ControlsColumn.template(() => ({
		contents: [new InfoRow({ name: "WAITING", label: "Sensors", value: "the app has not named any yet" })],
	})),
	DeviceTemplates: {
		0: DeviceContainer.template($ => ({
			left: 0,
			right: 0,
			top: 0,
			bottom: 0,
			Behavior: PanelBehavior,
			contents: [
				new DeviceScreen($, { left: 0, width: 0, top: 0, height: 0 }),
				new Text($, { anchor: "LOG", left: 20, right: 20, top: 20, bottom: 0, style: logStyle }),
			],
		})),
	},
};
