package admin

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone"
)

func ticketList(out io.Writer) error {
	tickets, err := Tickets("state = 'open' ORDER BY subject")
	if err != nil {
		return err
	}
	for _, t := range tickets { // want loop: n-plus-one
		who, err := t.Assignee()
		if err != nil {
			return err
		}
		department, err := who.Department()
		if err != nil {
			return err
		}
		fmt.Fprintln(out, t.Subject, who.Name, department)
	}
	return nil
}

// A column of a table, and how its cells are made.
type column struct {
	title string
	cell  func(ctx context.Context, t *Ticket) (string, error)
}

var ticketColumns = []column{
	{"Subject", func(_ context.Context, t *Ticket) (string, error) { return t.Subject, nil }},
	{"State", func(_ context.Context, t *Ticket) (string, error) { return strings.ToUpper(t.State), nil }},
	{"Customer", func(ctx context.Context, t *Ticket) (name string, err error) {
		err = DB.QueryRowContext(ctx, "SELECT name FROM customers WHERE login = ?", t.Requester).Scan(&name)
		return name, err
	}},
}

func ticketTable(ctx context.Context, out io.Writer) error {
	tickets, err := Tickets("1 ORDER BY id LIMIT 15")
	if err != nil {
		return err
	}
	for _, t := range tickets { // want loop: n-plus-one
		for _, c := range ticketColumns {
			text, err := c.cell(ctx, t)
			if err != nil {
				return err
			}
			fmt.Fprint(out, text, "\t")
		}
		fmt.Fprintln(out)
	}
	return nil
}

// openBy counts while the staff is being read.
func openBy(out io.Writer) error {
	return Each("SELECT id, name FROM staff", nil, func(rows *sql.Rows) error { // want loop: n-plus-one
		var id int
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		n, err := Count("tickets WHERE assignee_id = ? AND state = 'open'", id)
		fmt.Fprintln(out, name, n)
		return err
	})
}

// vips marks the tickets of important customers, looking only at those that are open.
func vips(ctx context.Context, out io.Writer) error {
	tickets, err := Tickets("1 ORDER BY subject")
	if err != nil {
		return err
	}
	for _, t := range tickets { // want loop: n-plus-one prepare-in-loop
		if t.State == "closed" {
			continue
		}
		vip, err := isVIP(ctx, t.Requester)
		if err != nil {
			return err
		}
		if vip {
			fmt.Fprintln(out, "!", t.Subject)
		}
	}
	return nil
}

func isVIP(ctx context.Context, login string) (vip bool, err error) {
	stmt, err := DB.PrepareContext(ctx, "SELECT vip FROM customers WHERE login = ?")
	if err != nil {
		return false, err
	}
	defer stmt.Close()
	err = stmt.QueryRowContext(ctx, login).Scan(&vip)
	return vip, err
}

// orgChart loads the people below one, and those below them.
func orgChart(ctx context.Context, boss *Staff) error {
	rows, err := DB.QueryContext(ctx, "SELECT id, name FROM staff WHERE manager_id = ?", boss.ID)
	if err != nil {
		return err
	}
	for rows.Next() {
		s := &Staff{}
		if err := rows.Scan(&s.ID, &s.Name); err != nil {
			rows.Close()
			return err
		}
		boss.Reports = append(boss.Reports, s)
	}
	rows.Close()
	for _, s := range boss.Reports { // want loop: recursive-query
		if err := orgChart(ctx, s); err != nil { // want loop: recursive-query
			return err
		}
	}
	return rows.Err()
}

// headcount counts everybody below a person, by a closure that calls itself.
func headcount(ctx context.Context, boss int) (total int, err error) {
	var walk func(id int) error
	walk = func(id int) error {
		rows, err := DB.QueryContext(ctx, "SELECT id FROM staff WHERE manager_id = ?", id)
		if err != nil {
			return err
		}
		var below []int
		for rows.Next() {
			var id int
			if err := rows.Scan(&id); err != nil {
				rows.Close()
				return err
			}
			below = append(below, id)
		}
		rows.Close()
		for _, id := range below { // want loop: recursive-query
			total++
			if err := walk(id); err != nil { // want loop: recursive-query
				return err
			}
		}
		return nil
	}
	err = walk(boss)
	return total, err
}

// devices shows where each device was, by keys that are bytes.
func devices(ctx context.Context, out io.Writer) error {
	rows, err := DB.QueryContext(ctx, "SELECT id, label FROM devices ORDER BY label")
	if err != nil {
		return err
	}
	type device struct {
		id    []byte
		label string
	}
	var list []device
	for rows.Next() {
		var d device
		if err := rows.Scan(&d.id, &d.label); err != nil {
			rows.Close()
			return err
		}
		list = append(list, d)
	}
	rows.Close()
	for _, d := range list { // want loop: n-plus-one
		var place string
		if err := DB.QueryRowContext(ctx, "SELECT place FROM sightings WHERE device_id = ?", d.id).Scan(&place); err != nil {
			return err
		}
		fmt.Fprintln(out, d.label, place)
	}
	return nil
}

