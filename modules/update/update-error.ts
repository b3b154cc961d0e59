/** Why an update is refused or has failed. */

/**
 * `busy`: another is under way, or the image that runs is not confirmed yet. `too-large`: it does not fit the slot. `image`: it is not an
 * image of this chip and program, or not whole. `missing`: the other slot holds no whole image. `flash`: flash cannot be written.
 */
export type UpdateErrorKind = "busy" | "too-large" | "image" | "missing" | "flash";

export class UpdateError extends Error {
	readonly kind: UpdateErrorKind;

	/** @param message One line for a person. */
	constructor(kind: UpdateErrorKind, message: string) {
		super(message);
		this.kind = kind;
	}
}
