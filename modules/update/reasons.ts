/** Why an image was taken back, or why the program starts without its settings: sentences that the pages translate. */

/** By kind. The subject is a firmware image. */
export const reasons = Object.freeze(
	{
		crash: "it crashed",
		hang: "it hung",
		restart: "it restarted before it was confirmed",
		cut: "power was lost before it was confirmed",
		reading: "it has read no sensor",
		reachable: "it has not joined a network",
		listening: "it does not listen",
		crashes: "it crashed again and again within a minute of its start",
	} as const,
	true,
);

export type Reason = keyof typeof reasons;
