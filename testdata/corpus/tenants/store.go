package tenants

import (
	"context"
	"database/sql"
)

type (
	tenant struct{ ID, Host, Plan string }
	user   struct {
		ID          int64
		Email, Name string
	}
	project struct {
		ID, Owner int64
		Name      string
	}
	task struct {
		ID, Project int64
		Assignee    sql.NullInt64
		Title       string
		AssignedTo  string
	}
)

// Every statement of a store is of one tenant.
type store struct {
	db     *sql.DB
	tenant string
}

func (s store) user(ctx context.Context, id int64) (u user, err error) {
	const q = `SELECT id, email, name FROM users WHERE tenant_id = ? AND id = ?`
	err = s.db.QueryRowContext(ctx, q, s.tenant, id).Scan(&u.ID, &u.Email, &u.Name)
	return u, err
}

func (s store) projects(ctx context.Context) (list []project, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, owner_id, name FROM projects WHERE tenant_id = ? ORDER BY name`, s.tenant)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p project
		if err := rows.Scan(&p.ID, &p.Owner, &p.Name); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func (s store) openTasks(ctx context.Context) ([]task, error) {
	return s.tasks(ctx, `SELECT id, project_id, assignee_id, title FROM tasks WHERE tenant_id = ? AND done = 0 ORDER BY title`, s.tenant)
}

func (s store) tasksOf(ctx context.Context, project int64) ([]task, error) {
	return s.tasks(ctx, `SELECT id, project_id, assignee_id, title FROM tasks WHERE tenant_id = ? AND project_id = ?`, s.tenant, project)
}

func (s store) tasks(ctx context.Context, query string, args ...any) (list []task, err error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t task
		if err := rows.Scan(&t.ID, &t.Project, &t.Assignee, &t.Title); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

func (s store) role(ctx context.Context, user, project int64) (role string, err error) {
	const q = `SELECT role FROM roles WHERE tenant_id = ? AND user_id = ? AND project_id = ?`
	err = s.db.QueryRowContext(ctx, q, s.tenant, user, project).Scan(&role)
	return role, err
}

func (s store) may(ctx context.Context, user int64, permission string) (ok bool, err error) {
	const q = `SELECT EXISTS (SELECT 1 FROM grants WHERE tenant_id = ? AND user_id = ? AND permission = ?)`
	err = s.db.QueryRowContext(ctx, q, s.tenant, user, permission).Scan(&ok)
	return ok, err
}

func (s store) feature(ctx context.Context, name string) (on bool, err error) {
	const q = `SELECT enabled FROM features WHERE tenant_id = ? AND name = ?`
	err = s.db.QueryRowContext(ctx, q, s.tenant, name).Scan(&on)
	return on, err
}

func (s store) plan(ctx context.Context) (name string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT plan FROM tenants WHERE id = ?`, s.tenant).Scan(&name)
	return name, err
}

func (s store) usage(ctx context.Context, metric string) (n int64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT amount FROM usage WHERE tenant_id = ? AND metric = ?`, s.tenant, metric).Scan(&n)
	return n, err
}

// tenantByHost is from before contexts.
func tenantByHost(db *sql.DB, host string) (t tenant, err error) {
	err = db.QueryRow(`SELECT id, host, plan FROM tenants WHERE host = ?`, host).Scan(&t.ID, &t.Host, &t.Plan)
	return t, err
}
