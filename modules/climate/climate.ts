/** Quantities that follow from temperature and humidity. Temperatures in °C, relative humidity in percent. */

/** Rounded to tenths: the inputs carry no more. */
const tenths = (value: number) => Math.round(value * 10) / 10;

/**
 * The temperature at which the air's water begins to condense: Magnus' formula with b = 17.62, c = 243.12 °C
 * (WMO Guide to Instruments and Methods of Observation, WMO-No. 8, annex 4.B), good for −45 to 60 °C over water.
 * @returns °C in tenths; `null` outside −45 to 60 °C, and for humidity 0, which has none.
 */
export function dewPoint(temperature: number, humidity: number): number | null {
	if (temperature < -45 || temperature > 60 || humidity <= 0) return null;
	const gamma = Math.log(humidity / 100) + (17.62 * temperature) / (243.12 + temperature);
	return tenths((243.12 * gamma) / (17.62 - gamma));
}

/**
 * The felt temperature of the air in the shade: the US National Weather Service's heat index (Rothfusz, Technical Attachment
 * SR 90-23, with both adjustments; Steadman's simple formula below 80 °F).
 * @returns °C in tenths; `null` outside −40 to 60 °C, where nothing was fitted.
 */
export function heatIndex(temperature: number, humidity: number): number | null {
	if (temperature < -40 || temperature > 60) return null;
	return tenths((heatIndexF(temperature * 1.8 + 32, humidity) - 32) / 1.8);
}

/** @param t °F. @param r Percent. @returns °F. */
function heatIndexF(t: number, r: number): number {
	const simple = 0.5 * (t + 61 + (t - 68) * 1.2 + 0.094 * r);
	if (simple < 80) return simple;
	const index =
		-42.379 +
		2.04901523 * t +
		10.14333127 * r -
		0.22475541 * t * r -
		0.00683783 * t * t -
		0.05481717 * r * r +
		0.00122874 * t * t * r +
		0.00085282 * t * r * r -
		0.00000199 * t * t * r * r;
	if (r < 13 && t >= 80 && t <= 112) return index - ((13 - r) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17);
	if (r > 85 && t >= 80 && t <= 87) return index + ((r - 85) / 10) * ((87 - t) / 5);
	return index;
}

/**
 * Water in a cubic metre of air: saturation pressure after Bolton (Monthly Weather Review 108, 1980), good for
 * −35 to 35 °C within 0.3 %, and the gas law.
 * @returns g/m³ in tenths; `null` outside −40 to 60 °C.
 */
export function absoluteHumidity(temperature: number, humidity: number): number | null {
	if (temperature < -40 || temperature > 60) return null;
	const pressure = 6.112 * Math.exp((17.67 * temperature) / (temperature + 243.5));
	return tenths((pressure * humidity * 2.1674) / (273.15 + temperature));
}
