package pgxstd

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/inbox"
)

func badgeText(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

func badge(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		msgs, err := inbox.Of(db, 5).Unread(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Write([]byte(badgeText(len(msgs))))
	}
}

var inboxBadge = rowuse.Case{
	Name:   "badge with the number of unread messages",
	Want:   []string{rowuse.FetchToCount},
	Why:    "The unread messages are fetched and only their number is shown.",
	Driver: "pgx",
	Schema: `
CREATE TABLE messages (id bigserial PRIMARY KEY, user_id bigint NOT NULL, sender text NOT NULL, subject text NOT NULL, sent_at timestamptz NOT NULL, read_at timestamptz);
INSERT INTO messages (user_id, sender, subject, sent_at, read_at) SELECT i % 12, 's' || i, 'subject ' || i, now(), CASE WHEN i % 2 = 0 THEN now() END FROM generate_series(1, 60) i;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		badge(db)(rec, httptest.NewRequest("GET", "/badge", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
