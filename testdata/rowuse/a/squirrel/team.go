package squirrel

import (
	"context"
	"database/sql"
	"errors"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel/team"
)

var errTeamBusy = errors.New("team still has guests")

func archiveTeam(ctx context.Context, st *team.Store, id int64) error {
	guest, err := st.MemberWithRole(ctx, id, "guest")
	if err != nil {
		return err
	}
	if guest != nil {
		return errTeamBusy
	}
	return st.Archive(ctx, id)
}

var teamArchive = rowuse.Case{
	Name:   "team without guests is archived",
	Want:   []string{rowuse.FetchToExist},
	Why:    "A row that several may match is fetched, without a LIMIT, only to see that there is one. None matches in this run.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, archived INTEGER NOT NULL DEFAULT 0);
CREATE TABLE memberships (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL);
INSERT INTO teams (id, name) VALUES (1, 'Red'), (2, 'Blue'), (3, 'Green');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 36) INSERT INTO memberships SELECT i, 1 + i % 3, 'p' || i, CASE i % 3 WHEN 0 THEN 'guest' ELSE 'player' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return archiveTeam(ctx, team.NewStore(db), 2)
	},
}
