/**
 * The state of the connection to the device: `connecting` (not yet, or just interrupted), `live` (the stream is open),
 * `full` (the device has no free stream, the readings are polled), `lost` (out of reach, retrying).
 */
export type Link = "connecting" | "live" | "full" | "lost";

/**
 * What the hub sends to the pages: the link and the ms since the device's last event, or an event that came `ageMs` ago.
 * `data` is JSON, undecoded.
 */
export type Message = { link: Link; silentMs: number } | { event: string; id: string; data: string; ageMs: number };
