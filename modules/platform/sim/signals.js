/** The JavaScript side of signals.c; its types are in typings/signals.d.ts. */
export default Object.freeze(
	{
		ignoreBrokenPipes() {
			native("xs_signals_ignoreBrokenPipes").call(this);
		},
	},
	true,
);
