// Runs on the engine before everything else: a loader that asks Node for each module, and a way to tell it results.

{
	const encoder = new TextEncoder();
	const decoder = new TextDecoder();
	const say = message => decoder.decode(issueCommand(encoder.encode(JSON.stringify(message)).buffer));
	const tell = told => {
		say({ told });
	};

	function resolve(specifier, from) {
		if (!specifier.startsWith(".")) return specifier;
		const parts = from.split("/").slice(0, -1);
		for (const part of specifier.split("/"))
			if (part === "..") parts.pop();
			else if (part !== ".") parts.push(part);
		return parts.join("/");
	}

	const compartment = new Compartment({
		globals: { TextEncoder, TextDecoder, bytes, gc, meter, slots, tell },
		resolveHook: resolve,
		loadNowHook: module => ({ source: new ModuleSource(say({ module })) }),
	});

	globalThis.tell = tell;
	globalThis.load = name => compartment.importNow(name);
	globalThis.runTests = () => compartment.importNow("node:test").run().then(tell);
	globalThis.preload = names => {
		const problems = [];
		const note = (name, found) => problems.push(`${name}: ${found}`);
		petrify();
		for (const name of names) {
			try {
				compartment.importNow(name);
			} catch (error) {
				// What imports a module that failed is given no error of its own.
				if (error instanceof Error) note(name, error.message);
			}
			const found = petrify();
			if (found) note(name, `${found} at module level`);
		}
		tell(problems);
	};
}
