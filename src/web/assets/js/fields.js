// Notes on wording in a form that stands on a page of its own.

import { watchWording } from "./wording.js";

watchWording();
