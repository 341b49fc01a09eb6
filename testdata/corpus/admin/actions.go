package admin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"
)

// closeTickets closes what was ticked in a list.
func closeTickets(ctx context.Context, ids []int) error {
	for _, id := range ids { // want loop: row-by-row-update
		if _, err := DB.ExecContext(ctx, "UPDATE tickets SET state = 'closed' WHERE id = ?", id); err != nil {
			return err
		}
	}
	return nil
}

// reopen saves each model by itself.
func reopen() error {
	tickets, err := Tickets("state = 'closed'")
	if err != nil {
		return err
	}
	records := make([]Record, len(tickets))
	for i, t := range tickets {
		t.State = "open"
		records[i] = t
	}
	return saveAll(records)
}

func saveAll(records []Record) error {
	for _, r := range records { // want loop: row-by-row-update
		if err := r.Save(); err != nil {
			return err
		}
	}
	return nil
}

// grant gives several permissions to several people.
func grant(ctx context.Context, staff []int, permissions []string) error {
	tx, err := DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, id := range staff { // want loop: row-by-row-insert
		for _, p := range permissions { // want loop: row-by-row-insert
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO permissions (staff_id, permission) VALUES (?, ?)", id, p); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// destroy deletes tickets with what belongs to them.
func destroy(ctx context.Context, ids []int) error {
	tx, err := DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, id := range ids { // want loop: row-by-row-delete
		if _, err := tx.Exec("DELETE FROM ticket_notes WHERE ticket_id = ?", id); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM tickets WHERE id = ?", id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// auditAll writes a line for each ticket that one statement has changed.
func auditAll(ctx context.Context, who int) error {
	rows, err := DB.QueryContext(ctx, "UPDATE tickets SET state = 'closed' WHERE state = 'open' RETURNING id")
	if err != nil {
		return err
	}
	var ids []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		ids = append(ids, id)
	}
	rows.Close()
	for _, id := range ids { // want loop: row-by-row-insert
		if _, err := DB.ExecContext(ctx, "INSERT INTO audit (who, what, object) VALUES (?, 'close', ?)", who, id); err != nil {
			return err
		}
	}
	return nil
}

func marks(ids []int) (string, []any) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return "(?" + strings.Repeat(", ?", len(ids)-1) + ")", args
}

func closeTogether(ctx context.Context, ids []int) error {
	in, args := marks(ids)
	_, err := DB.ExecContext(ctx, "UPDATE tickets SET state = 'closed' WHERE id IN "+in, args...)
	return err
}

// saveSettings stores a form whose fields are known.
func saveSettings(ctx context.Context, form map[string]string) error {
	for _, name := range []string{"title", "theme", "page_size", "language", "timezone"} {
		if _, err := DB.ExecContext(ctx, "UPDATE settings SET value = ? WHERE name = ?", form[name], name); err != nil {
			return err
		}
	}
	return nil
}

// move hands a ticket over, in three steps, each of which is written down.
func move(id, to int) error {
	if _, err := DB.Exec("UPDATE tickets SET assignee_id = ? WHERE id = ?", to, id); err != nil {
		return err
	}
	if err := Audit(to, "assigned", id); err != nil {
		return err
	}
	if _, err := DB.Exec("INSERT INTO ticket_notes (ticket_id, body) VALUES (?, 'moved')", id); err != nil {
		return err
	}
	if err := Audit(to, "noted", id); err != nil {
		return err
	}
	if _, err := DB.Exec("UPDATE tickets SET state = 'open' WHERE id = ?", id); err != nil {
		return err
	}
	return Audit(to, "opened", id)
}

// login checks who is there, and what they may do.
func login(ctx context.Context, name string) (string, error) {
	var s Staff
	err := DB.QueryRowContext(ctx, "SELECT id, department_id, name FROM staff WHERE login = ?", name).Scan(&s.ID, &s.DepartmentID, &s.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errors.New("wrong name or password")
	}
	if err != nil {
		return "", err
	}
	var allowed bool
	if err := DB.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM permissions WHERE staff_id = ? AND permission = 'login')", s.ID).Scan(&allowed); err != nil {
		return "", err
	}
	department, err := s.Department()
	if err != nil {
		return "", err
	}
	return fmt.Sprint(s.Name, " of ", department, " allowed: ", allowed), Audit(s.ID, "login", s.ID)
}

// department finds a department by its name or makes it.
func department(ctx context.Context, name string) (id int64, err error) {
	err = DB.QueryRowContext(ctx, "SELECT id FROM departments WHERE name = ?", name).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	if _, err := DB.ExecContext(ctx, "INSERT OR IGNORE INTO departments (name) VALUES (?)", name); err != nil {
		return 0, err
	}
	err = DB.QueryRowContext(ctx, "SELECT id FROM departments WHERE name = ?", name).Scan(&id)
	return id, err
}

// maintain tells the database to look after its tables.
func maintain(ctx context.Context, out io.Writer) error {
	rows, err := DB.QueryContext(ctx, "SELECT name FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		return err
	}
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			rows.Close()
			return err
		}
		tables = append(tables, name)
	}
	rows.Close()
	for _, table := range tables {
		if _, err := DB.ExecContext(ctx, "ANALYZE "+table); err != nil {
			return err
		}
		fmt.Fprintln(out, table)
	}
	return nil
}

// rename changes a person's name when the form has changed it, and answers what is stored then.
func rename(id int, name string) (string, error) {
	before, err := FindStaff(id)
	if err != nil || before.Name == name {
		return name, err
	}
	if _, err := DB.Exec("UPDATE staff SET name = ? WHERE id = ?", name, id); err != nil {
		return "", err
	}
	after, err := FindStaff(id)
	return after.Name, err
}
