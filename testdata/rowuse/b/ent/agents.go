package ent

import (
	"context"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/agent"
)

type agentDirectory interface {
	ByLicence(ctx context.Context, licence string) (*ent.Agent, error)
	ByID(ctx context.Context, id int) (*ent.Agent, error)
}

type agentStore struct{ c *ent.AgentClient }

func (s agentStore) ByLicence(ctx context.Context, licence string) (*ent.Agent, error) {
	return s.c.Query().Where(agent.Licence(licence)).Only(ctx)
}

func (s agentStore) ByID(ctx context.Context, id int) (*ent.Agent, error) {
	return s.c.Get(ctx, id) // want: redundant-key-lookup
}

var errInactive = errors.New("agent is not active")

func authorize(ctx context.Context, d agentDirectory, licence string) (int, error) {
	a, err := d.ByLicence(ctx, licence)
	if err != nil {
		return 0, err
	}
	if !a.Active {
		return 0, errInactive
	}
	return a.ID, nil
}

func signature(ctx context.Context, d agentDirectory, id int) (string, error) {
	a, err := d.ByID(ctx, id)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, %s", a.Name, a.Office), nil
}

// viewingLetter is the letter that invites to a viewing.
func viewingLetter(ctx context.Context, d agentDirectory, licence, address string) (string, error) {
	id, err := authorize(ctx, d, licence)
	if err != nil {
		return "", err
	}
	sig, err := signature(ctx, d, id)
	if err != nil {
		return "", err
	}
	return "You are invited to view " + address + ".\n\n" + sig, nil
}
