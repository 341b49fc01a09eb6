package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// profile loads the user whom the session's middleware has loaded.
func profile(ctx context.Context, s store, _ *http.Request) (any, error) {
	return s.user(ctx, current(ctx).ID)
}

// me takes the user from the context.
func me(ctx context.Context, _ store, _ *http.Request) (any, error) { return current(ctx), nil }

// board shows open tasks with the names of those who have them.
func board(ctx context.Context, s store, _ *http.Request) (any, error) {
	tasks, err := s.openTasks(ctx)
	if err != nil {
		return nil, err
	}
	for i, t := range tasks { // want loop: n-plus-one
		if !t.Assignee.Valid {
			continue
		}
		u, err := s.user(ctx, t.Assignee.Int64)
		if err != nil {
			return nil, err
		}
		tasks[i].AssignedTo = u.Name
	}
	return tasks, nil
}

func boardJoined(ctx context.Context, s store, _ *http.Request) (any, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT t.id, t.title, coalesce(u.name, '') FROM tasks t
		LEFT JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.assignee_id
		WHERE t.tenant_id = ? AND t.done = 0 ORDER BY t.title`, s.tenant)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tasks []task
	for rows.Next() {
		var t task
		if err := rows.Scan(&t.ID, &t.Title, &t.AssignedTo); err != nil {
			return nil, err
		}
		tasks = append(tasks, t)
	}
	return tasks, rows.Err()
}

// search asks in three of its parts whether the feature is on.
func search(ctx context.Context, s store, r *http.Request) (any, error) {
	if on, err := s.feature(ctx, "search"); err != nil || !on {
		return nil, err
	}
	titles, err := titlesLike(ctx, s, r.FormValue("q"))
	if err != nil {
		return nil, err
	}
	names, err := namesLike(ctx, s, r.FormValue("q"))
	return append(titles, names...), err
}

func titlesLike(ctx context.Context, s store, q string) ([]string, error) {
	if on, err := s.feature(ctx, "search"); err != nil || !on {
		return nil, err
	}
	return like(ctx, s, `SELECT title FROM tasks WHERE tenant_id = ? AND title LIKE ?`, q)
}

func namesLike(ctx context.Context, s store, q string) ([]string, error) {
	if on, err := s.feature(ctx, "search"); err != nil || !on {
		return nil, err
	}
	return like(ctx, s, `SELECT name FROM users WHERE tenant_id = ? AND name LIKE ?`, q)
}

func like(ctx context.Context, s store, query, q string) (found []string, err error) {
	rows, err := s.db.QueryContext(ctx, query, s.tenant, "%"+q+"%")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}

// visible shows the projects in which the user has a role.
func visible(ctx context.Context, s store, _ *http.Request) (any, error) {
	projects, err := s.projects(ctx)
	if err != nil {
		return nil, err
	}
	var list []project
	for _, p := range projects { // want loop: n-plus-one
		role, err := s.role(ctx, current(ctx).ID, p.ID)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		if role != "" {
			list = append(list, p)
		}
	}
	return list, nil
}

// limits says of each project whether the plan of the tenant allows more.
func limits(ctx context.Context, s store, _ *http.Request) (any, error) {
	projects, err := s.projects(ctx)
	if err != nil {
		return nil, err
	}
	lines := make([]string, 0, len(projects))
	for _, p := range projects { // want loop: duplicate-query
		plan, err := s.plan(ctx)
		if err != nil {
			return nil, err
		}
		lines = append(lines, p.Name+" is on "+plan)
	}
	return lines, nil
}

// exportAll goes from projects to tasks to people.
func exportAll(ctx context.Context, s store, _ *http.Request) (any, error) {
	projects, err := s.projects(ctx)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, p := range projects { // want loop: n-plus-one
		tasks, err := s.tasksOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range tasks { // want loop: n-plus-one
			name := "nobody"
			if t.Assignee.Valid {
				u, err := s.user(ctx, t.Assignee.Int64)
				if err != nil {
					return nil, err
				}
				name = u.Name
			}
			lines = append(lines, fmt.Sprintf("%s,%s,%s", p.Name, t.Title, name))
		}
	}
	return lines, nil
}

// tabs are the numbers on the tabs of a page.
func tabs(ctx context.Context, s store, _ *http.Request) (any, error) {
	counts := map[string]int{}
	for _, tab := range []struct{ name, query string }{
		{"projects", `SELECT count(*) FROM projects WHERE tenant_id = ?`},
		{"open", `SELECT count(*) FROM tasks WHERE tenant_id = ? AND done = 0`},
		{"done", `SELECT count(*) FROM tasks WHERE tenant_id = ? AND done = 1`},
		{"people", `SELECT count(*) FROM users WHERE tenant_id = ?`},
	} {
		var n int
		if err := s.db.QueryRowContext(ctx, tab.query, s.tenant).Scan(&n); err != nil {
			return nil, err
		}
		counts[tab.name] = n
	}
	return counts, nil
}

// invite stores invitations and counts each.
func invite(ctx context.Context, s store, r *http.Request) (any, error) {
	emails := strings.Split(r.FormValue("emails"), ",")
	for _, email := range emails { // want loop: row-by-row-insert
		if _, err := s.db.ExecContext(ctx, `INSERT INTO invites (tenant_id, email) VALUES (?, ?)`, s.tenant, email); err != nil {
			return nil, err
		}
	}
	return len(emails), nil
}

// reassign gives the tasks of one person to another.
func reassign(ctx context.Context, s store, r *http.Request) (any, error) {
	from, _ := strconv.ParseInt(r.FormValue("from"), 10, 64)
	to, _ := strconv.ParseInt(r.FormValue("to"), 10, 64)
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, `SELECT id FROM tasks WHERE tenant_id = ? AND assignee_id = ?`, s.tenant, from)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		ids = append(ids, id)
	}
	rows.Close()
	for _, id := range ids { // want loop: row-by-row-update
		if _, err := tx.ExecContext(ctx, `UPDATE tasks SET assignee_id = ? WHERE tenant_id = ? AND id = ?`, to, s.tenant, id); err != nil {
			return nil, err
		}
	}
	return ids, tx.Commit()
}

// offboard takes all roles from a person.
func offboard(ctx context.Context, s store, r *http.Request) (any, error) {
	id, _ := strconv.ParseInt(r.FormValue("user"), 10, 64)
	projects, err := s.projects(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range projects { // want loop: row-by-row-delete
		if _, err := s.db.Exec(`DELETE FROM roles WHERE tenant_id = ? AND user_id = ? AND project_id = ?`, s.tenant, id, p.ID); err != nil {
			return nil, err
		}
	}
	return "gone", nil
}

// countCall counts a call and says how many there have been before and after.
func countCall(ctx context.Context, s store, _ *http.Request) (any, error) {
	before, err := s.usage(ctx, "calls")
	if err != nil {
		return nil, err
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE usage SET amount = amount + 1 WHERE tenant_id = ? AND metric = 'calls'`, s.tenant); err != nil {
		return nil, err
	}
	after, err := s.usage(ctx, "calls")
	return [2]int64{before, after}, err
}

