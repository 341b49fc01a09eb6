package c

import (
	"context"
	"database/sql"
	"encoding/json"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

const permits = `CREATE TABLE permits (id INTEGER PRIMARY KEY, borough TEXT, street TEXT, holder TEXT, plan BLOB, remarks TEXT, granted_on TEXT);
INSERT INTO permits `

// Plain lists the programs on database/sql.
func Plain() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("building permits of a borough as JSON",
			"The plan, a blob, and the remarks of each permit are fetched; the answer has the street and the day.",
			permits+series("30")+`SELECT i, 'north', i||' Elm St', 'holder '||i, randomblob(2000), hex(randomblob(500)), '2024-01-02' FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				h := permitHandler{permitStore{db}}
				return serve(ctx, h, "/permits?borough=north")
			}, rowuse.UnusedColumns),
		onSQLite("building permits of a street as a page",
			"The template prints each column that the query names.",
			permits+series("24")+`SELECT i, 'north', 'Elm St', 'holder '||i, x'00', 'none', '2024-01-02' FROM s;`,
			func(ctx context.Context, db *sql.DB) error { return permitPage(ctx, db, io.Discard, "Elm St") }),
		onSQLite("a meeting room is offered if it is free",
			"All meetings in the room at that time are fetched only to see that there are none.",
			`CREATE TABLE meetings (id INTEGER PRIMARY KEY, room TEXT, title TEXT, agenda TEXT, starts_at INTEGER, ends_at INTEGER);
INSERT INTO meetings `+series("40")+`SELECT i, 'R'||(i%3), 'Meeting '||i, 'Agenda', 100*i, 100*i+60 FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				offer, err := (&desk{meetings: meetingStore{db}}).Offer(ctx, "R1", 10, 50)
				Sink = offer
				return err
			}, rowuse.FetchToExist),
		onSQLite("a visitor is let in if a host expects one",
			"The query asks for a 1 with a limit.",
			`CREATE TABLE visits (id INTEGER PRIMARY KEY, host TEXT, visitor TEXT, day TEXT);
INSERT INTO visits `+series("20")+`SELECT i, 'host '||i, 'visitor '||(i%7), '2024-02-02' FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				ok, err := expected(ctx, db, "visitor 3", time.Date(2024, 2, 2, 0, 0, 0, 0, time.UTC))
				Sink = ok
				return err
			}),
	}
}

func serve(ctx context.Context, h http.Handler, url string) error {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, http.MethodGet, url, nil))
	if rec.Code != http.StatusOK {
		return &statusError{rec.Code, rec.Body.String()}
	}
	return nil
}

type statusError struct {
	code int
	body string
}

func (e *statusError) Error() string { return http.StatusText(e.code) + ": " + e.body }

type permit struct {
	ID        int64
	Borough   string
	Street    string
	Holder    string
	Plan      []byte
	Remarks   sql.NullString
	GrantedOn string
}

type permitDTO struct {
	Street  string `json:"street"`
	Granted string `json:"granted"`
}

func toPermitDTO(p *permit) permitDTO {
	return permitDTO{Street: p.Street, Granted: p.GrantedOn}
}

type permitStore struct{ db *sql.DB }

func (s permitStore) inBorough(ctx context.Context, borough string) ([]*permit, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, borough, street, holder, plan, remarks, granted_on FROM permits WHERE borough = ? ORDER BY granted_on`, borough)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*permit
	for rows.Next() {
		p := new(permit)
		if err := rows.Scan(&p.ID, &p.Borough, &p.Street, &p.Holder, &p.Plan, &p.Remarks, &p.GrantedOn); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

type permitHandler struct{ store permitStore }

func (h permitHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	list, err := h.store.inBorough(r.Context(), r.URL.Query().Get("borough"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	body := make([]permitDTO, 0, len(list))
	for _, p := range list {
		body = append(body, toPermitDTO(p))
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"permits": body})
}

type streetPermit struct {
	Holder  string
	Remarks string
	Day     string
}

var permitTemplate = template.Must(template.New("street").Parse(
	`<h1>{{.Street}}</h1><ul>{{range .Permits}}<li>{{.Holder}} ({{.Day}}){{with .Remarks}}: {{.}}{{end}}</li>{{else}}<li>none</li>{{end}}</ul>`))

func permitPage(ctx context.Context, db *sql.DB, w io.Writer, street string) error {
	rows, err := db.QueryContext(ctx, `SELECT holder, remarks, granted_on FROM permits WHERE street = ?`, street)
	if err != nil {
		return err
	}
	defer rows.Close()
	data := struct {
		Street  string
		Permits []streetPermit
	}{Street: street}
	for rows.Next() {
		var p streetPermit
		if err := rows.Scan(&p.Holder, &p.Remarks, &p.Day); err != nil {
			return err
		}
		data.Permits = append(data.Permits, p)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return permitTemplate.Execute(w, data)
}

type meeting struct {
	ID            int
	Title, Agenda string
	Starts, Ends  int64
}

type meetingStore struct{ db *sql.DB }

func (s meetingStore) Overlapping(ctx context.Context, room string, from, to int64) ([]meeting, error) {
	rows, err := s.db.QueryContext(ctx,
		"SELECT id, title, agenda, starts_at, ends_at FROM meetings WHERE room = ? AND starts_at < ? AND ends_at > ?", room, to, from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []meeting{}
	for rows.Next() {
		var m meeting
		err = rows.Scan(&m.ID, &m.Title, &m.Agenda, &m.Starts, &m.Ends)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

type meetingReader interface {
	Overlapping(ctx context.Context, room string, from, to int64) ([]meeting, error)
}

type desk struct{ meetings meetingReader }

func (d *desk) Offer(ctx context.Context, room string, from, to int64) (string, error) {
	taken, err := d.meetings.Overlapping(ctx, room, from, to)
	switch {
	case err != nil:
		return "", err
	case len(taken) > 0:
		return "", nil
	}
	return room, nil
}

func expected(ctx context.Context, db *sql.DB, visitor string, day time.Time) (bool, error) {
	var one int
	err := db.QueryRowContext(ctx, `SELECT 1 FROM visits WHERE visitor = ? AND day = ? LIMIT 1`, visitor, day.Format(time.DateOnly)).Scan(&one)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}
