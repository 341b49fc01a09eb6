package admin

import (
	"database/sql"
)

// DB is the one database of the back office. main sets it.
var DB *sql.DB

// Record is what every model can do.
type Record interface{ Save() error }

// Staff is somebody who works here.
type Staff struct {
	ID           int
	DepartmentID int
	Name         string
	Reports      []*Staff
}

// Ticket is what customers ask for.
type Ticket struct {
	ID         int
	AssigneeID int
	Requester  string
	State      string
	Subject    string
}

var _ Record = (*Ticket)(nil)

// FindStaff loads a person.
func FindStaff(id int) (*Staff, error) {
	s := &Staff{}
	err := DB.QueryRow("SELECT id, department_id, name FROM staff WHERE id = ?", id).Scan(&s.ID, &s.DepartmentID, &s.Name)
	return s, err
}

// Assignee loads who works on the ticket.
func (t *Ticket) Assignee() (*Staff, error) { return FindStaff(t.AssigneeID) }

// Department loads the name of the person's department.
func (s *Staff) Department() (name string, err error) {
	err = DB.QueryRow("SELECT name FROM departments WHERE id = ?", s.DepartmentID).Scan(&name)
	return name, err
}

// Save writes all columns of the ticket.
func (t *Ticket) Save() error {
	_, err := DB.Exec("UPDATE tickets SET assignee_id = ?, state = ?, subject = ? WHERE id = ?", t.AssigneeID, t.State, t.Subject, t.ID)
	return err
}

// Tickets loads tickets that fulfil a condition.
func Tickets(where string, args ...any) ([]*Ticket, error) {
	var list []*Ticket
	err := Each("SELECT id, assignee_id, requester, state, subject FROM tickets WHERE "+where, args, func(rows *sql.Rows) error {
		t := &Ticket{}
		list = append(list, t)
		return rows.Scan(&t.ID, &t.AssigneeID, &t.Requester, &t.State, &t.Subject)
	})
	return list, err
}

// Each calls fn for each row of a result.
func Each(query string, args []any, fn func(*sql.Rows) error) error {
	rows, err := DB.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // want loop: n-plus-one
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Count counts what a query finds.
func Count(query string, args ...any) (n int, err error) {
	err = DB.QueryRow("SELECT count(*) FROM "+query, args...).Scan(&n)
	return n, err
}

// Setting is one of the settings.
func Setting(name string) (value string, err error) {
	err = DB.QueryRow("SELECT value FROM settings WHERE name = ?", name).Scan(&value)
	return value, err
}

// Audit writes down who did what.
func Audit(who int, what string, object int) error {
	_, err := DB.Exec("INSERT INTO audit (who, what, object) VALUES (?, ?, ?)", who, what, object)
	return err
}
