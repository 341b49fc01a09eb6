// Package plan knows what tenants have paid for.
package plan

import (
	"errors"

	"github.com/upper/db/v4"
)

type Plan struct {
	Tenant   string `db:"tenant"`
	Name     string `db:"name"`
	Projects int    `db:"projects"`
	SSO      bool   `db:"sso"`
}

type Repo struct{ Sess db.Session }

func (r *Repo) Of(tenant string) (p Plan, err error) {
	err = r.Sess.Collection("plans").Find(db.Cond{"tenant": tenant}).One(&p) // want: duplicate-query
	return p, err
}

var (
	ErrProjects = errors.New("too many projects")
	ErrSSO      = errors.New("plan has no single sign-on")
)

type Guard struct{ Plans *Repo }

func (g *Guard) projects(tenant string, n int) error {
	p, err := g.Plans.Of(tenant)
	if err != nil {
		return err
	}
	if n > p.Projects {
		return ErrProjects
	}
	return nil
}

func (g *Guard) sso(tenant string) error {
	p, err := g.Plans.Of(tenant)
	if err != nil {
		return err
	}
	if !p.SSO {
		return ErrSSO
	}
	return nil
}

// CanCreate checks a new project against a tenant's plan.
func (g *Guard) CanCreate(tenant string, projects int, sso bool) error {
	if err := g.projects(tenant, projects); err != nil {
		return err
	}
	if !sso {
		return nil
	}
	return g.sso(tenant)
}
