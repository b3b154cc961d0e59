/**
 * How the page is joined to the device: `connecting` (not yet, or just interrupted), `live` (the stream runs), `full`
 * (all streams are taken: the readings are polled), `lost` (out of reach, retrying).
 */
export type Link = "connecting" | "live" | "full" | "lost";

/**
 * What the keeper of the stream tells the pages: a change of the link and the ms since the device was last heard, or an
 * event with its data as it came, `ageMs` ago.
 */
export type Message = { link: Link; silentMs: number } | { event: string; id: string; data: string; ageMs: number };
