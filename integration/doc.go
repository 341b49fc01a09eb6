// Package integration tests nplusgone on real servers: PostgreSQL, MariaDB, and SQLite beside them. It has nothing but
// tests, in a module of its own, so that no user depends on the servers' drivers.
//
// The servers are taken to be at 127.0.0.1, PostgreSQL's with a user postgres and MariaDB's with a user root, both without
// a password. NPLUSGONE_POSTGRESQL and NPLUSGONE_MYSQL hold other DSNs, in the form of pgx and of go-sql-driver/mysql.
// Tests make a database of their own there and drop it. A server that is missing fails them: nothing is skipped.
package integration
