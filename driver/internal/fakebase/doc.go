// Package fakebase is a database/sql driver without a database, for tests of what wraps drivers. It stands for any
// driver: a set of Features says which optional interfaces its connections, statements, results and connectors have, and
// these are the interfaces they have, by method set, as database/sql sees it.
//
//	base := fakebase.New(fakebase.Execer | fakebase.Queryer)
//	db := sql.OpenDB(base.Connector())
//
// It writes down each call that it gets, so that two ways to reach the same driver can be compared call by call, and
// answers as it is told to: see Base.Arm.
package fakebase
