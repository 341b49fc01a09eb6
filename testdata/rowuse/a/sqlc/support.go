package sqlc

import (
	"context"
	"database/sql"
	"io"
	"log"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/supportdb"
)

type assigner struct {
	q   *supportdb.Queries
	log *log.Logger
}

// canTake reports whether an agent may get one more ticket.
func (a *assigner) canTake(ctx context.Context, agent int64) (bool, error) {
	ag, err := a.q.GetAgent(ctx, agent)
	if err != nil {
		return false, err
	}
	open, err := a.q.ListOpenTicketsForAgent(ctx, ag.ID) // also: fetch-to-count
	if err != nil {
		return false, err
	}
	load := int64(len(open))
	a.log.Printf("%s: %d of %d", ag.Name, load, ag.MaxOpen)
	return load < ag.MaxOpen, nil
}

var agentLoad = rowuse.Case{
	Name:   "agent can take one more ticket",
	Want:   []string{rowuse.FetchToCount},
	Why:    "The open tickets are fetched, only their number is compared with the agent's maximum. No ticket is open in this run.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, max_open INTEGER NOT NULL);
CREATE TABLE tickets (id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL, subject TEXT NOT NULL, priority INTEGER NOT NULL, status TEXT NOT NULL);
INSERT INTO agents VALUES (1, 'Ada', 5), (2, 'Bo', 8);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO tickets SELECT i, 1, 'Subject ' || i, i % 3, 'closed' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		a := &assigner{supportdb.New(db), log.New(io.Discard, "", 0)}
		Sink, err = a.canTake(ctx, 2)
		return err
	},
}
