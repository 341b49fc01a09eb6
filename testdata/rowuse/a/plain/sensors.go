package plain

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type reading struct {
	device string
	at     time.Time
	value  float64
}

func parseReadings(r io.Reader) ([]reading, error) {
	var out []reading
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		f := strings.Split(sc.Text(), ";")
		if len(f) != 3 {
			return nil, fmt.Errorf("bad line %q", sc.Text())
		}
		at, err := time.Parse(time.RFC3339, f[1])
		if err != nil {
			return nil, err
		}
		v, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return nil, err
		}
		out = append(out, reading{f[0], at, v})
	}
	return out, sc.Err()
}

type readingStore struct{ db *sql.DB }

func (s *readingStore) saveAll(ctx context.Context, rs []reading) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	for _, r := range rs { // want: row-by-row-insert
		if err = insertReading(ctx, tx, r); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func insertReading(ctx context.Context, tx *sql.Tx, r reading) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO readings (device, at, value) VALUES (?, ?, ?)`, r.device, r.at, r.value) // also: row-by-row-insert
	return err
}

var sensorImport = rowuse.Case{
	Name:   "file of sensor readings is imported",
	Want:   []string{rowuse.RowInsert},
	Why:    "Each reading is one INSERT; one INSERT with many VALUES could store them all.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE readings (id INTEGER PRIMARY KEY, device TEXT NOT NULL, at DATETIME NOT NULL, value REAL NOT NULL);
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		var b strings.Builder
		for i := range 40 {
			fmt.Fprintf(&b, "dev-%d;2024-01-01T00:%02d:00Z;%d.5\n", i%4, i, i)
		}
		rs, err := parseReadings(strings.NewReader(b.String()))
		if err != nil {
			return err
		}
		return (&readingStore{db}).saveAll(ctx, rs)
	},
}
