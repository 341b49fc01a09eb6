// Package pgxuses tests nplusgonepgx as an application uses it, against a PostgreSQL server: by default postgres's without a
// password on 127.0.0.1:5432, else the one that NPLUSGONE_POSTGRESQL names. The tests fail without a server. They are a module
// of their own, because what they need beyond pgx would otherwise be required by programs that import nplusgonepgx.
package pgxuses
