// What the panel keeps of a sensor: the data of its rows, which the rows themselves change, and what it has sent.

/** Slow enough for the eye: the sliders show tenths. */
const tenths = value => Math.round(value * 10) / 10;

export function createSheet({ name, pin, model }, models) {
	return {
		name,
		pin,
		model: {
			label: "Model",
			items: models.map(title => ({ title, value: title })),
			value: model,
			event: "onModelChanged",
		},
		temperature: slider("TEMPERATURE", "Temperature, °C", -40, 80, 21.5),
		humidity: slider("HUMIDITY", "Humidity, %", 0, 100, 48),
		held: { name: "HELD", label: "Air", on: "as set", off: "drifts", value: false, event: "onHeldChanged" },
		unplugged: { label: "Wire", on: "unplugged", off: "plugged in", value: false, event: "onUnpluggedChanged" },
		reading: undefined,
		newest: undefined,
		failed: undefined,
		failedAt: "",
		failures: 0,
	};
}

const slider = (name, label, min, max, value) => ({
	...{ name, label, min, max, value },
	step: 0.5,
	unit: "",
	event: "onAirChanged",
	track: "onAirChanging",
});

/** @param now The time of day. @param isMoved Whether a slider is being moved: then it does not follow the air. */
export function noteObservation(sheet, observation, now, isMoved) {
	sheet.newest = observation;
	if (observation.reading) sheet.reading = observation.reading;
	if (observation.fault) {
		sheet.failed = observation;
		sheet.failedAt = now;
		sheet.failures++;
	}
	if (sheet.held.value || isMoved) return;
	sheet.temperature.value = tenths(observation.air.temperature);
	sheet.humidity.value = tenths(observation.air.humidity);
}
