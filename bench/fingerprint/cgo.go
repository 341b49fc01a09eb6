//go:build cgo

package main

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/fingerprint/pgquery"
)

var withCgo = []reader{
	{name: "libpg_query", statements: len(postgresql), read: func() {
		for _, sql := range postgresql {
			if _, err := pg.Fingerprint(sql); err != nil {
				panic(err)
			}
		}
	}},
	{name: "pgquery", statements: len(postgresql), read: func() {
		for _, sql := range postgresql {
			pgquery.Read(fingerprint.PostgreSQL, sql)
		}
	}},
}

// postgresql are the statements that libpg_query reads.
var postgresql = func() (list []string) {
	for _, s := range statements {
		if s.dialect == fingerprint.PostgreSQL {
			list = append(list, s.sql)
		}
	}
	return list
}()
