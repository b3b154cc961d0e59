/**
 * Adds an empty, hidden block of text in front of `before`, which is in a grid: it takes the grid's whole width. Its style is here, with
 * what is loaded after the gauges: the gauges' own style is in their first few packets.
 * @param colour Of its edge.
 */
export function addBanner(name: "p" | "div", before: Element, colour: string): HTMLElement {
	const banner = document.createElement(name);
	banner.setAttribute("role", "status");
	banner.style.cssText = `grid-column:1/-1;border-left:4px solid ${colour};padding-left:.7em;white-space:pre-line`;
	banner.hidden = true;
	before.before(banner);
	return banner;
}
