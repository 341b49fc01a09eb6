//go:build !go1.27

package driver

import "database/sql/driver"

// expose returns the rows for database/sql.
func (r *rows) expose() driver.Rows { return r }
