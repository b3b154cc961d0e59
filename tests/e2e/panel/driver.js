// The project's panel, operated by a test instead of a hand: lines of JSON in a file beside the simulator's copy of the
// app say which row to set to which value, which button to tap, or whether to hold it down.

import panel from "../../../modules/platform/sim/panel/dht-gauges.js";

const path = system.buildPath(system.localDirectory, "panel", "json");

/** The content of the pane whose data are labelled so: a slider, switch or pop-up by its row's label, a button by its own. */
function find(content, label) {
	if (content.behavior?.data?.label === label) return content;
	for (let child = content.first; child; child = child.next) {
		const found = find(child, label);
		if (found) return found;
	}
	return undefined;
}

function operate(column, { label, value }) {
	const content = find(column, label);
	const { behavior } = content;
	const { data } = behavior;
	if (data.eventDown)
		return value ? behavior.onTouchBegan(content, 0, 0, 0, 0) : behavior.onTouchEnded(content, 0, 0, 0, 0);
	if (value === undefined) return behavior.onTap(content);
	if (data.items)
		return behavior.onMenuSelected(
			content,
			data.items.findIndex(item => item.title === value),
		);
	data.value = value;
	return behavior.onValueChanged(content);
}

class Operator extends Behavior {
	onCreate(content) {
		content.interval = 100;
		content.start();
	}
	onTimeChanged(content) {
		if (!system.fileExists(path)) return;
		const lines = system.readFileString(path).trim().split("\n");
		system.deleteFile(path);
		for (const line of lines) operate(content.container.behavior.column, JSON.parse(line));
	}
}

/** Called with `new`, as a template is. */
function OperatedDevice(device) {
	const container = new panel.DeviceTemplates[0](device);
	container.add(new Content(device, { width: 0, height: 0, Behavior: Operator }));
	return container;
}

export default { ...panel, DeviceTemplates: { 0: OperatedDevice } };
