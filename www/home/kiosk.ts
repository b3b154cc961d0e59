/** Hours of the browser's clock from which and to which the picture is dim. */
const NIGHT = 22;
const MORNING = 6;

/** Large values alone, on one screen, whatever the number of cards. The device's name and two values of each are readable from three metres on a tablet. */
const rules = `
:root.kiosk, .kiosk body { height: 100svh; overflow: hidden; margin: 0; padding: 0; max-width: none; }
.kiosk body > header, .kiosk :is(#data, #history, #compare, #news, small, dl, .dial, .tube, h3, section > header) { display: none !important; }
.kiosk main { height: 100svh; padding: 1vmin; gap: 1vmin; display: grid; grid-template: repeat(var(--rows), minmax(0, 1fr)) / repeat(var(--columns), minmax(0, 1fr)) !important; }
.kiosk :is(#cards, #home, #home section) { display: contents !important; }
.kiosk main article { min-height: 0; padding: 1vmin; gap: 0; overflow: hidden; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); --cell: min(92vw / var(--columns), 135vh / var(--rows)); }
.kiosk article > header { justify-content: center; }
.kiosk article > header span, .kiosk .status, .kiosk i { display: none; }
.kiosk h2 { font-size: calc(var(--cell) * 0.07); line-height: 1.1; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-weight: 400; text-align: center; }
.kiosk h2::before { content: attr(data-device); display: block; font-size: 1.6em; font-weight: 600; }
.kiosk .values { flex: 1; gap: 0; }
.kiosk .values p { font-size: calc(var(--cell) * 0.09); line-height: 1; }
.kiosk .values p b { font-size: calc(var(--cell) * 0.27) !important; font-weight: 400; min-width: 0; line-height: 1; }
.kiosk .values p:last-of-type b { font-size: calc(var(--cell) * 0.18) !important; }
.kiosk :is([data-link=lost], [data-link=unclear]) article { border-style: dashed; opacity: 0.6; }
.kiosk.night { filter: brightness(0.4); }
`;

/** `?kiosk`: the page on a wall. It stays awake where the browser allows it, which it does on HTTPS and localhost alone. */
export class Kiosk {
	/** The appearance that the night has replaced. */
	#dayTheme: string | undefined;

	constructor() {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		document.adoptedStyleSheets.push(sheet);
		document.documentElement.classList.add("kiosk");
		const wake = () => {
			if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
		};
		document.addEventListener("visibilitychange", wake);
		wake();
	}

	/** Fits the cards to the screen, and dims it at night. */
	show(): void {
		const root = document.documentElement;
		const cards = Math.max(document.querySelectorAll("main article").length, 1);
		const columns = Math.min(Math.max(Math.round(Math.sqrt((cards * innerWidth) / innerHeight / 1.3)), 1), cards);
		root.style.setProperty("--columns", `${columns}`);
		root.style.setProperty("--rows", `${Math.ceil(cards / columns)}`);
		for (const title of document.querySelectorAll<HTMLElement>("main article h2")) {
			const device = title.closest("section")?.querySelector("h2 a") ?? document.querySelector("h1")!;
			title.dataset.device = device.textContent ?? "";
		}
		const hour = new Date().getHours();
		const isNight = hour >= NIGHT || hour < MORNING;
		root.classList.toggle("night", isNight);
		const { theme } = root.dataset;
		if (isNight && theme !== "dark") [this.#dayTheme, root.dataset.theme] = [theme, "dark"];
		else if (!isNight && this.#dayTheme) [root.dataset.theme, this.#dayTheme] = [this.#dayTheme, undefined];
	}
}
