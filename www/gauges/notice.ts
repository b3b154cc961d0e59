import type { Notice } from "../../modules/api/schema.js";
import { bootString, noticeSentence } from "../i18n/boot-strings.js";
import type { Language } from "../i18n/languages.js";
import { browserStorage } from "../i18n/storage.js";
import { addBanner } from "./banner.js";

/** In the browser's storage: the reason of the notice that the reader has dismissed. */
const KEY = "dismissed";

/** Above the gauges: safe mode, or firmware that was taken back, with a link to the settings. */
export class NoticeLine {
	readonly #line: HTMLElement;
	readonly #sentence = document.createElement("span");
	readonly #link = document.createElement("a");
	readonly #dismiss = document.createElement("button");
	readonly #store = browserStorage();
	#dismissed = this.#store?.getItem(KEY);
	#shown: Notice | undefined;

	/** @param before The line is put in front of this element, as long as there is a notice. */
	constructor(before: Element) {
		this.#line = addBanner("p", before, "var(--amber)");
		this.#link.href = "/settings";
		this.#dismiss.type = "button";
		this.#line.append(this.#sentence, " ", this.#link, " ", this.#dismiss);
		this.#dismiss.onclick = () => this.#forget();
	}

	/** Only firmware that was taken back can be dismissed: it runs as it should. */
	show(notice: Notice | undefined, language: Language): void {
		this.#shown = notice;
		this.#line.hidden = !notice || (notice.kind === "rolledBack" && notice.reason === this.#dismissed);
		if (!notice) return;
		write(this.#sentence, noticeSentence(notice, language));
		write(this.#link, bootString("settings", language));
		write(this.#dismiss, bootString("dismiss", language));
		this.#dismiss.hidden = notice.kind !== "rolledBack";
	}

	#forget(): void {
		this.#dismissed = this.#shown?.reason ?? "";
		this.#line.hidden = true;
		try {
			this.#store?.setItem(KEY, this.#dismissed);
		} catch {
			// The storage is full or forbidden: it stays dismissed until the page is left.
		}
	}
}

function write(element: Element, content: string): void {
	if (element.textContent !== content) element.textContent = content;
}
