/** Quantities that follow from temperature and humidity. Temperatures in °C, relative humidity in percent. */

/** Rounded to tenths: the inputs carry no more. */
const tenths = (value: number) => Math.round(value * 10) / 10;

/** @returns The logarithm of the vapour pressure by that of saturated air at 0 °C; `NaN` where the formula does not hold. */
function moisture(temperature: number, humidity: number): number {
	if (temperature < -45 || temperature > 60 || humidity <= 0) return Number.NaN;
	return Math.log(humidity / 100) + (17.62 * temperature) / (243.12 + temperature);
}

/**
 * The temperature at which the air's water begins to condense: Magnus' formula with b = 17.62, c = 243.12 °C
 * (WMO Guide to Instruments and Methods of Observation, WMO-No. 8, annex 4.B), good for −45 to 60 °C over water.
 * @returns °C in tenths; `null` outside −45 to 60 °C, and for humidity 0, which has none.
 */
export function dewPoint(temperature: number, humidity: number): number | null {
	const gamma = moisture(temperature, humidity);
	return Number.isNaN(gamma) ? null : tenths((243.12 * gamma) / (17.62 - gamma));
}

/**
 * The temperature at which the air's water begins to freeze onto things: Magnus' formula over ice with b = 22.46, c = 272.62 °C,
 * good for −65 to 0 °C, at the vapour pressure that `dewPoint` has over water (both WMO-No. 8, annex 4.B).
 * @returns °C in tenths; `null` where the dew point is not below 0 °C, or there is none.
 */
export function frostPoint(temperature: number, humidity: number): number | null {
	const gamma = moisture(temperature, humidity);
	return gamma < 0 ? tenths((272.62 * gamma) / (22.46 - gamma)) : null;
}

/** °C: where Steadman's table begins (68 °F), and where the National Weather Service's adjustments end (112 °F). */
const heatMin = 20;
const heatMax = 44.4;
/** °F: from here on the fit, below it the simple formula. */
const fitMin = 80;
/** °F: the highest value of the National Weather Service's table. */
const heatIndexMax = 137;

/**
 * The felt temperature of the air in the shade, by the US National Weather Service
 * (https://www.wpc.ncep.noaa.gov/html/heatindex_equation.shtml). Below an index of 80 °F it is Steadman's simple formula, good
 * from 20 °C on. Above it is Rothfusz's fit (Technical Attachment SR 90-23, of air from 27 °C and 40 % on) with both adjustments,
 * which extend it to drier and to damper air.
 * @returns °C in tenths; `null` where neither was fitted: below 20 °C, above 44.4 °C, and above an index of 58.3 °C.
 */
export function heatIndex(temperature: number, humidity: number): number | null {
	if (temperature < heatMin || temperature > heatMax) return null;
	const index = heatIndexF(temperature * 1.8 + 32, humidity);
	return index > heatIndexMax ? null : tenths((index - 32) / 1.8);
}

/** @returns Whether `heatIndex` takes Rothfusz's fit there, and not Steadman's simple formula. */
export function isFitted(temperature: number, humidity: number): boolean {
	return steadmanF(temperature * 1.8 + 32, humidity) >= fitMin;
}

/** @param t °F. @param r Percent. @returns °F. */
function steadmanF(t: number, r: number): number {
	return 0.5 * (t + 61 + (t - 68) * 1.2 + 0.094 * r);
}

/** @param t °F. @param r Percent. @returns °F. */
function heatIndexF(t: number, r: number): number {
	const simple = steadmanF(t, r);
	if (simple < fitMin) return simple;
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
