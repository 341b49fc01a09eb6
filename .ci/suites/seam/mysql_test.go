package mysql

import (
	"database/sql"
	"fmt"
)

// suiteSetUp creates the database that the tests expect, again for each run.
func suiteSetUp() (tearDown func()) {
	suiteRegister("mysql", &MySQLDriver{})

	cfg := NewConfig()
	cfg.User, cfg.Passwd, cfg.Net, cfg.Addr = user, pass, prot, addr
	c, err := NewConnector(cfg)
	suiteMust(err)
	db := sql.OpenDB(c)
	if err := db.Ping(); err != nil {
		suiteMust(fmt.Errorf("no server: %w (start MariaDB, or say in MYSQL_TEST_ADDR, MYSQL_TEST_USER and MYSQL_TEST_PASS where it is)", err))
	}
	drop := func() {
		_, err := db.Exec("DROP DATABASE IF EXISTS " + dbname)
		suiteMust(err)
	}
	drop()
	_, err = db.Exec("CREATE DATABASE " + dbname)
	suiteMust(err)
	return drop
}
