import type { FirmwareImage } from "../../modules/platform/firmware.js";
export interface UpdateReport {
	readonly chip: string;
	readonly slotSize: number;
	readonly running: FirmwareImage;
	readonly other: FirmwareImage | null;
	readonly upload: { readonly received: number; readonly size: number; readonly version: string | null } | null;
	readonly restart: boolean;
}
