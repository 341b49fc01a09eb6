package rewrite

// Select is the former name of ByKeys.
func Select(l Loop) (*Rewrite, error) { return ByKeys(l) }

// Load is the former name of Copy.
func Load(l Loop) (*Rewrite, error) { return Copy(l) }
