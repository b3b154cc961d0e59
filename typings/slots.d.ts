/** The firmware's two slots on an ESP32. `other` asks for the slot that does not run. */
declare module "slots" {
	const Slots: {
		/** ESP-IDF's `esp_chip_id_t`. */
		readonly chip: number;
		/** Whether the boot loader of this build takes back an image that is not confirmed. */
		readonly rollsBack: boolean;
		/** Bytes of a slot. */
		readonly size: number;
		/** @returns The image's first 144 bytes. @throws {Error} The flash cannot be read. */
		front(other: boolean): ArrayBuffer;
		/** @returns ESP-IDF's `esp_ota_img_states_t`; -1 where the boot loader has no record. */
		state(other: boolean): number;
		/** @returns The appended SHA-256 of a whole image, verified; else `undefined`. Takes half a second. */
		digest(other: boolean): ArrayBuffer | undefined;
		/** @throws {Error} The boot loader's record cannot be written. */
		confirm(): void;
		/** @throws {Error} The other slot holds no whole image, or the record cannot be written. */
		activateOther(): void;
		/** @throws {Error} As `activateOther`. */
		rollBack(): void;
		restart(): void;
	};
	export default Slots;
}
