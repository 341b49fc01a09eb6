package plain

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type vessel struct {
	IMO      string          `json:"imo"`
	Name     string          `json:"name"`
	Flag     string          `json:"flag"`
	Tonnage  int             `json:"tonnage"`
	History  string          `json:"history"`
	Manifest json.RawMessage `json:"manifest"`
}

type vesselRegistry struct{ db *sql.DB }

func (v vesselRegistry) OfFleet(ctx context.Context, fleet int) ([]vessel, error) {
	rows, err := v.db.QueryContext(ctx, `SELECT * FROM vessels WHERE fleet_id = ?`, fleet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []vessel{}
	for rows.Next() {
		var x vessel
		var f int
		var manifest string
		if err := rows.Scan(&x.IMO, &f, &x.Name, &x.Flag, &x.Tonnage, &x.History, &manifest); err != nil {
			return nil, err
		}
		x.Manifest = json.RawMessage(manifest)
		out = append(out, x)
	}
	return out, rows.Err()
}

func exportFleet(ctx context.Context, reg vesselRegistry, fleet int, w io.Writer) error {
	vs, err := reg.OfFleet(ctx, fleet)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"fleet": fleet, "vessels": vs})
}

var vesselExport = rowuse.Case{
	Name:   "vessels of a fleet are exported as JSON",
	Why:    "Every column of the rows goes to the encoder, the fleet id (known from the argument) excepted.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE vessels (imo TEXT PRIMARY KEY, fleet_id INTEGER NOT NULL, name TEXT NOT NULL, flag TEXT NOT NULL, tonnage INTEGER NOT NULL, history TEXT NOT NULL, manifest TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 36) INSERT INTO vessels SELECT 'IMO' || (9000000 + i), i % 4, 'MV ' || i, 'NO', 1000 * i, printf('%.*c', 900, 'h'), '{"containers":' || i || '}' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return exportFleet(ctx, vesselRegistry{db}, 2, io.Discard)
	},
}
