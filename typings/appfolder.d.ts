/** Where the simulator has loaded the app from. */
declare module "appfolder" {
	const AppFolder: {
		/** @returns The folder with a separator at its end; `undefined` where the system does not tell. */
		path(): string | undefined;
	};
	export default AppFolder;
}
