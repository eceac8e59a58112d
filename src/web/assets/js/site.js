// The scripts of every page for people who are signed in.

import { listen } from "./keys.js";
import { walkResults } from "./results.js";
import { guardSignOut } from "./signout.js";
import { suggest } from "./suggest.js";
import { fillZone } from "./zone.js";

listen();
guardSignOut();
suggest();
walkResults();
fillZone();
