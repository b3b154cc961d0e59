// The panel that Moddable's simulator shows beside the app: air, model and faults of the simulated sensors, Wi-Fi and button.
// It runs inside mcsim, exchanges messages with panel.ts, and is filled when the app has named its sensors.

import { ButtonsRow, ControlsColumn, InfoRow, PopupRow, SliderRow, SwitchRow } from "ControlsPane";
import { DeviceBehavior, DeviceContainer, DeviceScreen } from "DevicePane";
import { createSheet, noteObservation } from "./sheet.js";
import { fitted, showLog, showSensor, View } from "./view.js";

/** Of a pop-up's title. */
const titleWidth = 100;
/** Of a button: two fit into the pane, beside the label. */
const buttonWidth = 98;

/** A row of at most two buttons. */
function buttonsRow(label, buttons) {
	const row = new ButtonsRow({ label, buttons });
	for (let at = 1; at <= buttons.length; at++) row.content(at).coordinates = { width: buttonWidth, height: 30 };
	return row;
}

function faultRows(faults) {
	const rows = [];
	for (let i = 0; i < faults.length; i += 2)
		rows.push(
			buttonsRow(
				i === 0 ? "Inject a fault" : "",
				faults.slice(i, i + 2).map(fault => ({ label: fault.replaceAll("-", " "), fault, event: "onFaultTapped" })),
			),
		);
	return rows;
}

const timeOfDay = () => new Date().toTimeString().slice(0, 8);

class PanelBehavior extends DeviceBehavior {
	onCreate(container, device) {
		super.onCreate(container, device);
		this.sheets = [];
		this.log = [];
		this.index = 0;
		this.radioLine = "";
	}
	onJSON(container, json) {
		if ("restart" in json) container.application.defer("doReloadFile");
		else if ("started" in json) this.sheets = [];
		else if ("sensors" in json) this.fill(json);
		else if ("observation" in json) this.observe(json.observation);
		else if ("wifi" in json) this.showRadio(json.wifi);
		else if ("log" in json) {
			this.log.push(json.log);
			showLog(this.device, this.log);
		}
	}

	/** The app names its sensors when it starts, and when the settings change. */
	fill({ sensors, models, faults, radio, surroundings }) {
		const before = this.sheets;
		this.sheets = sensors.map(
			({ name, pin, model }) =>
				before.find(one => one.name === name && one.pin === pin && one.model.value === model) ??
				createSheet({ name, pin, model }, models),
		);
		this.faults = faults;
		this.radio = {
			label: "Wi-Fi",
			on: "simulated",
			off: "the computer's network",
			value: radio,
			event: "onRadioChanged",
		};
		const choices = surroundings.map(title => ({ title, value: title }));
		this.networks ??= { label: "In reach", items: choices, value: choices[0].value, event: "onNetworksChanged" };
		this.column ??= this.WAITING.container.container;
		this.select(Math.min(this.index, Math.max(0, sensors.length - 1)));
	}
	select(index) {
		this.index = index;
		this.isMoving = false;
		const sheet = this.sheets[index];
		this.column.empty();
		for (const row of [...this.hostRows(), ...(sheet ? this.sensorRows(sheet) : [])]) this.column.add(row);
		if (sheet) showSensor(this.device, sheet);
	}
	sensorRows({ model, temperature, humidity, held, unplugged }) {
		const items = this.sheets.map(({ name }, value) => ({ title: fitted(name, titleWidth), value }));
		return [
			new PopupRow({ label: "Sensor", items, value: this.index, event: "onSensorSelected" }),
			new PopupRow(model),
			new SliderRow(temperature),
			new SliderRow(humidity),
			new SwitchRow(held),
			new SwitchRow(unplugged),
			...faultRows(this.faults),
		];
	}
	hostRows() {
		const rows = [
			buttonsRow("Button", [{ label: "BOOT", eventDown: "onButtonDown", eventUp: "onButtonUp" }]),
			new SwitchRow(this.radio),
		];
		if (!this.radio.value) return rows;
		return [
			...rows,
			new PopupRow(this.networks),
			new InfoRow({ name: "RADIO", label: "Radio", value: this.radioLine }),
		];
	}
	observe(observation) {
		const sheet = this.sheets[observation.sensor];
		if (!sheet) return;
		const isChosen = observation.sensor === this.index;
		noteObservation(sheet, observation, timeOfDay(), isChosen && this.isMoving);
		if (!isChosen) return;
		showSensor(this.device, sheet);
		if (!this.isMoving) for (const slider of [this.TEMPERATURE, this.HUMIDITY]) this.refresh(slider);
	}
	refresh(row) {
		row.behavior.onDataChanged(row);
		row.next.string = row.behavior.data.value.toFixed(1);
	}
	showRadio(line) {
		this.radioLine = line;
		if (this.radio.value) this.RADIO.string = line;
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
	onAirChanging() {
		this.isMoving = true;
	}
	onAirChanged(container) {
		const { temperature, humidity, held } = this.sheets[this.index];
		this.isMoving = false;
		if (!held.value) {
			held.value = true;
			this.HELD.behavior.onDataChanged(this.HELD);
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
	onButtonDown(container) {
		this.postJSON(container, { pressed: true });
	}
	onButtonUp(container) {
		this.postJSON(container, { pressed: false });
	}
	onRadioChanged(container, { value }) {
		this.postJSON(container, { radio: value });
	}
	onNetworksChanged(container, { value }) {
		this.postJSON(container, { networks: value });
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
			contents: [new DeviceScreen($, { left: 0, width: 0, top: 0, height: 0 }), new View($)],
		})),
	},
};
