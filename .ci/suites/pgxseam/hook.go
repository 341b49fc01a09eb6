package pgx

// SuiteHook is called with the configuration of each connection and of each pool.
var SuiteHook = func(*ConnConfig) {}
