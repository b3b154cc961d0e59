/** @returns Rows that hold every pair of values of any two factors: far fewer than all combinations. */
export function pairwise<Factors extends Record<string, string[]>>(factors: Factors): Record<keyof Factors, string>[] {
	type Row = Record<keyof Factors, string>;
	const names = Object.keys(factors) as (keyof Factors)[];
	const pairsOf = (row: Row) =>
		names.flatMap((one, at) =>
			names.slice(at + 1).map(other => `${String(one)}=${row[one]} ${String(other)}=${row[other]}`),
		);
	const all = names.reduce<Row[]>(
		(rows, name) => rows.flatMap(row => factors[name]!.map(value => ({ ...row, [name]: value }))),
		[{} as Row],
	);
	const missing = new Set(all.flatMap(pairsOf));
	const chosen: Row[] = [];
	const gain = (row: Row) => pairsOf(row).filter(pair => missing.has(pair)).length;
	while (missing.size > 0) {
		const best = all.reduce((one, other) => (gain(other) > gain(one) ? other : one));
		chosen.push(best);
		for (const pair of pairsOf(best)) missing.delete(pair);
	}
	return chosen;
}
