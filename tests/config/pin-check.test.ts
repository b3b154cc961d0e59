import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { checkPins, describeRemark, remarksOn } from "../../modules/config/pin-check.js";
import { defaultWarn, type SensorSettings } from "../../modules/config/sensor-settings.js";

const sensor = (pin: number, powerPin?: number): SensorSettings => ({
	...{ name: "Room", model: "DHT22", pin, warn: defaultWarn },
	...(powerPin !== undefined && { powerPin }),
});

test("a refused pin is one line with its key, the reason, and the pins there are", () => {
	const check = (chip: string, ...sensors: SensorSettings[]) => checkPins(sensors, [], chip);
	throws(() => check("esp32c3", sensor(4), sensor(5, 18)), {
		key: "sensors[1].powerPin",
		message:
			"sensors[1].powerPin: 18 is not allowed; USB of the ESP32-C3 is there, and its pins for sensors are 0 to 11",
	});
	throws(() => check("esp32", sensor(34)), {
		message:
			"sensors[0].pin: 34 is not allowed; it is an input alone on the ESP32, and its pins for sensors are 0, 2, 4 to 5, 12 to 23, 25 to 27 and 32 to 33",
	});
	throws(() => check("esp32s3", sensor(30)), /the flash of the ESP32-S3 is there/);
	throws(() => check("esp32c6", sensor(17)), /the serial console of the ESP32-C6 is there/);
	throws(() => check("esp32s2", sensor(47)), /the ESP32-S2 has no such pin/);
});

test("a pin that is warned of, a free one, and any of an unknown chip are taken", () => {
	checkPins([sensor(8, 10)], [], "esp32c3");
	checkPins([sensor(18)], [], "esp32h2");
	checkPins([sensor(18)], [], undefined);
});

test("a refused pin that is in force stays, so that the other settings of its sensor can change", () => {
	checkPins([sensor(4, 18)], [sensor(4, 18)], "esp32c3");
	checkPins([sensor(18)], [sensor(4, 18)], "esp32c3");
	throws(() => checkPins([sensor(19)], [sensor(4, 18)], "esp32c3"));
});

test("a remark names the pin and what stands against it", () => {
	const remarks = remarksOn([sensor(4), sensor(9, 21)], "esp32c3");
	deepEqual(
		remarks.map(({ use }) => use),
		["strapping", "console"],
	);
	equal(
		describeRemark(remarks[0]!, "esp32c3"),
		"sensors[1].pin is 9: its level at a reset decides how the ESP32-C3 boots",
	);
	deepEqual(remarksOn([sensor(4)], undefined), []);
});