// payroll has numbers as text, and the staff has them as integers.
func payroll(ctx context.Context, out io.Writer) error {
	rows, err := DB.QueryContext(ctx, "SELECT number FROM old_payroll ORDER BY cents")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // want loop: n-plus-one
		var number string
		if err := rows.Scan(&number); err != nil {
			return err
		}
		id, err := strconv.Atoi(number)
		if err != nil {
			return err
		}
		var name string
		if err := DB.QueryRowContext(ctx, "SELECT name FROM staff WHERE id = ?", id).Scan(&name); err != nil {
			return err
		}
		fmt.Fprintln(out, number, name)
	}
	return rows.Err()
}

// diagnosed is known to be slow; nobody minds, and it says so.
func diagnosed(ctx context.Context, out io.Writer) (err error) {
	nplusgone.Ignore(ctx, func(ctx context.Context) { err = devices(ctx, out) })
	return err
}

func orgChartAtOnce(ctx context.Context, out io.Writer) error {
	rows, err := DB.QueryContext(ctx, `
		WITH RECURSIVE below(id, name, depth) AS (
			SELECT id, name, 0 FROM staff WHERE manager_id IS NULL
			UNION ALL SELECT s.id, s.name, depth + 1 FROM staff s JOIN below ON s.manager_id = below.id)
		SELECT name, depth FROM below`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var depth int
		if err := rows.Scan(&name, &depth); err != nil {
			return err
		}
		fmt.Fprintln(out, strings.Repeat("  ", depth), name)
	}
	return rows.Err()
}

// layout asks for the title of the site above and below.
func layout(body func() error, out io.Writer) error {
	title, err := Setting("title")
	if err != nil {
		return err
	}
	fmt.Fprintln(out, title)
	if err := body(); err != nil {
		return err
	}
	title, err = Setting("title")
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "--", title)
	return nil
}

func tabs(out io.Writer) error {
	for _, tab := range []string{"tickets", "staff", "departments", "customers"} {
		n, err := Count(tab)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, tab, n)
	}
	return nil
}

// states counts one kind of ticket after the other; there are four.
func states(ctx context.Context, out io.Writer) error {
	for _, state := range [...]string{"open", "waiting", "closed", "spam"} {
		var n int
		if err := DB.QueryRowContext(ctx, "SELECT count(*) FROM tickets WHERE state = ?", state).Scan(&n); err != nil {
			return err
		}
		fmt.Fprintln(out, state, n)
	}
	return nil
}

// options fills the drop-down lists of a form.
func options(ctx context.Context, out io.Writer) error {
	for _, list := range []string{"departments", "countries", "priorities"} {
		rows, err := DB.QueryContext(ctx, "SELECT name FROM "+list+" ORDER BY name")
		if err != nil {
			return err
		}
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				rows.Close()
				return err
			}
			fmt.Fprintln(out, list, name)
		}
		rows.Close()
	}
	return nil
}

func page(ctx context.Context, n int, out io.Writer) error {
	const size = 8
	total, err := Count("tickets")
	if err != nil {
		return err
	}
	rows, err := DB.QueryContext(ctx, `SELECT t.subject, s.name FROM tickets t JOIN staff s ON s.id = t.assignee_id
		ORDER BY t.id LIMIT ? OFFSET ?`, size, n*size)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var subject, name string
		if err := rows.Scan(&subject, &name); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s %s (of %d)\n", subject, name, total)
	}
	return rows.Err()
}

// impersonate shows who one is and who one will be.
func impersonate(me, other int, out io.Writer) error {
	a, err := FindStaff(me)
	if err != nil {
		return err
	}
	b, err := FindStaff(other)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, a.Name, "as", b.Name)
	return nil
}

// chain says who is above a person, up to three of them, as a phone list wants it.
func chain(ctx context.Context, id int, out io.Writer) error {
	for range 3 {
		var boss sql.NullInt64
		if err := DB.QueryRowContext(ctx, "SELECT manager_id FROM staff WHERE id = ?", id).Scan(&boss); err != nil {
			return err
		}
		if !boss.Valid {
			return nil
		}
		id = int(boss.Int64)
		fmt.Fprintln(out, id)
	}
	return nil
}

// anyOpen leaves its rows open when there is a ticket.
func anyOpen(ctx context.Context) (bool, error) {
	rows, err := DB.QueryContext(ctx, "SELECT id FROM tickets WHERE state = 'open' LIMIT 1") // want loop: rows-not-closed
	if err != nil {
		return false, err
	}
	return rows.Next(), rows.Err()
}
