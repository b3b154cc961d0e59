/** The JavaScript side of slots.c; its types are in typings/slots.d.ts. */
export default Object.freeze(
	{
		get chip() {
			return native("xs_slots_chip").call(this);
		},
		get rollsBack() {
			return native("xs_slots_rollsBack").call(this);
		},
		get size() {
			return native("xs_slots_size").call(this);
		},
		front(other) {
			return native("xs_slots_front").call(this, other);
		},
		state(other) {
			return native("xs_slots_state").call(this, other);
		},
		digest(other) {
			return native("xs_slots_digest").call(this, other);
		},
		confirm() {
			native("xs_slots_confirm").call(this);
		},
		activateOther() {
			native("xs_slots_activateOther").call(this);
		},
		rollBack() {
			native("xs_slots_rollBack").call(this);
		},
		restart() {
			native("xs_slots_restart").call(this);
		},
	},
	true,
);
