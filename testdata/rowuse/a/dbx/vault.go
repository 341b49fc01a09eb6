package dbx

import (
	"bytes"
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx/vault"
)

var vaultRotate = rowuse.Case{
	Name:   "secret is encrypted with a new key",
	Why:    "The new value is made by AES-GCM in the application; no UPDATE can compute it.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE secrets (name TEXT PRIMARY KEY, key_no INTEGER NOT NULL, sealed BLOB NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO secrets SELECT 'secret-' || i, 1, x'' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		ring := vault.Ring{1: bytes.Repeat([]byte{7}, 32), 2: bytes.Repeat([]byte{9}, 32)}
		v := &vault.Vault{DB: wrap(db), Ring: ring}
		return v.Rotate(ctx, "secret-4", 2)
	},
}
