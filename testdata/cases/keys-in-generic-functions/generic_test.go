package generic

import (
	"context"
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/google/uuid"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE boxes (id uuid primary key, num bigint, name text); CREATE TABLE parcels (id serial, box_id uuid, box_num bigint, box_name text, weight int);
INSERT INTO boxes SELECT gen_random_uuid(), 1000003*(n+7), 'box-'||n*7919 FROM generate_series(1,6) n`

type boxID int64
type label string

type box struct {
	id   uuid.UUID
	num  boxID
	name label
}

func all(ctx context.Context, t *testing.T, db *sql.DB) (out []box) {
	rows, err := db.QueryContext(ctx, "SELECT id, num, name FROM boxes ORDER BY num")
	casetest.Must(t, err)
	defer rows.Close()
	for rows.Next() {
		var b box
		casetest.Must(t, rows.Scan(&b.id, &b.num, &b.name))
		out = append(out, b)
	}
	return out
}

func run[T any](t *testing.T, pick func(box) T, column string) {
	db := casetest.Postgres(t, schema)
	ctx := nplusgonetest.Test(t)
	var list []T
	for _, b := range all(ctx, t, db) {
		list = append(list, pick(b))
	}
	_, err := Ask(ctx, db, "SELECT count(*) FROM parcels WHERE "+column+" = $1", list)
	casetest.Must(t, err)
	casetest.Must(t, Each(ctx, db, "UPDATE parcels SET weight = 1 WHERE "+column+" = $1", list))
}

func TestUUID(t *testing.T)     { run(t, func(b box) uuid.UUID { return b.id }, "box_id") }
func TestUUIDText(t *testing.T) { run(t, func(b box) string { return b.id.String() }, "box_id") }
func TestNamedInt(t *testing.T) { run(t, func(b box) boxID { return b.num }, "box_num") }
func TestInt(t *testing.T)      { run(t, func(b box) int64 { return int64(b.num) }, "box_num") }
func TestIntPointer(t *testing.T) {
	run(t, func(b box) *int64 { n := int64(b.num); return &n }, "box_num")
}
func TestNamedString(t *testing.T) { run(t, func(b box) label { return b.name }, "box_name") }
func TestString(t *testing.T)      { run(t, func(b box) string { return string(b.name) }, "box_name") }
