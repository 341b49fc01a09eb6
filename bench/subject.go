package main

import (
	sqldriver "database/sql/driver"

	"github.com/XSAM/otelsql"
	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A subject is a way to wrap a driver.
type subject struct {
	name    string
	wrap    func(sqldriver.Driver) sqldriver.Driver
	scoped  bool              // statements run in a scope
	options []detector.Option // of the scope's detector
}

// The subjects that have budgets.
const (
	watched = "nplusgone"
	blind   = "nplusgone-no-provenance"
)

// subjects are measured against the first one.
var subjects = []subject{
	{name: "bare", wrap: func(d sqldriver.Driver) sqldriver.Driver { return d }},
	{name: "sqlmw", wrap: func(d sqldriver.Driver) sqldriver.Driver { return sqlmw.Driver(d, sqlmw.NullInterceptor{}) }},
	{name: watched, wrap: watch, scoped: true},
	{name: blind, wrap: watch, scoped: true, options: []detector.Option{detector.WithoutProvenance()}},
	{name: "nplusgone-unscoped", wrap: watch},
	{name: "otelsql", wrap: func(d sqldriver.Driver) sqldriver.Driver { return otelsql.WrapDriver(d) }},
}

func watch(d sqldriver.Driver) sqldriver.Driver { return driver.Wrap(d, record.Observer{}) }

func subjectNamed(name string) subject {
	for _, s := range subjects {
		if s.name == name {
			return s
		}
	}
	panic("bench: no subject " + name)
}
