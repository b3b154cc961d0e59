/** What of the simulator outlasts a restart: files beside its copy of the app. */

import AppFolder from "appfolder";
import { File } from "file";
import { fileStorage } from "modules/platform/simulated/file-storage";
import type { Storage } from "modules/platform/storage";

const path = (name: string) => {
	const folder = AppFolder.path();
	return folder === undefined ? undefined : `${folder}dht-gauges.${name}`;
};

/** @param log Takes the reason where there is none. */
export function openState(byteLength: number, log: (line: string) => void): Storage | undefined {
	const name = path("state");
	if (name === undefined) return undefined;
	try {
		return fileStorage(new File(name, true), byteLength);
	} catch (error) {
		log(`nothing will outlast a restart: ${name}: ${(error as Error).message}`);
		return undefined;
	}
}

/** Whether the app is to have a simulated radio. An empty file stands for it. */
export function hasRadio(): boolean {
	const name = path("radio");
	return name !== undefined && File.exists(name);
}

/** From the next start on. @throws {Error} The file cannot be made. */
export function setRadio(value: boolean): void {
	const name = path("radio");
	if (name === undefined) return;
	if (value) new File(name, true).close();
	else File.delete(name);
}
