package rewrite

// Select returns what ByKeys returns.
//
// Deprecated: Use ByKeys.
func Select(l Loop) (*Rewrite, error) { return ByKeys(l) }

// Load returns what Copy returns.
//
// Deprecated: Use Copy.
func Load(l Loop) (*Rewrite, error) { return Copy(l) }
