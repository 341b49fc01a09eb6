// Package nplusgonepgx watches pgx without database/sql: the statements of a *pgx.Conn or a *pgxpool.Pool, their arguments
// and their rows. They are recorded in the scopes of package nplusgone, and of package nplusgonetest in tests.
//
//	config, err := pgxpool.ParseConfig(dsn)
//	if err != nil {
//		return err
//	}
//	if err := nplusgonepgx.WatchPool(config); err != nil {
//		return err
//	}
//	pool, err := pgxpool.NewWithConfig(ctx, config)
//
// NewPool and Connect do the same in one call. Programs that use pgx through database/sql call nplusgone.Open instead.
//
// # What is recorded
//
// A tracer sees the statements. A tracer that the configuration has already is called as before. The rows are read from
// the protocol, as the connection receives them, so that an application may scan them in any way.
//
// A batch is one round trip. Its statements with the same fingerprint count as one statement with a list of values, so that
// a batch is no N+1, and a loop that sends batches of one statement is. CopyFrom is one statement. BEGIN, COMMIT, ROLLBACK
// and SAVEPOINT are followed and not counted, as the transactions of database/sql.
//
// # Cost
//
// On a server of the same machine, Exec takes about 1.1 times as long as without nplusgone, QueryRow 1.2, a batch of 20 queries 1.2, and
// a row of four columns 1.25. The processor time of the program alone is 1.2, 1.4, 1.6 and 1.4 of what it was. TestRatios in
// testdata measures it.
//
// # Limits
//
// A result that the application closes early has been sent by the server all the same. How many of its rows the
// application has read is known for QueryRow and CollectOneRow, and else where the rows were read to their end.
//
// Statements that are sent with *pgconn.PgConn are not seen: no tracer is called for them. The rows are not read if the
// configuration's BuildFrontend does not use the reader and the writer that it gets.
package nplusgonepgx
