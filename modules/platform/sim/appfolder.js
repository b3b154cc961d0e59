/** The JavaScript side of appfolder.c; its types are in typings/appfolder.d.ts. */
export default Object.freeze(
	{
		path() {
			return native("xs_appfolder_path").call(this);
		},
	},
	true,
);
