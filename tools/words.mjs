// What a person typed after a command.

/** Ends with one line for the person who typed it. @returns {never} */
export function refuse(/** @type {string} */ line) {
	console.error(line);
	process.exit(2);
}

/** @returns The number of `what` that was typed, or else `usual`. */
export function numberOf(/** @type {string} */ what, /** @type {number} */ usual, min = 1) {
	const words = process.argv.slice(2);
	if (words.length === 0) return usual;
	const typed = words.join(" ");
	if (!/^[1-9]\d{0,3}$/.test(typed) || Number(typed) < min)
		refuse(`"${typed}" is not allowed; a number of ${what}, from ${min} to 9999, is`);
	return Number(typed);
}