func response(ctx context.Context, s store, key string) (text sql.NullString, err error) {
	const q = `SELECT response FROM idempotency WHERE tenant_id = ? AND key = ?`
	err = s.db.QueryRowContext(ctx, q, s.tenant, key).Scan(&text)
	return text, err
}

// once does something at most once for a key.
func once(ctx context.Context, s store, r *http.Request) (any, error) {
	key := r.Header.Get("Idempotency-Key")
	if text, err := response(ctx, s, key); !errors.Is(err, sql.ErrNoRows) {
		return text.String, err
	}
	if _, err := s.db.ExecContext(ctx, `INSERT INTO idempotency (tenant_id, key) VALUES (?, ?) ON CONFLICT DO NOTHING`, s.tenant, key); err != nil {
		return nil, err
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE idempotency SET response = 'ordered' WHERE tenant_id = ? AND key = ? AND response IS NULL`, s.tenant, key); err != nil {
		return nil, err
	}
	text, err := response(ctx, s, key)
	return text.String, err
}

// rename changes a task that nobody else has changed meanwhile.
func rename(ctx context.Context, s store, r *http.Request) (any, error) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	var version int
	err := s.db.QueryRowContext(ctx, `SELECT version FROM tasks WHERE tenant_id = ? AND id = ?`, s.tenant, id).Scan(&version)
	if err != nil {
		return nil, err
	}
	res, err := s.db.ExecContext(ctx, `UPDATE tasks SET title = ?, version = version + 1 WHERE tenant_id = ? AND id = ? AND version = ?`,
		r.FormValue("title"), s.tenant, id, version)
	if err != nil {
		return nil, err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return nil, errors.Join(err, errors.New("somebody was faster"))
	}
	return version + 1, nil
}

// delegate looks at the roles of two people in one project.
func delegate(ctx context.Context, s store, r *http.Request) (any, error) {
	mine, err := s.role(ctx, current(ctx).ID, 43)
	if err != nil {
		return nil, err
	}
	other, err := s.role(ctx, 20, 43)
	if err != nil {
		return nil, err
	}
	name, err := s.user(ctx, 20)
	return []string{mine, other, name.Name}, err
}
