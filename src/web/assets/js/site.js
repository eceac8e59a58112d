// The scripts of every page for people who are signed in.

import { listen } from "./keys.js";
import { guardSignOut } from "./signout.js";
import { fillZone } from "./zone.js";

listen();
guardSignOut();
fillZone();
