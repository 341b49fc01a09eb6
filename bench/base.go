package main

import (
	"context"
	"database/sql/driver"

	"github.com/mattn/go-sqlite3"
)

// A base is a driver that subjects wrap.
type base struct {
	name   string
	driver driver.Driver
	dsn    string
}

var bases = []base{
	{"noop", noop{}, ""},
	{"sqlite", &sqlite3.SQLiteDriver{}, ":memory:"},
}

func driverNames() (names []string) {
	for _, b := range bases {
		names = append(names, b.name)
	}
	return names
}

// A connector opens a wrapped driver without registering it: names of drivers last as long as the process.
type connector struct {
	driver driver.Driver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

func (c connector) Driver() driver.Driver { return c.driver }
