// The editor's scripts: they improve forms that work without them.
