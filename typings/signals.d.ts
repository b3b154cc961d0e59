/** The signals of the simulator's process. */
declare module "signals" {
	const Signals: {
		/** From now on a write to a peer that has left fails and does not end the simulator. To be called once a machine runs. */
		ignoreBrokenPipes(): void;
	};
	export default Signals;
}
