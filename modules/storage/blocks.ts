/** Where each part of the data partition begins, in blocks: docs/architecture.md has the map. Devices in the field keep it. */

/** Blocks of one copy, or of each of two that follow each other. */
export interface Blocks {
	readonly firstBlock: number;
	readonly blocks: number;
}

/** Two copies of the history: a week of one sensor fits, or of eight in longer buckets. */
export const historyBlocks: Blocks = Object.freeze({ firstBlock: 0, blocks: 4 }, true);
/** Two copies of the changed settings, as versions up to 1.0 kept them. */
export const earlierSettingsBlocks: Blocks = Object.freeze({ firstBlock: 8, blocks: 1 }, true);
/** One copy of a history that is set aside. */
export const asideBlocks: Blocks = Object.freeze({ firstBlock: 10, blocks: 4 }, true);
/** Two copies of the record of starts. */
export const bootRecordBlocks: Blocks = Object.freeze({ firstBlock: 14, blocks: 1 }, true);
/** Two copies of the changed settings. */
export const settingsBlocks: Blocks = Object.freeze({ firstBlock: 16, blocks: 2 }, true);
/** The mark by which all is erased at the next start. */
export const erasureBlock = 20;
