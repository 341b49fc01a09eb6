//go:build !go1.27

package driver

import "database/sql/driver"

// expose returns the value that database/sql gets.
func (r *rows) expose() driver.Rows { return r }
