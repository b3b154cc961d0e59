/** The JavaScript side of head.c; its types are in typings/head.d.ts. */
export default function cutHead(bytes, names) {
	return native("xs_cutHead").call(this, bytes, names);
}
