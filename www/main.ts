// The gauge page: joins what it knows (the model), where it comes from (the feed) and what is seen (the view).

import { Elapsed } from "./elapsed.js";
import { Feed } from "./feed.js";
import { Model } from "./model.js";
import { Preferences } from "./preferences.js";
import { View } from "./view.js";

const elapsed = new Elapsed();
const preferences = new Preferences(store(), navigator.languages);
const model = new Model(() => {});
const view = new View({ model, preferences, now: () => elapsed.now });

function store(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}

async function ask(): Promise<void> {
	const answer = await fetch("/api/readings", { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
	if (!answer?.ok) return;
	model.readings(await answer.json(), elapsed.now);
	view.draw();
}

void ask();
const feed = new Feed(message => {
	if (model.take(message, elapsed.now)) void ask();
	view.request();
});

setInterval(() => {
	feed.look();
	view.request();
}, 1000);
addEventListener("pagehide", () => feed.leave());
addEventListener("pageshow", ({ persisted }) => {
	if (persisted) feed.join();
});
addEventListener("online", () => feed.wake());
document.addEventListener("visibilitychange", () => {
	if (document.hidden) return;
	feed.wake();
	view.draw();
});
