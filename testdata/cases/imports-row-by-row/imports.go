// Package imports parses a line or reads a file and inserts one row for it. Parsing and reading have no effect
// outside the process, so each import is a row-by-row-insert. A worker that sends a mail before each insert is not
// reported.
//
// Related issues: natlas/natlas#475, Mailtrain-org/mailtrain#400, mohitkumhar/business-ai-agent#134.
package imports

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
)

// Scope inserts one network for each line.
func Scope(ctx context.Context, db *sql.DB, lines []string) error {
	for _, line := range lines { // loopScope
		_, network, err := net.ParseCIDR(strings.TrimSpace(line))
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO networks (cidr) VALUES (?)", network.String()); err != nil {
			return err
		}
	}
	return nil
}

// Files inserts the text of each file.
func Files(ctx context.Context, db *sql.DB, paths []string) error {
	for _, p := range paths { // loopFiles
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO texts (path, body) VALUES (?, ?)", p, text); err != nil {
			return err
		}
	}
	return nil
}

type post struct{ Title string }

func postFromJSON(b []byte) (p post, err error) { err = json.Unmarshal(b, &p); return }

// Posts parses blog posts with a function whose name starts with post.
func Posts(ctx context.Context, db *sql.DB, docs [][]byte) error {
	for _, d := range docs { // loopPosts
		p, err := postFromJSON(d)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO posts (title) VALUES (?)", p.Title); err != nil {
			return err
		}
	}
	return nil
}

func requestedSize(s string) (int, error) {
	if s == "" {
		return 0, errors.New("empty")
	}
	return len(s), nil
}

// Sizes validates each item with a function whose name starts with request.
func Sizes(ctx context.Context, tx *sql.Tx, items []string) error {
	for _, s := range items { // loopSizes
		n, err := requestedSize(s)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO sizes (n) VALUES (?)", n); err != nil {
			return err
		}
	}
	return nil
}

// Times parses a date with a function of net/http for each row.
func Times(ctx context.Context, db *sql.DB, dates []string) error {
	for _, d := range dates { // loopTimes
		at, err := http.ParseTime(d)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO times (at) VALUES (?)", at.Unix()); err != nil {
			return err
		}
	}
	return nil
}

type mailer struct{ sent []string }

func (m *mailer) Send(to string) error { m.sent = append(m.sent, to); return nil }

// Mails sends a mail and then records it, for each recipient.
func Mails(ctx context.Context, db *sql.DB, m *mailer, to []string) error {
	for _, t := range to {
		err := m.Send(t)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO mails (t) VALUES (?)", t); err != nil {
			return err
		}
	}
	return nil
}
