// Package integration tests nplusgone on real servers, PostgreSQL and MariaDB, and on SQLite. It consists of tests, in a
// module of its own, so that no other module requires the servers' drivers.
//
// The servers are expected at 127.0.0.1, PostgreSQL's with a user postgres and MariaDB's with a user root, both without a
// password. NPLUSGONE_POSTGRESQL and NPLUSGONE_MYSQL hold other DSNs, in the form of pgx and of go-sql-driver/mysql. Tests
// create a database and drop it. If a server is missing, they fail; no test is skipped.
package integration
