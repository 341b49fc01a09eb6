package plain

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type apiKey struct {
	id    int64
	owner string
	salt  string
	mac   string
}

func (k apiKey) matches(secret string) bool {
	m := hmac.New(sha256.New, []byte(k.salt))
	m.Write([]byte(secret))
	want, err := hex.DecodeString(k.mac)
	return err == nil && hmac.Equal(m.Sum(nil), want)
}

type keyStore struct{ db *sql.DB }

func (s keyStore) candidates(ctx context.Context, prefix string) ([]apiKey, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, owner, salt, mac FROM api_keys WHERE prefix = ? AND revoked_at IS NULL`, prefix)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ks []apiKey
	for rows.Next() {
		var k apiKey
		if err := rows.Scan(&k.id, &k.owner, &k.salt, &k.mac); err != nil {
			return nil, err
		}
		ks = append(ks, k)
	}
	return ks, rows.Err()
}

var errUnknownKey = errors.New("unknown key")

type principal struct {
	KeyID int64
	Owner string
}

func authenticate(ctx context.Context, s keyStore, token string) (*principal, error) {
	if len(token) < 8 {
		return nil, errUnknownKey
	}
	ks, err := s.candidates(ctx, token[:4])
	if err != nil {
		return nil, err
	}
	for _, k := range ks {
		if k.matches(token[4:]) {
			return &principal{KeyID: k.id, Owner: k.owner}, nil
		}
	}
	return nil, errUnknownKey
}

var apiKeys = rowuse.Case{
	Name:   "request is authenticated by the salted hash of its key",
	Why:    "Which candidate matches depends on an HMAC with the salt of each row; SQLite cannot compute it.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE api_keys (id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, owner TEXT NOT NULL, salt TEXT NOT NULL, mac TEXT NOT NULL, revoked_at DATETIME);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) INSERT INTO api_keys SELECT i, 'ak_' || (i % 3), 'svc-' || i, 'salt' || i, hex(randomblob(32)), NULL FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		p, err := authenticate(ctx, keyStore{db}, "ak_1secretsecret")
		Sink = p
		if errors.Is(err, errUnknownKey) {
			return nil
		}
		return err
	},
}
