// Runs on the engine before everything else: a loader that asks Node for each module, a way to tell it results, and one to
// talk with it. A message's first character says what it is: a module's name, a result, or what a module asks.

{
	const encoder = new TextEncoder();
	const decoder = new TextDecoder();
	const say = (kind, content) => {
		const message = new Uint8Array(1 + content.byteLength);
		message[0] = kind.charCodeAt(0);
		message.set(content, 1);
		return new Uint8Array(issueCommand(message.buffer));
	};
	const tell = result => {
		say("t", encoder.encode(JSON.stringify(result)));
	};
	const ask = message => say("a", message);
	const listen = handler => {
		globalThis.handleCommand = message => {
			handler(new Uint8Array(message));
		};
	};

	function resolve(specifier, from) {
		if (!specifier.startsWith(".")) return specifier;
		const folders = from.split("/").slice(0, -1);
		for (const name of specifier.split("/"))
			if (name === "..") folders.pop();
			else if (name !== ".") folders.push(name);
		return folders.join("/");
	}

	const compartment = new Compartment({
		globals: { TextEncoder, TextDecoder, ask, bytes, gc, keys, listen, meter, seal, slots, stack, taken, tell },
		resolveHook: resolve,
		loadNowHook: module => ({ source: new ModuleSource(decoder.decode(say("m", encoder.encode(module)))) }),
	});

	globalThis.tell = tell;
	globalThis.load = name => compartment.importNow(name);
	globalThis.runTests = () => compartment.importNow("node:test").run().then(tell);
	globalThis.preload = names => {
		const problems = [];
		const note = (name, found) => problems.push(`${name}: ${found}`);
		petrify();
		// By number: the object by which an iterator tells its values would be found in the first module.
		for (let at = 0; at < names.length; at++) {
			const name = names[at];
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
