// Package fakebase is a database/sql driver without a database, for tests of packages that wrap drivers. A set of Features
// says which optional interfaces its connections, statements, results and connectors have. They have the methods of these
// interfaces and no others, because database/sql looks at methods.
//
//	base := fakebase.New(fakebase.Execer | fakebase.Queryer)
//	db := sql.OpenDB(base.Connector())
//
// It records each call, so that two ways to reach the same driver can be compared call by call. Base.Arm sets what calls
// return.
package fakebase
