package tickets

import (
	"context"
	"slices"

	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

// Access tells what an agent may do.
type Access struct {
	q db.Querier
}

func (a *Access) can(ctx context.Context, agent int64, what string) bool {
	names, err := a.q.Permissions(ctx, agent) // want loop: duplicate-query
	return err == nil && slices.Contains(names, what)
}

// Toolbar lists the buttons above a ticket.
func (a *Access) Toolbar(ctx context.Context, agent int64) (buttons []string) {
	if a.can(ctx, agent, "edit") {
		buttons = append(buttons, "Edit")
	}
	if a.can(ctx, agent, "close") {
		buttons = append(buttons, "Close")
	}
	if a.can(ctx, agent, "assign") || a.can(ctx, agent, "merge") {
		buttons = append(buttons, a.menu(ctx, agent)...)
	}
	return buttons
}

func (a *Access) menu(ctx context.Context, agent int64) []string {
	if a.can(ctx, agent, "merge") {
		return []string{"Assign", "Merge"}
	}
	return []string{"Assign"}
}

// Admin says whether the agent has every right that an administrator needs.
func (a *Access) Admin(ctx context.Context, agent int64) (bool, error) {
	for _, name := range [...]string{"close", "assign", "merge", "edit"} {
		ok, err := a.q.HasPermission(ctx, db.HasPermissionParams{AgentID: agent, Name: name})
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}
