// What a stranger may send: each field, list, path, query, body, cookie and record of DNS, at and beyond its bound.

import { bodies } from "./bodies.js";
import { datagrams } from "./datagrams.js";
import { fields } from "./fields.js";
import { owners } from "./owners.js";
import { requests } from "./paths.js";
import type { Row } from "./rows.js";
import { uploads } from "./uploads.js";

export const rows: readonly Row[] = [...fields, ...requests, ...bodies, ...uploads, ...datagrams, ...owners];
