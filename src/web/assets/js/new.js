// The form of a new post-mortem: notes on its title, and past ones that are like it.

import { offerPast } from "./past.js";
import { watchWording } from "./wording.js";

watchWording();
offerPast();
