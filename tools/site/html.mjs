// The install page's HTML: English strings and the choices are put in, so that it reads without a script.

/** @typedef {Record<string, { en: string }>} Strings */

const escapeHTML = (/** @type {string} */ text) =>
	text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

/** @returns Radio buttons, the first one checked. */
function radios(/** @type {string} */ name, /** @type {[value: string, label: string][]} */ options) {
	return options
		.map(([value, label], index) => {
			const checked = index === 0 ? " checked" : "";
			return `<label><input type="radio" name="${name}" value="${value}"${checked}>${label}</label>`;
		})
		.join("");
}

/** @throws {Error} The page names a string that is not there. */
export function fillIn(
	/** @type {string} */ template,
	/** @type {Strings} */ strings,
	/** @type {{ boards: { name: string, family: string }[], sensors: readonly string[] }} */ { boards, sensors },
) {
	/** @type {[string, string][]} */
	const families = boards.map(({ name, family }) => [name, family]);
	/** @type {[string, string][]} */
	const forms = sensors.map(form => [form, `<span data-string="${form}">{}</span>`]);
	return template
		.replace(/(?<=id="boards">)/, () => radios("board", families))
		.replace(/(?<=id="sensors">)/, () => radios("sensor", forms))
		.replace(/(data-string="(\w+)"[^>]*>)\{\}/g, (_, /** @type {string} */ tag, /** @type {string} */ key) => {
			const row = strings[key];
			if (!row) throw new Error(`site/index.html: there is no string ${key}`);
			return tag + escapeHTML(row.en);
		})
		.replace(/>\n\s*</g, "><");
}
