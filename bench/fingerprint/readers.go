package main

import (
	"github.com/DataDog/go-sqllexer"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

// A reader reads all its statements once.
type reader struct {
	name       string
	statements int
	read       func()
	bound      string
	missed     func(line) bool
}

// A statement is one that a data layer writes.
type statement struct {
	dialect fingerprint.Dialect
	dbms    sqllexer.DBMSType
	sql     string
}

var statements = func() (list []statement) {
	systems := map[fingerprint.Dialect]sqllexer.DBMSType{
		fingerprint.PostgreSQL: sqllexer.DBMSPostgres, fingerprint.MySQL: sqllexer.DBMSMySQL, fingerprint.Unknown: sqllexer.DBMSSQLServer,
	}
	for _, s := range sqlcorpus.ORM {
		d, err := fingerprint.ParseDialect(s.Dialect)
		if err != nil {
			panic(err)
		}
		list = append(list, statement{d, systems[d], s.SQL})
	}
	return list
}()

var readers = append([]reader{
	{
		name: "cached", statements: len(statements), read: cached(),
		bound: "≤ 60 ns, no allocation", missed: func(l line) bool { return l.nanoseconds > 60 || l.allocs >= 0.05 },
	},
	{
		name: "new", statements: len(statements), read: parsed,
		bound: "≤ 1.00", missed: func(l line) bool { return l.ratio > 1.005 },
	},
	{name: baseline, statements: len(statements), read: normalised(true)},
	{name: "  bare", statements: len(statements), read: normalised(false)},
}, withCgo...)

func cached() func() {
	cache := fingerprint.NewCache(16 << 20)
	return func() {
		for i := range statements {
			cache.Parse(statements[i].dialect, statements[i].sql)
		}
	}
}

func parsed() {
	for i := range statements {
		fingerprint.Parse(statements[i].dialect, statements[i].sql)
	}
}

func normalised(collect bool) func() {
	obfuscator := sqllexer.NewObfuscator(sqllexer.WithReplaceDigits(true))
	normalizer := sqllexer.NewNormalizer(sqllexer.WithCollectTables(collect), sqllexer.WithCollectCommands(collect), sqllexer.WithCollectComments(collect))
	return func() {
		for i := range statements {
			if _, _, err := sqllexer.ObfuscateAndNormalize(statements[i].sql, obfuscator, normalizer, sqllexer.WithDBMS(statements[i].dbms)); err != nil {
				panic(err)
			}
		}
	}
}
