// Package forms checks forms. A test with a table runs the check once in each subtest, and the scope is that of the whole test: the
// repetition is the test's, also where the code under test has a loop that turned once.
package forms

import "database/sql"

func exists(db *sql.DB, id int) (n int, err error) {
	err = db.QueryRow(`SELECT count(*) FROM users WHERE id = ?`, id).Scan(&n)
	return n, err
}

func Validate(db *sql.DB, id int, name string) bool {
	n, err := exists(db, id)
	return err == nil && n > 0 && name != ""
}

type Form struct{ Rules []func() bool }

func (f *Form) Check() bool {
	for _, rule := range f.Rules {
		if !rule() {
			return false
		}
	}
	return true
}

func New(db *sql.DB, id int, name string) *Form {
	return &Form{Rules: []func() bool{func() bool { return Validate(db, id, name) }}}
}

// Twice asks twice in one call.
func Twice(db *sql.DB, id int) bool {
	a := Validate(db, id, "a")
	b := Validate(db, id, "b") // call
	return a && b
}
